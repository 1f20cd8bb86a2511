"""Every dialect against its own simulator, in virtual time: told, asked, understood."""

from __future__ import annotations

from typing import Any

import pytest

from schedules.catalogue.speaking import SPEAKS
from show_control import evidence
from show_control.clock import VirtualClock
from show_control.commands import Send
from show_control.dialects import DIALECTS, Inexpressible, Spoken, dialect_of
from show_control.evidence import Evidence, Which
from show_control.looks import NOTHING, Look, after
from show_control.model import (
    Action,
    Millis,
    NightFile,
    Output,
    Sequence,
)
from show_control.packets import decode, encode
from show_control.simulator import Simulated, simulated
from show_control.testing import RecordingTransport
from show_control.transport import Heard
from tests.show_control.dialects.examples import EXAMPLES, server_of

AT: Millis = 1_000_000
BOTH: tuple[Which, ...] = ("main", "backup")


class Rig:
    """One server of a dialect, main and backup, simulated; told and asked as the player does it."""

    def __init__(self, name: str) -> None:
        self.example = EXAMPLES[name]
        self.server = server_of(name)
        self.output = Output(id="o", server="s", surface="x", params=self.example.params)
        file = NightFile(
            festival="f",
            time_zone="UTC",
            servers={"s": self.server},
            outputs={"o": self.output},
            sequences={"q": Sequence(id="q")},
        )
        self.clock = VirtualClock(AT)
        self.simulators: list[Simulated] = simulated(file)
        self.transport = RecordingTransport(self.clock, self.simulators)
        self.dialect = dialect_of(self.server)
        asks = {"s"} if self.dialect.asks else set()
        self.known = evidence.opened(Evidence(), file.servers, [self.output], asks)
        self.look: Look = NOTHING

    def do(self, kind: Any, **rest: Any) -> None:
        """Carry an action out to its end, one second for the rest."""
        now = self.clock.now()
        action = Action(kind=kind, outputs=("o",), **rest)
        wanted = after(self.look, action, now)
        send = Send(output="o", before=self.look, after=wanted, at=now, why="", action=action)
        self.look = wanted
        timed = self.dialect.express(self.server, self.output, send, now)
        for each in sorted(timed, key=lambda t: t.at):
            self.clock.wait_exactly(each.at)
            for which in BOTH:
                packet = encode(self.server, each.address, each.args)
                assert self.transport.send("s", which, packet) is None
                self.known = evidence.sent(self.known, "s", which, "o", each.at)
        self.clock.advance(1000)

    def ask(self, look: Look | None = None) -> None:
        """Ask everything of both, and hear what comes."""
        now = self.clock.now()
        questions = self.dialect.questions(
            self.server, self.output, look or self.look, self.example.clips
        )
        for which in BOTH:
            if self.dialect.tells:
                self.known = evidence.expects(self.known, "s", which, now)
            for question in [*questions, *self.dialect.ping(self.server)]:
                packet = encode(self.server, question.address, question.args)
                self.transport.send("s", which, packet)
                self.known = evidence.asked(self.known, "s", which, self.dialect.key(question), now)
        self.transport.tell()
        while (arrives := self.transport.next_arrival()) is not None:
            self.clock.wait_exactly(arrives)
            for heard in self.transport.arrived():
                self.hear(heard)
        self.clock.advance(evidence.WHOLE_AFTER)

    def hear(self, heard: Heard) -> None:
        now = self.clock.now()
        for message in decode(self.server, heard.datagram):
            reports = self.dialect.read(
                self.server, [self.output], message, {"o": self.example.clips}
            )
            if self.dialect.tells:
                self.known = evidence.told(self.known, "s", heard.which, reports, now)
            else:
                key = self.dialect.answers(message)
                self.known = evidence.heard(self.known, "s", heard.which, key, reports, now)

    def want(self, clip: int | str) -> None:
        """Expect a clip that nobody was told to show."""
        self.look = after(NOTHING, Action(kind="play", outputs=("o",), clip=clip), AT)

    def agreements(self) -> list[str]:
        self.known, _ = evidence.judge(self.known, {"o": self.look}, self.clock.now())
        return [self.known.servers["s", which].outputs["o"].agreement for which in BOTH]

    def fault(self, fault: str) -> None:
        """Give it to the backup alone."""
        self.simulators[1].give(fault)


def told_actions(name: str) -> set[str]:
    """The actions that an example's dialect declares."""
    dialect = Rig(name).dialect
    return set(dialect.declared.actions) if isinstance(dialect, Spoken) else set()


def reported_at(rig: Rig) -> Millis:
    at = rig.known.servers["s", "main"].outputs["o"].as_of
    assert at is not None
    return at


ASKING = [name for name in EXAMPLES if Rig(name).dialect.asks]


def test_every_dialect_is_tried_here() -> None:
    vendors = {e.dialect or name for name, e in EXAMPLES.items() if e.declared is None}
    assert vendors == set(DIALECTS)


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.parametrize("fade", [0, 1000])
def test_what_was_told_is_confirmed_when_asked(name: str, fade: Millis) -> None:
    rig = Rig(name)
    first, second = rig.example.clips
    for kind, rest in (
        ("play", {"clip": first}),
        ("level", {"value": 0.3}),
        ("play", {"clip": second}),
        ("blackout", {}),
        ("play", {"clip": first}),
        ("stop", {}),
        ("play", {"clip": second}),
    ):
        rig.do(kind, fade=fade, **rest)
        assert rig.agreements() == ["no reply", "no reply"], "nobody has been asked"
        rig.ask()
        assert rig.agreements() == ["confirmed", "confirmed"], kind


@pytest.mark.parametrize("name", ASKING)
def test_a_silent_server_confirms_nothing(name: str) -> None:
    rig = Rig(name)
    rig.fault("silent")
    rig.do("play", clip=rig.example.clips[0])
    rig.ask()
    assert rig.agreements() == ["confirmed", "no reply"]
    rig.clock.advance(evidence.SILENT_AFTER)
    rig.agreements()
    assert rig.known.servers["s", "backup"].life == "silent"


@pytest.mark.parametrize("name", ASKING)
def test_a_restarted_server_differs_and_asserting_mends_it(name: str) -> None:
    rig = Rig(name)
    rig.do("play", clip=rig.example.clips[0])
    rig.fault("restart")
    rig.ask()
    assert rig.agreements() == ["confirmed", "differs"]
    now = rig.clock.now()
    send = Send(output="o", before=NOTHING, after=rig.look, at=now, why="server returned")
    for each in rig.dialect.express(rig.server, rig.output, send, now):
        rig.transport.send("s", "backup", encode(rig.server, each.address, each.args))
    rig.clock.advance(1000)
    rig.ask()
    assert rig.agreements() == ["confirmed", "confirmed"]


@pytest.mark.parametrize("name", ASKING)
def test_another_clip_on_the_server_differs(name: str) -> None:
    rig = Rig(name)
    rig.do("play", clip=rig.example.clips[1])
    rig.do("play", clip=rig.example.clips[0])
    rig.want(rig.example.clips[1])
    rig.ask()
    assert rig.agreements() == ["differs", "differs"]
    rig.ask(NOTHING)  # which one is it, then?
    rig.agreements()
    assert rig.known.servers["s", "main"].outputs["o"].reported["clip"] == rig.example.clips[0]


@pytest.mark.parametrize("name", ASKING)
def test_a_clip_that_the_server_does_not_have_differs_once_all_are_asked(name: str) -> None:
    rig = Rig(name)
    rig.do("play", clip=rig.example.clips[0])
    rig.want(rig.example.clips[1])
    rig.ask()
    rig.ask(NOTHING)
    assert rig.agreements() == ["differs", "differs"]


@pytest.mark.parametrize("name", ASKING)
def test_a_clip_where_none_should_be_differs(name: str) -> None:
    rig = Rig(name)
    rig.do("play", clip=rig.example.clips[0])
    rig.look = NOTHING
    rig.ask()
    assert rig.agreements() == ["differs", "differs"]


@pytest.mark.parametrize("name", [n for n in EXAMPLES if n not in ASKING])
def test_a_server_that_cannot_be_asked_is_told_all_the_same(name: str) -> None:
    rig = Rig(name)
    rig.do("play", clip=rig.example.clips[0])
    rig.ask()
    assert rig.agreements() == ["cannot be asked", "cannot be asked"]
    assert {s.which for s in rig.transport.sent} == set(BOTH)


SEEKING = [name for name in ASKING if "seek" in told_actions(name)]


@pytest.mark.parametrize("name", SEEKING)
def test_a_seek_moves_the_place_that_is_reported(name: str) -> None:
    rig = Rig(name)
    rig.do("play", clip=rig.example.clips[0])
    rig.do("seek", to=30_000)
    rig.ask()
    assert rig.agreements() == ["confirmed", "confirmed"]
    reported = rig.known.servers["s", "main"].outputs["o"].reported
    if "position" in reported:
        assert abs(reported["position"] - (reported_at(rig) - rig.look.since)) <= 150


def test_some_dialects_report_the_place() -> None:
    assert {"qlab", "millumin", "pixera over TCP"} & set(SEEKING)


@pytest.mark.parametrize("name", [n for n in EXAMPLES if "load" in told_actions(n)])
def test_a_load_changes_nothing_that_shows(name: str) -> None:
    rig = Rig(name)
    first, second = rig.example.clips
    rig.do("play", clip=first)
    rig.do("load", clip=second)
    rig.ask()
    if name in ASKING:
        assert rig.agreements() == ["confirmed", "confirmed"]


@pytest.mark.parametrize("kind", ["load", "seek"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_what_a_dialect_has_no_message_for_it_says(name: str, kind: str) -> None:
    rig = Rig(name)
    if kind not in told_actions(name) and rig.dialect.name != "generic":
        with pytest.raises(Inexpressible, match=f"has no message for {kind}"):
            rig.do(kind, clip=rig.example.clips[0], to=1000)


def test_what_the_check_refuses_is_what_a_dialect_has_not() -> None:
    for name, known in SPEAKS.items():
        if name == "generic":
            continue
        dialect = DIALECTS[name]
        has = set(dialect.declared.actions) if isinstance(dialect, Spoken) else set[str]()
        assert {"load", "seek"} - has == set(known.lacks) - {"osc"}, name
