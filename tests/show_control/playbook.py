"""A night told as a playbook: at an instant this happens, and these commands are expected.

`playbook(file, [(at, event, *expected), ...])` steps the engine as the player does, through every
deadline on its way, and compares all that it came to since the row before, a line each:

    20:05:00 cue_went gala 1 GO           a fact
    20:05:00 play 7 -> left, right        sends, one line for what one action sends at one instant
    20:05:00 yes 2 #2                     an answer: what stands by now, and its count
    20:05:00 no: no cue stands by         a refusal

`went_by(at)` as the event lets nothing be stepped on the way: a stall, a player that was away.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import groupby
from typing import Any

import msgspec

from show_control import engine
from show_control.commands import Answer, AnyCommand, Record, Send, Switch
from show_control.engine import State
from show_control.events import AnyEvent, Call, Called, Loaded, Tick
from show_control.looks import Look
from show_control.model import Action, Millis, NightFile
from show_control.night_file import content_hash, pack_night_file
from show_control.timing import night_time
from tests.show_control.house import FILE, at

UNTOLD = frozenset({"call", "started", "standby", "loaded", "refused"})
"""Kinds of entries that say what another line says."""


class WentBy(msgspec.Struct):
    """Nothing was stepped until now; then this."""

    event: AnyEvent


def went_by(event: AnyEvent | None = None) -> WentBy:
    return WentBy(event or Tick())


def call(said: str, **rest: Any) -> Called:
    """`go gala 2`: a call's name, its run, the cue meant; by Kim."""
    name, *words = said.split()
    given = dict(zip(("run", "standby"), words, strict=False))
    return Called(call=msgspec.convert({"call": name, "by": "Kim"} | given | rest, Call))


def loaded(file: NightFile) -> Loaded:
    return Loaded(hash=content_hash(pack_night_file(file)), file=file)


class Desk:
    """An engine, its state and its time; `do` gives the commands that an event came to.

    Times are told of the file's first night.
    """

    def __init__(self, file: NightFile = FILE, start: str = "18:00") -> None:
        self.night, self.zone = file.nights[0].date, file.time_zone
        self.now = self.at(start)
        self.state: State = engine.EMPTY
        self.files = {loaded(file).hash: file}
        self.do(loaded(file), start)

    def at(self, text: str) -> Millis:
        return at(text, self.night, self.zone)

    def lines(self, event: AnyEvent, when: str | Millis | None = None) -> list[str]:
        """As `do`, told as a playbook tells it."""
        return lines(self.do(event, when), self.night, self.zone)

    def stalled(self, when: str, event: AnyEvent | None = None) -> list[str]:
        """Nothing is stepped on the way there."""
        return lines(self.step(event or Tick(), self.at(when)), self.night, self.zone)

    def do(self, event: AnyEvent, when: str | Millis | None = None) -> list[AnyCommand]:
        """Through every deadline to an instant, then the event."""
        to = self.at(when) if isinstance(when, str) else self.now if when is None else when
        told: list[AnyCommand] = []
        while (due := engine.deadline(self.state)) is not None and due <= to:
            told += self.step(Tick(), due)
        if isinstance(event, Tick):
            self.now = to
            return told
        return told + self.step(event, to)

    def step(self, event: AnyEvent, to: Millis) -> list[AnyCommand]:
        """One step; what a journal folds to must be the same state, in the same order."""
        assert to >= self.now, "time does not go back"
        if isinstance(event, Loaded):
            self.files[event.hash] = event.file
        before, self.now = self.state, to
        self.state, told = engine.step(before, event, to)
        folded = engine.apply(before, engine.patch(before, self.state), self.files)
        assert msgspec.json.encode(folded) == msgspec.json.encode(self.state)
        return told

    def call(self, said: str, when: str | None = None, **rest: Any) -> Answer:
        """Make a call; its answer."""
        return next(c for c in reversed(self.do(call(said, **rest), when)) if isinstance(c, Answer))

    def until(self, when: str) -> list[str]:
        """Let time pass; the lines of what came of it."""
        return self.lines(Tick(), when)

    def look(self, output: str) -> Look:
        return self.state.looks.get(output, Look())

    def lit(self, *outputs: str) -> list[bool]:
        return [self.look(o).lit(self.now) for o in outputs]


def playbook(file: NightFile, rows: Iterable[tuple[Any, ...]], start: str = "18:00") -> Desk:
    """Play the rows; fails with a diff of the whole playbook."""
    desk = Desk(file, start)
    wanted: list[str] = []
    came: list[str] = []
    for when, event, *expected in rows:
        head = f"--- {when} {said(event)}"
        if isinstance(event, WentBy):
            told = desk.stalled(when, event.event)
        else:
            told = desk.lines(event or Tick(), when)
        wanted += [head, *expected]
        came += [head, *told]
    if wanted != came:
        diff = difflib.unified_diff(wanted, came, "expected", "came", lineterm="", n=99)
        raise AssertionError("\n".join(diff))
    return desk


def said(event: Any) -> str:
    if isinstance(event, WentBy):
        return f"went by: {said(event.event)}"
    if isinstance(event, Called):
        words = (event.call.call, event.call.run, event.call.standby, event.call.output)
        return " ".join(w for w in words if w)
    return type(event or Tick()).__name__


def lines(commands: Iterable[AnyCommand], night: str, zone: str) -> list[str]:
    """Commands as a playbook writes them."""
    told = []
    for key, group in groupby(commands, lambda c: _key(c, night, zone)):
        if isinstance(key, str):
            told.append(key)
        elif key is not None:
            told.append(f"{key[0]} -> {', '.join(s.output for s in group)}")
    return told


def _key(command: AnyCommand, night: str, zone: str) -> str | tuple[str] | None:
    when = night_time(command.at, night, zone, millis=command.at % 1000 != 0)
    match command:
        case Send():
            why = "" if command.why == "cue" else f"{command.why}: "
            done = deed(command.action) if command.action else shows(command)
            return (f"{when} {why}{done}",)
        case Switch():
            return f"{when} {command.server} {command.which} on air"
        case Record():
            return None if command.kind in UNTOLD else f"{when} {fact(command)}"
        case Answer():
            return f"{when} {answer(command)}"


def deed(action: Action) -> str:
    match action.kind:
        case "play":
            done = f"play {action.clip}"
        case "level":
            done = f"level {action.value:g}"
        case kind:
            done = kind
    return f"{done} {action.fade}" if action.fade else done


def shows(send: Send) -> str:
    """An assertion: the look as it is at its instant."""
    look = send.after
    return f"shows {look.showing(send.at) or 'nothing'} at {look.brightness(send.at):.2g}"


def fact(record: Record) -> str:
    where = record.slot or record.surface
    how = record.data.get("how") if record.kind == "cue_went" else None
    late = f"late {record.data['late']}" if record.data.get("late") else None
    who = record.output or None
    words = " ".join(w for w in (record.kind, where, record.cue, who, how, late) if w)
    return f"{words}: {record.reason}" if record.reason else words


def answer(told: Answer) -> str:
    if not told.accepted:
        return f"no: {told.reason}"
    stands = (
        f" {told.standby or '-'} #{told.standby_count}" if told.standby_count is not None else ""
    )
    return f"yes{stands}"
