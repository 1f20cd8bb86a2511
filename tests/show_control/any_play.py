"""The player's whole loop under any calls, kills and faults, in virtual time."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st

from show_control.clock import Pair
from show_control.entries import Entry
from show_control.events import Call, Called
from show_control.evidence import Which
from show_control.model import Millis
from show_control.outgoing import Packet
from show_control.player import Player
from show_control.rehearsal import Script
from tests.show_control.house import FILE, LASER
from tests.show_control.playing import Playing, Shelf

CALLS = st.builds(
    lambda name, run, standby, output, by: Call(
        call=name, run=run, standby=standby, output=output, by=by
    ),
    st.sampled_from(
        ("go", "go", "go", "standby", "hold", "resume", "skip", "end", "fade_out", "show_stop", "restore", "enable", "disable", "take_over")
    ),
    st.sampled_from((None, "loop.1", "gala", "gala")),
    st.sampled_from((None, None, "1", "2", "3", "4")),
    st.sampled_from((None, "left", "right", LASER)),
    st.sampled_from(("Kim", "Lee")),
)  # fmt: skip
WAITS = st.sampled_from((0, 20, 300, 700, 2_000, 20_000, 61_000))


class Step(NamedTuple):
    """So long after the one before this happens: a call, or what its word says."""

    wait: Millis
    what: Call | str


def steps(*words: str, most: int = 12) -> st.SearchStrategy[list[Step]]:
    """Calls, with these things among them."""
    what: st.SearchStrategy[Call | str] = CALLS
    if words:
        what = st.one_of(CALLS, CALLS, st.sampled_from(words))
    return st.lists(st.builds(Step, WAITS, what), min_size=1, max_size=most)


class AtPlay(Playing):
    """A player whose every packet is watched as it leaves; it begins a little before the gala."""

    def __init__(self, start: str = "20:09:30", *, asking: bool = False) -> None:
        self.may_send = True
        self.left: list[tuple[Packet, Millis]] = []
        self.newest: dict[tuple[str, Which], Millis] = {}
        """When something else than a level was last sent of an output to an address."""
        super().__init__(FILE, start, asking=asking)

    def begin(self) -> Player:
        self.term += 1
        self.shelf = Shelf(self.clock, self.term)
        # What another asks, in the same millisecond even, it asks after all that the last one sent.
        self.newest = {key: at - 1 for key, at in self.newest.items()}
        return Player(
            clock=self.clock,
            journal=self.shelf,
            transport=self.transport,
            door=Script([]),
            asks=self.asking,
            may_send=lambda: self.may_send,
            on_sent=self.sent,
        )

    def sent(self, packet: Packet, at: Millis) -> None:
        assert packet.intent in self.intents(), "no packet without an intent"
        assert self.may_send
        self.left.append((packet, at))
        if packet.ramp != "opacity":
            self.newest[packet.output, packet.side] = at

    def intents(self) -> set[tuple[int, int]]:
        return {(e.term, e.seq) for e in self.all_entries() if e.kind == "intent"}

    def results(self) -> list[Entry]:
        return [e for e in self.all_entries() if e.kind == "result"]

    def do(self, step: Step) -> None:
        """Let time pass, then do it."""
        self.until(self.clock.now() + step.wait)
        match step.what:
            case Call() as call:
                self.player.take(Called(call=call))
            case "kill":
                self.come_back()
            case "upgrade":
                self.come_back(same_engine=False)
            case "lose the folder" | "have it":
                self.may_send = step.what == "have it"
            case "adopt":
                pair = self.clock.pair
                self.player.adopt(Pair(wall=pair.wall + 40, boottime=pair.boottime))
            case str() as fault:
                server, _, given = fault.partition("=")
                self.give(server, given)

    def live(self) -> bool:
        return any(run.live for run in self.player.state.runs.values())

    def confirmed(self) -> list[tuple[Any, Any]]:
        """Outputs and evidence that says so of them."""
        return [
            (o, e) for o in self.board().outputs for e in o.evidence if e.agreement == "confirmed"
        ]
