"""Automation off and on, by name: what begins meanwhile, and what outlives a show stop."""

from __future__ import annotations

from tests.show_control.house import FILE
from tests.show_control.playbook import Desk, call, playbook


def test_slots_that_begin_while_automation_is_off_are_skipped_with_who_and_why() -> None:
    playbook(
        FILE,
        [
            ("19:59", call("automation_off", reason="fog"), "19:59:00 yes"),
            ("20:11", None,
             "20:00:00 skipped loop.1: automation is off, by Kim: fog",
             "20:10:00 stands_by gala"),
            ("20:59", call("automation_on", by="Lee"), "20:30:00 lapsed gala: never started", "20:59:00 yes"),
            ("21:00", None, "21:00:00 cue_went loop.2 1 auto", "21:00:00 play 1 -> left, right"),
        ],
    )  # fmt: skip


def test_what_runs_goes_on_when_automation_is_turned_off() -> None:
    desk = Desk(FILE)
    desk.call("automation_off", "20:01")
    assert desk.until("20:05") == [
        "20:05:00 cue_went loop.1 2 follow",
        "20:05:00 play 2 -> left, right",
    ]


def test_automation_is_turned_off_and_on_by_name_and_once() -> None:
    desk = Desk(FILE)
    for name in ("automation_off", "automation_on"):
        assert desk.call(name, by="").reason == "automation is turned off and on by name"
    assert desk.call("automation_on").reason == "automation is on already"
    assert desk.call("automation_off", "19:00").accepted
    told = desk.call("automation_off", "19:05", by="Lee")
    assert (told.reason, told.by) == ("automation is off already, by Kim", "Kim")
    assert told.by_at == desk.at("19:00")


def test_a_restart_after_a_show_stop_leaves_automation_as_it_was() -> None:
    for off in (False, True):
        desk = Desk(FILE)
        if off:
            desk.call("automation_off", "19:00")
        desk.call("show_stop", "19:10")
        assert not desk.state.automation
        desk.call("restore", "19:20", by="Lee")
        assert desk.state.automation is not off


def test_automation_turned_on_in_a_show_stop_is_on_after_its_restart() -> None:
    desk = Desk(FILE)
    desk.call("automation_off", "19:00")
    desk.call("show_stop", "19:10")
    assert desk.call("automation_on", "19:11").accepted
    assert not desk.state.automation
    desk.call("restore", "19:20")
    assert desk.state.automation
