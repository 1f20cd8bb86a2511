"""The one loop under virtual time: intents before packets, results after, evidence, a restart."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from show_control.entries import Entry
from show_control.model import Action, Message, Millis, Output
from show_control.testing import Sent
from tests.show_control.house import (
    FILE,
    LASER,
    LOOP,
    OUTPUTS,
    blackout,
    cue,
    level,
    night_file,
    play,
    sequence,
    slot,
)
from tests.show_control.playing import Playing, told

GALA = night_file(
    (sequence("show", cue("1", play(7), length=60_000), cue("2", play(8), then="follow", length=60_000),
              cue("3", level(0.5, fade=1000))), LOOP),
    (slot("gala", "20:00", "21:00", "show", start="manual"),),
)  # fmt: skip


def of_kind(playing: Playing, kind: str) -> list[Entry]:
    return [e for e in playing.all_entries() if e.kind == kind]


def addresses(sent: list[Sent]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (s.server, s.which, m.address.split("layers/")[-1]) for s in sent for m in s.messages
    )


def running() -> Playing:
    playing = Playing(GALA)
    assert playing.call("go gala", "20:00").accepted
    return playing


def test_a_cue_goes_to_main_and_backup_at_its_instant() -> None:
    playing = Playing(FILE)
    sent = playing.until("20:00:00.049")
    assert {s.at for s in sent} == {playing.at("20:00")}
    assert addresses(sent) == {
        ("one", which, f"{layer}/{what}"): 1
        for which in ("main", "backup")
        for layer in (1, 2)
        for what in ("clips/1/connect", "video/opacity")
    }


def test_every_intent_is_entered_before_its_packet_and_ends_in_one_result() -> None:
    playing = Playing(FILE, asking=False)
    playing.until("25:00")
    intents = {(e.term, e.seq): e for e in of_kind(playing, "intent")}
    results = [tuple(e.data["of"]) for e in of_kind(playing, "result")]
    assert sorted(results) == sorted(intents)
    order = [(e.kind, tuple(e.data["of"]) if e.kind == "result" else (e.term, e.seq)) for e in playing.all_entries() if e.kind in ("intent", "result")]  # fmt: skip
    for key in intents:
        assert order.index(("intent", key)) < order.index(("result", key))
    assert {e.data["main"] for e in of_kind(playing, "result") if e.output != LASER} == {"sent"}


def test_a_machine_that_cannot_be_sent_to_is_entered_and_the_other_gets_its_message() -> None:
    playing = Playing(GALA)
    playing.transport.failing["one", "main"] = "No route to host"
    playing.call("go gala", "20:00")
    result = of_kind(playing, "result")[-1]
    assert (result.data["main"], result.data["backup"]) == ("not sent: No route to host", "sent")
    assert {s.which for s in told(playing.transport.sent)} == {"backup"}


def test_a_fade_is_one_entry_and_many_packets_the_last_of_them_exact() -> None:
    playing = running()
    playing.call("go gala 3", "20:00:30")
    sent = playing.until("20:00:32")
    left = [m.args[0].value for s in sent if s.which == "main" for m in s.messages if m.address.endswith("layers/1/video/opacity")]  # fmt: skip
    assert len(left) == 25
    assert left[-1] == 0.5
    assert left == sorted(left, reverse=True)
    assert len([e for e in of_kind(playing, "intent") if e.cue == "3" and e.output == "left"]) == 1


def test_a_newer_action_takes_the_rest_of_a_fade_back() -> None:
    playing = running()
    playing.call("go gala 3", "20:00:30")
    playing.call("fade_out", "20:00:30.500")
    playing.call("fade_out", "20:00:31")
    sent = playing.until("20:00:40")
    assert not [s for s in sent if s.server == "one"]
    assert playing.servers[0].core.opacity[1] == 0.0


def test_a_simultaneous_call_comes_after_what_is_due() -> None:
    playing = running()
    playing.until("20:00:59.999")
    answer = playing.call("go gala 3", "20:01")
    assert answer.accepted
    went = [(e.cue, e.at) for e in of_kind(playing, "cue_went")]
    assert went[-2:] == [("2", playing.at("20:01")), ("3", playing.at("20:01"))]


def test_what_servers_confirm_is_lit_on_the_board() -> None:
    playing = running()
    assert not playing.output("left").lit
    playing.until("20:00:01")
    seen = playing.output("left")
    assert (seen.agreement, seen.lit, seen.clip) == ("confirmed", True, 7)


def test_a_silent_main_is_no_reply_and_not_lit_while_the_backup_is_confirmed() -> None:
    playing = running()
    playing.until("20:00:01")
    playing.give("one", "silent")
    playing.until("20:00:06")
    seen = playing.output("left")
    assert [e.agreement for e in seen.evidence] == ["no reply", "confirmed"]
    assert (seen.agreement, seen.lit) == ("no reply", False)


def test_with_every_server_silent_nothing_is_lit() -> None:
    playing = Playing(GALA, answering=False)
    playing.call("go gala", "20:00")
    playing.until("20:00:20")
    assert not any(o.lit or o.agreement == "confirmed" for o in playing.board().outputs)


def test_a_backup_that_returns_gets_the_present_look_and_main_stays_confirmed() -> None:
    playing = running()
    playing.until("20:00:05")
    playing.give("one/backup", "silent")
    playing.until("20:00:15")
    playing.give("one/backup", "ok")
    playing.give("one/backup", "restart")
    sent = playing.until("20:00:25")
    assert {s.which for s in sent} == {"backup"}
    assert addresses(sent)["one", "backup", "1/clips/7/connect"] == 2  # pressed, released
    seen = playing.output("left")
    assert [e.agreement for e in seen.evidence] == ["confirmed", "confirmed"]
    assert seen.lit


def test_a_level_that_was_sent_is_confirmed_again() -> None:
    playing = running()
    playing.call("go gala 3", "20:00:30")
    playing.until("20:00:35")
    assert playing.output("left").agreement == "confirmed"


# --- restart ----------------------------------------------------------------------------------------------------


def test_a_restart_sends_nothing_where_servers_show_what_they_should() -> None:
    playing = running()
    playing.until("20:00:30")
    playing.come_back()
    assert playing.until("20:00:59") == []


def test_after_a_restart_the_next_cue_goes_at_its_instant_and_none_twice() -> None:
    playing = running()
    playing.until("20:00:30")
    playing.come_back()
    sent = playing.until("20:01:00.040")
    assert {s.at for s in sent} == {playing.at("20:01")}
    assert [e.cue for e in of_kind(playing, "cue_went")] == ["1", "2"]


def test_a_restart_gives_what_fell_due_meanwhile_once() -> None:
    playing = running()
    playing.until("20:00:30")
    playing.kill()
    playing.clock.advance(60_000)  # cue 2 was due at 20:01
    playing.come_back()
    sent = playing.until("20:01:35")
    assert addresses(sent)["one", "main", "1/clips/8/connect"] == 2
    assert [e.cue for e in of_kind(playing, "cue_went")] == ["1", "2"]
    assert playing.output("left").lit


def test_a_server_that_lost_its_look_while_the_player_was_away_gets_it_again() -> None:
    playing = running()
    playing.until("20:00:30")
    playing.give("one", "restart")
    playing.come_back()
    sent = playing.until("20:00:40")
    assert {s.which for s in sent} == {"main"}
    assert addresses(sent)["one", "main", "1/clips/7/connect"] == 2


def test_with_nobody_answering_what_fell_due_goes_all_the_same() -> None:
    playing = Playing(GALA, answering=False)
    playing.call("go gala", "20:00")
    playing.until("20:00:30")
    playing.kill()
    playing.clock.advance(60_000)
    playing.come_back()
    assert addresses(playing.until("20:01:35"))["one", "main", "1/clips/8/connect"] == 2


def test_a_fade_goes_on_after_a_restart_where_it_would_be() -> None:
    playing = running()
    playing.call("go gala 3", "20:00:30")
    playing.until("20:00:30.500")
    playing.transport.sent.clear()
    playing.come_back()
    playing.until("20:00:31")
    sent = told(playing.transport.sent)
    assert [m.args[0].value for m in sent[0].messages] == [pytest.approx(0.76)]
    assert [m.args[0].value for s in sent for m in s.messages][-1] == 0.5


def test_a_night_away_has_no_line_of_what_needed_no_sending() -> None:
    playing = Playing(FILE)
    playing.kill()
    playing.clock.advance(4 * 3_600_000)
    playing.come_back()
    playing.until(playing.clock.now() + 5000)
    assert not [v.text for v in playing.board().lines if "not sent" in v.text]


def test_an_intent_without_its_result_is_unknowable_and_ends_once() -> None:
    playing = running()
    lost = of_kind(playing, "intent")[-1]
    playing.shelf.entries = [e for e in playing.shelf.entries if e.kind != "result" or tuple(e.data["of"]) != (lost.term, lost.seq)]  # fmt: skip
    playing.come_back()
    playing.come_back()
    ends = [e for e in of_kind(playing, "result") if tuple(e.data["of"]) == (lost.term, lost.seq)]
    assert [(e.data["main"], e.data["backup"]) for e in ends] == [("unknowable", "unknowable")]


def test_an_output_that_says_assert_and_cannot_be_asked_gets_its_look_again() -> None:
    quay = Output(id="quay", server="any", surface="bridge", on_restart="assert")
    show = sequence("show", cue("1", play("x", "quay")))
    file = night_file(
        (show,), (slot("s", "20:00", "21:00", "show", surface="bridge", outputs=("quay",)),)
    )
    file = type(file)(
        **{f: getattr(file, f) for f in file.__struct_fields__}
        | {"outputs": OUTPUTS | {"quay": quay}}
    )
    playing = Playing(file)
    playing.until("20:01")
    playing.come_back()
    sent = playing.until("20:02")
    assert [m.address for s in told(playing.transport.sent) for m in s.messages].count("/play") == 2
    assert sent == []  # at once, not later


def test_a_second_term_folds_to_the_same_board() -> None:
    playing = running()
    playing.until("20:00:30")
    before = playing.board()
    playing.come_back()
    after = playing.board()
    assert (after.runs, after.slots) == (before.runs, before.slots)
    assert (before.term, after.term) == (1, 2)
    assert all(not o.lit for o in after.outputs)  # what an earlier term heard says nothing of now


def test_a_dark_cue_on_an_empty_facade_is_confirmed_again() -> None:
    show = sequence("show", cue("1", blackout(fade=1000)), cue("2", play(7)))
    playing = Playing(
        night_file((show,), (slot("gala", "20:00", "21:00", "show", start="manual"),))
    )
    playing.until("20:00:05")
    assert playing.output("left").agreement == "confirmed"
    playing.call("go gala", "20:00:10")
    playing.until("20:00:15")
    assert playing.output("left").agreement == "confirmed"


class Lossy:
    """A server one of whose answers is lost on the way."""

    def __init__(self, core: Any) -> None:
        self._core = core
        self.loses: str | None = None

    framing = None

    def told(self, now: Millis) -> list[Message]:
        del now
        return []

    def hear(self, message: Message, now: Millis) -> list[Message]:
        answers: list[Message] = self._core.hear(message, now)
        if answers and self.loses and self.loses in message.address:
            self.loses, answers = None, []
        return answers

    def restart(self) -> None:
        self._core.restart()


@pytest.mark.parametrize("lost", ["clips/7/connected", "video/opacity"])
@pytest.mark.parametrize("after", [play(8), level(0.5), level(0.5, fade=500), blackout(fade=200)])
def test_one_lost_answer_after_a_send_does_not_leave_an_output_unconfirmed(
    lost: str, after: Action
) -> None:
    show = sequence("show", cue("1", play(7), length=None), cue("2", after))
    playing = Playing(
        night_file((show,), (slot("gala", "20:00", "21:00", "show", start="manual"),))
    )
    playing.servers[0].core = lossy = Lossy(playing.servers[0].core)
    playing.call("go gala", "20:00:05")
    playing.call("go gala", "20:00:10")
    lossy.loses = lost
    playing.until("20:00:20")
    assert [e.agreement for e in playing.output("left").evidence] == ["confirmed", "confirmed"]
