"""The safe look over what the cues made: fade out, show stop, restore."""

from __future__ import annotations

from show_control.model import NightFile, Surface
from tests.show_control.house import (
    FILE,
    LASER,
    SURFACES,
    blackout,
    cue,
    level,
    night_file,
    play,
    sequence,
    slot,
    with_night,
)
from tests.show_control.playbook import Desk, call, loaded, playbook

SHOW = sequence(
    "show", cue("1", play(7), length=60_000), cue("2", play(8), then="follow", length=60_000),
    cue("3", level(0.5)),
)  # fmt: skip
BEAM = sequence("beam", cue("1", play("x", LASER), length=None))
AMBIENT = SURFACES | {
    "wall": Surface(id="wall", safe=(level(0.1, fade=3000),), idle=(play(99), level(0.4)))
}


def house(surfaces: dict[str, Surface] | None = None) -> NightFile:
    return night_file(
        (SHOW, BEAM),
        (
            slot("gala", "20:00", "21:00", "show", start="manual"),
            slot("beam", "20:00", "21:00", "beam", surface="bridge", outputs=(LASER,)),
            slot("late", "21:00", "21:10", "show"),
        ),
        surfaces=surfaces,
    )


def running(surfaces: dict[str, Surface] | None = None) -> Desk:
    desk = Desk(house(surfaces))
    assert desk.call("go gala", "20:10").accepted
    return desk


# --- fade out ---------------------------------------------------------------------------------------------------


def test_a_fade_out_of_a_run_brings_its_outputs_to_the_safe_look_and_holds_it() -> None:
    desk = running()
    assert desk.lines(call("fade_out gala"), "20:10:30") == [
        "20:10:30 fade out: blackout 2000 -> left, right",
        "20:10:30 yes 3 #2",
    ]
    assert desk.until("20:20") == []
    assert desk.lit("left", "right") == [False, False]


def test_a_fade_out_of_all_needs_no_run_and_may_find_nothing_to_do() -> None:
    playbook(
        FILE,
        [
            ("19:00", call("fade_out"), "19:00:00 fade out: blackout 2000 -> left, right, beam",
             "19:00:00 yes"),
            ("20:01", None, "20:00:00 cue_went loop.1 1 auto", "20:00:00 play 1 -> left, right"),
        ],
    )  # fmt: skip


def test_a_fade_out_of_a_run_that_nobody_knows_is_of_all() -> None:
    desk = running()
    assert desk.call("fade_out encore", "20:10:30").accepted
    desk.until("20:11")
    assert desk.lit("left", "right") == [False, False]


def test_a_fade_out_while_a_run_stands_by_leaves_it_standing_by() -> None:
    desk = Desk(house())
    desk.call("fade_out", "20:05")
    assert desk.call("go gala 1", "20:06").accepted
    assert desk.lit("left") == [True]


def test_a_second_fade_out_300_ms_later_cuts() -> None:
    desk = running()
    desk.call("fade_out gala", "20:10:30")
    assert desk.lines(call("fade_out gala"), "20:10:30.300") == [
        "20:10:30.300 fade out: blackout -> left, right",
        "20:10:30.300 yes 3 #2",
    ]
    assert desk.lit("left") == [False]


def test_a_second_fade_out_sooner_is_a_retry_and_changes_nothing() -> None:
    desk = running()
    desk.call("fade_out gala", "20:10:30")
    assert desk.lines(call("fade_out gala"), "20:10:30.299") == ["20:10:30.299 yes 3 #2"]


def test_a_fade_out_of_all_cuts_only_what_was_fading_before() -> None:
    desk = running()
    desk.call("fade_out gala", "20:10:30")
    assert desk.lines(call("fade_out"), "20:10:31")[:2] == [
        "20:10:31 fade out: blackout -> left, right",
        "20:10:31 fade out: blackout 2000 -> beam",
    ]


def test_a_cue_after_a_fade_out_lights_again_and_the_next_fade_out_fades() -> None:
    desk = running()
    desk.call("fade_out gala", "20:10:30")
    desk.call("resume gala", "20:10:40")
    desk.call("go gala 3", "20:10:45")
    assert desk.lit("left") == [True]
    assert (
        desk.lines(call("fade_out gala"), "20:10:50")[0]
        == "20:10:50 fade out: blackout 2000 -> left, right"
    )


def test_a_go_after_a_fade_out_needs_no_resume_first() -> None:
    desk = running()
    desk.call("fade_out gala", "20:10:30")
    assert desk.lines(call("go gala 3"), "20:10:40") == [
        "20:10:40 cue_dropped gala 2: GO 3",
        "20:10:40 yes - #3",
        "20:10:40 cue_went gala 3 GO",
        "20:10:40 level 0.5 -> left, right",
        "20:10:40 ended gala: its last cue ended",
    ]


def test_a_run_that_a_person_held_before_a_fade_out_stays_held() -> None:
    desk = running()
    desk.call("hold gala", "20:10:20")
    desk.call("fade_out gala", "20:10:30")
    assert desk.call("go gala 3", "20:10:40").reason == "the run is held: resume it first"


def test_an_auto_run_that_is_faded_out_ends_with_its_slot_and_the_next_one_starts() -> None:
    desk = Desk(FILE)
    desk.until("20:01")
    desk.call("fade_out", "20:02")
    assert desk.until("20:11") == [
        "20:10:00 cue_dropped loop.1 2: its slot ended",
        "20:10:00 ended loop.1: its slot ended",
        "20:10:00 stands_by gala",
    ]
    assert desk.lit("left") == [False]
    assert "21:00:00 cue_went loop.2 1 auto" in desk.until("21:00")


def test_a_resume_after_a_fade_out_lights_nothing_by_itself() -> None:
    desk = running()
    desk.call("fade_out gala", "20:10:30")
    assert desk.lines(call("resume gala"), "20:10:40") == ["20:10:40 yes 3 #2"]
    desk.now += 2000
    assert desk.lit("left") == [False]
    assert "20:11:00 play 8 -> left, right" in desk.until("20:11")


def test_a_fade_out_takes_outputs_that_only_a_live_runs_older_file_has() -> None:
    desk = running()
    smaller = {o: d for o, d in FILE.outputs.items() if o != "right"}
    new = type(FILE)(festival="small", time_zone="Asia/Seoul", servers=FILE.servers, outputs=smaller,
                     surfaces={"wall": Surface(id="wall", safe=(blackout("left"),)), "bridge": SURFACES["bridge"]},
                     nights=with_night(house(), slots=()).nights)  # fmt: skip
    desk.do(loaded(new), "20:10:10")
    desk.call("fade_out", "20:10:20")
    desk.until("20:10:25")
    assert desk.lit("left", "right") == [False, False]


# --- show stop --------------------------------------------------------------------------------------------------


def test_a_show_stop_covers_every_surface_holds_runs_and_stops_automation() -> None:
    desk = running()
    assert desk.lines(call("show_stop", reason="smoke"), "20:10:30") == [
        "20:10:30 show stop: blackout 2000 -> left, right, beam",
        "20:10:30 yes",
    ]
    assert (desk.state.stopped.by, desk.state.stopped.reason) == ("Kim", "smoke")
    assert desk.until("21:05") == [
        "21:00:00 ended beam: its slot ended",
        "21:00:00 slot end: stop -> beam",
        "21:00:00 hazard_end beam: slot end",
        "21:00:00 skipped late: show stopped, by Kim: smoke",
    ]


def test_while_the_show_is_stopped_nothing_may_be_lit() -> None:
    desk = running()
    desk.call("show_stop", "20:10:30", by="Lee")
    for said in ("go gala 3", "resume gala", "restore gala"):
        told = desk.call(said, "20:11")
        assert told.reason == "the show is stopped, by Lee: restore it first"
        assert (told.by, told.by_at) == ("Lee", desk.at("20:10:30"))
    assert desk.call("standby gala 1", "20:11").accepted
    assert desk.call("fade_out", "20:11").accepted


def test_idle_does_not_light_what_a_show_stop_made_dark() -> None:
    desk = Desk(house(AMBIENT))
    desk.until("21:01")
    desk.call("show_stop", "21:02")
    desk.call("end late", "21:03")
    assert "idle" not in " ".join(desk.until("23:30"))
    assert (desk.look("left").clip, desk.look("left").level) == (8, 0.1) or desk.look(
        "left"
    ).level == 0.1


def test_a_show_is_restarted_by_name_and_lights_nothing_by_itself() -> None:
    desk = running()
    desk.call("show_stop", "20:10:30")
    assert desk.call("restore", "20:20", by="").reason == "a restart after a show stop needs a name"
    assert desk.lines(call("restore"), "20:20") == ["20:20:00 yes"]
    assert desk.lit("left") == [False]
    assert desk.until("20:30") == []
    assert (
        desk.call("restore").reason
        == "no show is stopped: say which output or run is to be restored"
    )
    assert desk.lines(call("resume gala"), "20:31")[:2] == [
        "20:31:00 cue_went gala 2 follow",
        "20:31:00 play 8 -> left, right",
    ]


def test_after_a_restart_by_name_the_schedule_goes_on() -> None:
    desk = Desk(FILE)
    desk.call("show_stop", "19:00")
    assert "20:00:00 skipped loop.1: show stopped, by Kim" in desk.until("20:30")
    desk.call("restore", "20:40")
    assert "21:00:00 cue_went loop.2 1 auto" in desk.until("21:00")


def test_a_second_show_stop_leaves_the_first_ones_name() -> None:
    desk = running()
    desk.call("show_stop", "20:10:30", by="Lee")
    desk.call("show_stop", "20:11")
    assert desk.state.stopped is not None
    assert desk.state.stopped.by == "Lee"


# --- restore ----------------------------------------------------------------------------------------------------


def test_restore_gives_an_output_what_its_cues_made_of_it() -> None:
    desk = running()
    desk.call("go gala 3", "20:10:20")
    desk.call("fade_out gala", "20:10:30")
    assert desk.lines(call("restore", output="left"), "20:11") == [
        "20:11:00 restore: shows 7 at 0.5 -> left",
        "20:11:00 yes",
    ]
    assert desk.lit("left", "right") == [True, False]


def test_restore_of_a_run_is_of_all_its_outputs() -> None:
    desk = running()
    desk.call("fade_out", "20:10:30")
    assert desk.lines(call("restore gala"), "20:10:50") == [
        "20:10:50 restore: shows 7 at 1 -> left, right",
        "20:10:50 yes 3 #2",
    ]


def test_restore_does_not_undo_what_a_cue_did_meanwhile() -> None:
    desk = running()
    desk.call("fade_out", "20:10:30")
    desk.call("resume gala", "20:10:40")
    desk.call("go gala 3", "20:10:50")
    assert desk.look("left").level == 0.5
    desk.call("restore gala", "20:10:55")
    assert (desk.look("left").clip, desk.look("left").level) == (7, 0.5)


def test_a_play_after_a_safe_look_that_is_a_low_level_is_at_the_cues_own_level() -> None:
    desk = running(AMBIENT)
    desk.call("fade_out gala", "20:10:30")
    assert desk.look("left").brightness(desk.at("20:10:40")) == 0.1
    desk.call("resume gala", "20:10:40")
    desk.until("20:11")
    assert (desk.look("left").clip, desk.look("left").brightness(desk.now)) == (8, 1.0)


def test_restore_of_what_is_over_or_not_there_is_refused() -> None:
    desk = running()
    desk.call("end gala", "20:11")
    assert desk.call("restore gala").reason == "gala is over: ended"
    assert desk.call("restore", output="moon").reason == "there is no output moon"
