"""Calling in somebody's name: judged by what the call touches, entered in the audit, relayed.

The board in memory tells what a call touches: nothing here waits for a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ops.access.audit.entering import Entering, Entry
from ops.access.guards import has_not, refusal_of
from ops.access.rights import SignedIn
from ops.services.calling import Calling
from show_control.documents import Board, RunView, SlotView
from show_control.events import Call
from show_control.link.frames import Reply


class Caller:
    """Of one person at one moment; `address` is where they are.

    The routes' guards have judged whether they may call at all; it is judged here again, for who
    comes by a socket, which no guard sees after its upgrade.
    """

    def __init__(
        self,
        person: SignedIn,
        address: str,
        calling: Calling,
        entering: Entering,
        board: Callable[[], Board],
    ) -> None:
        self._person = person
        self._address = address
        self._calling = calling
        self._entering = entering
        self._board = board

    @property
    def name(self) -> str:
        """In whose name they call."""
        return self._person.name

    async def call(self, call: Call) -> Reply:
        """As Calling's; raises PermissionDeniedException where it touches more than they may."""
        person = self._person
        about = f"call {call.call}", _about(call)
        with self._entering.entered(Entry(*about, person.name, person.kind, self._address)):
            self._judge(call)
            return await self._calling.call(call)

    def _judge(self, call: Call) -> None:
        """Who may call everywhere need not wait until it is known where."""
        board, person = self._board(), self._person
        if refusal := refusal_of(person, "control", changes=True):
            raise refusal
        if person.may("control", board.festival, None):
            return
        touched = surfaces_touched(board, call)
        if not person.may("control", board.festival, touched):
            raise has_not(person, "control", _where(person, board.festival, touched))


def surfaces_touched(board: Board, call: Call) -> frozenset[str] | None:
    """Those that a call may change; None is every one, and what nobody knows may be anywhere."""
    surface_of = {output.output: output.surface for output in board.outputs}
    named = _outputs_named(board, call)
    if named or call.output is not None or call.outputs:
        known = named and named <= surface_of.keys()
        return frozenset(surface_of[o] for o in named) if known else None
    runs = [run for run in board.runs if call.run in {run.run, run.slot}]
    slots = _slots_meant(board, call, {run.slot for run in runs})
    if not runs and not slots:
        return None
    outputs = {output for run in runs for output in _outputs(run)}
    if not outputs <= surface_of.keys():
        return None
    moved = {surface for slot in slots for surface in (slot.surface, *slot.surfaces)}
    return frozenset(surface_of[o] for o in outputs) | {run.surface for run in runs} | moved


def _slots_meant(board: Board, call: Call, of: set[str]) -> list[SlotView]:
    """The slots of runs, and those that a start may mean: the one that it names, or any on its surface
    that is still planned."""
    named = of | {call.run} if call.call == "start" else of
    found = [slot for slot in board.slots if slot.slot in named]
    if call.call == "start" and call.run is None:
        found = [s for s in board.slots if s.surface == call.surface and s.status == "planned"]
    return found


def _outputs_named(board: Board, call: Call) -> set[str]:
    """The outputs that a call of outputs, of a surface or of a server is of."""
    of = {o.output for o in board.outputs if call.server is not None and o.server == call.server}
    if call.call == "route":
        of |= {o.output for o in board.outputs if o.surface == call.surface}
    return of | set(call.outputs) | ({call.output} if call.output is not None else set())


def _outputs(run: RunView) -> Iterator[str]:
    """What it claims, and what its cues move beside: a shared output is in no run's claim."""
    yield from run.outputs
    for cue in run.cues:
        for action in cue.does:
            yield from action.outputs


def _about(call: Call) -> str | None:
    parts = (call.run, call.output, call.standby, call.surface, *call.outputs, call.server)
    return " ".join(part for part in parts if part) or None


def _where(person: SignedIn, festival: str | None, touched: frozenset[str] | None) -> str:
    """Which surfaces are the trouble."""
    if touched is None:
        return " on every surface"
    allowed = person.scope("control", festival) or frozenset()
    return f" on {', '.join(sorted(touched - allowed))}"
