"""Entries folded into the board: what runs, stands by and shows. Pure; page, console, service share it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from show_control import engine
from show_control.cue_sheet import line
from show_control.documents import (
    AddressView,
    Agreement,
    AlarmView,
    Board,
    EvidenceView,
    Life,
    LineView,
    Promptness,
    RemoteView,
    Which,
)
from show_control.engine.on_air import where
from show_control.engine.state import EMPTY as NO_STATE
from show_control.engine.state import State
from show_control.entries import Entry
from show_control.model import Millis, NightFile
from show_control.night_file import open_night_file
from show_control.sentences import texts_of
from show_control.views import outputs, runs_and_slots, timecodes
from show_control.views.predictions import prediction_views
from show_control.views.tonight import tonight

KEPT_LINES = 60


class Fold(msgspec.Struct, frozen=True, kw_only=True):
    """What the entries so far come to. `sent` and `evidence` are by output and address, `life` by server's."""

    state: State = NO_STATE
    files: dict[str, NightFile] = {}
    parts: dict[str, tuple[bytes, ...]] = {}
    player: str | None = None
    term: int | None = None
    volatile: bool = False
    sent: dict[tuple[str, Which], Millis] = {}
    evidence: dict[tuple[str, Which], EvidenceView] = {}
    life: dict[tuple[str, Which], tuple[Life, Millis]] = {}
    on_air: dict[str, outputs.Switched] = {}
    lines: tuple[LineView, ...] = ()
    alarms: tuple[AlarmView, ...] = ()
    promptness: Promptness | None = None
    remote: RemoteView | None = None


EMPTY = Fold()

replace = msgspec.structs.replace


def fold(board: Fold, entry: Entry) -> Fold:
    """The board after one more entry; entries come in the order of their keys."""
    take = TAKEN.get(entry.kind)
    if take is not None:
        board = take(board, entry)
    file = board.state.file
    told = line(entry, file.time_zone if file else "UTC")
    if told is not None:
        board = replace(board, lines=(*board.lines, told)[-KEPT_LINES:])
    return board


def _term(board: Fold, entry: Entry) -> Fold:
    # What an earlier term heard of servers says nothing of now.
    return replace(
        board,
        player=entry.player,
        term=entry.term,
        volatile=bool(entry.data.get("volatile")),
        evidence={},
        life={},
        on_air={},
        alarms=(),
        # A volatile term goes on in the same process; another may have no remote.
        remote=board.remote if entry.data.get("volatile") else None,
    )


def _file(board: Fold, entry: Entry) -> Fold:
    told = entry.data
    if "file" in told:  # of a journal from before night files had parts
        return replace(board, files={**board.files, told["hash"]: _opened(told["file"])})
    before = board.parts.get(told["hash"], ()) if told["part"] else ()
    parts = {**board.parts, told["hash"]: (*before, told["packed"])}
    if told["part"] + 1 < told["of"]:
        return replace(board, parts=parts)
    file = open_night_file(b"".join(parts.pop(told["hash"])))
    return replace(board, files={**board.files, told["hash"]: file}, parts=parts)


def _opened(told: Any) -> NightFile:
    return open_night_file(told) if isinstance(told, bytes) else msgspec.convert(told, NightFile)


def _state(board: Fold, entry: Entry) -> Fold:
    before, files, lines = board.state, board.files, board.lines
    if entry.data.get("whole"):
        told = entry.data["files"]
        lines = lines or tuple(_kept_line(told) for told in entry.data["lines"])
        before, files = NO_STATE, {h: _opened(f) for h, f in told.items()}
    state = engine.apply(before, entry.data["patch"], files)
    if state.files is not before.files:
        files = dict(state.files)
    board = replace(board, state=state, files=files, lines=lines)
    moved = entry.data["patch"].get("routing", {}).keys()
    return _unheard_of(board, moved) if moved else board


def _unheard_of(board: Fold, outputs: Collection[str]) -> Fold:
    """What was sent and heard where outputs were before says nothing of where they are now."""
    return replace(
        board,
        sent={k: at for k, at in board.sent.items() if k[0] not in outputs},
        evidence={k: e for k, e in board.evidence.items() if k[0] not in outputs},
    )


def _kept_line(told: dict[str, Any]) -> LineView:
    """A line that a journal kept; one of before lines had texts has its English one."""
    return msgspec.convert({"texts": {"en": told["text"]}} | told, LineView)


def _result(board: Fold, entry: Entry) -> Fold:
    if "on_air" in entry.data:
        return _switched(board, entry)
    sides: tuple[Which, ...] = ("main", "backup")
    keys = [(entry.output or "", side) for side in sides if entry.data.get(side) == "sent"]
    board = replace(board, sent={**board.sent, **dict.fromkeys(keys, entry.at)})
    if entry.data.get("level_only"):
        return board
    # Nothing is confirmed by a report older than its send.
    old = {k: board.evidence[k] for k in keys if k in board.evidence}
    undone = {
        k: replace(seen, agreement="no reply", since=entry.at, last_at=seen.reported_at)
        for k, seen in old.items()
        if seen.agreement == "confirmed" and (seen.reported_at or 0) < entry.at
    }
    return replace(board, evidence={**board.evidence, **undone})


def _switched(board: Fold, entry: Entry) -> Fold:
    """A switch was told: what it said before that confirms nothing any more."""
    server = where(entry.server or "", entry.data.get("routing", "wire"))
    known = board.on_air.get(server)
    if known is None or entry.data.get("main") != "sent" or known.agreement == "cannot be asked":
        return board
    return replace(board, on_air={**board.on_air, server: outputs.Switched(agreement="no reply")})


def _on_air(board: Fold, entry: Entry) -> Fold:
    data = entry.data
    said = outputs.Switched(
        agreement=data["agreement"],
        reported=data.get("reported"),
        reported_at=data.get("reported_at"),
    )
    return replace(board, on_air={**board.on_air, entry.server or "": said})


def _life(board: Fold, entry: Entry) -> Fold:
    key = (entry.server or "", entry.data["which"])
    return replace(board, life={**board.life, key: (entry.data["life"], entry.at)})


def _evidence(board: Fold, entry: Entry) -> Fold:
    key: tuple[str, Which] = (entry.output or "", entry.data["which"])
    before = board.evidence.get(key)
    same = before is not None and before.agreement == entry.data["agreement"]
    seen = EvidenceView(
        which=entry.data["which"],
        agreement=entry.data["agreement"],
        reported_at=entry.data.get("reported_at"),
        reported=entry.data.get("reported", {}),
        since=before.since if before and same else entry.at,
        last_at=entry.data.get("last_at"),
    )
    return replace(board, evidence={**board.evidence, key: seen})


def _alarm(board: Fold, entry: Entry) -> Fold:
    code = entry.data["code"]
    others = tuple(a for a in board.alarms if a.code != code)
    if entry.data.get("cleared"):
        return replace(board, alarms=others)
    text = entry.reason or code
    outputs = entry.data.get("outputs")
    alarm = AlarmView(
        code=code,
        at=entry.at,
        text=text,
        texts=texts_of(text, entry.data.get("said")),
        outputs=None if outputs is None else tuple(outputs),
    )
    return replace(board, alarms=(*others, alarm))


def _promptness(board: Fold, entry: Entry) -> Fold:
    return replace(board, promptness=msgspec.convert(entry.data, Promptness))


def _remote(board: Fold, entry: Entry) -> Fold:
    told = entry.data if entry.data.get("udp") or entry.data.get("tcp") else None
    return replace(board, remote=None if told is None else msgspec.convert(told, RemoteView))


def unheard(board: Fold) -> Fold:
    """The board of a player that has gone quiet: what it heard of servers is no longer so."""
    return replace(board, evidence={}, life={}, on_air={})


TAKEN: dict[str, Any] = {
    "term": _term,
    "file": _file,
    "state": _state,
    "result": _result,
    "life": _life,
    "evidence": _evidence,
    "on_air": _on_air,
    "alarm": _alarm,
    "promptness": _promptness,
    "remote": _remote,
}


def view(board: Fold, now: Millis) -> Board:
    """The document as of an instant: evidence ages, cues end, the night turns."""
    state, file = board.state, board.state.file
    night = tonight(file, now)
    off_the_wire = any(state.route(o) != "wire" for o in (file.outputs if file else ()))
    stopped, off = state.stopped, state.automation_off
    return Board(
        festival=file.festival if file else None,
        title=file.title if file else {},
        time_zone=file.time_zone if file else "UTC",
        night=night.date if night else None,
        night_starts=night.starts if night else None,
        version=file.version if file else None,
        file=state.loaded,
        player=board.player,
        term=board.term,
        automation=state.automation,
        predictions=prediction_views(state, night, now),
        automation_off=outputs.stop_view(off) if off else None,
        stopped=outputs.stop_view(stopped) if stopped else None,
        surfaces=outputs.surface_views(file, night),
        slots=runs_and_slots.slot_views(state, night),
        runs=runs_and_slots.run_views(state, night, now),
        outputs=outputs.output_views(state, night, board.sent, board.evidence, board.on_air, now),
        servers=outputs.server_views(state, board.life, board.on_air, board.alarms),
        lines=board.lines,
        alarms=board.alarms,
        volatile=board.volatile,
        promptness=board.promptness,
        rehearsal=off_the_wire,
        remote=board.remote,
        timecodes=timecodes.timecode_views(state),
    )


__all__ = ["EMPTY", "AddressView", "Agreement", "Fold", "fold", "unheard", "view"]
