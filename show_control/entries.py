"""An entry: one recorded fact, its key, and the kinds of entries there are.

`(player, term, seq)` is the key; it is never reused. What is set beside `kind` depends on it. A reason
of the player's own is the English sentence; `said` in `data` is the same by its code and values, to be
said in another language (`show_control/sentences`).

What did not happen on the wire is marked: `routing` in `data` is where a packet went (`simulator`,
`record only`), or by output where what a run, a cue or a call did went. The server of evidence and life
that are a simulator's is called `simulator:SERVER`. None of it proves that anything was played.

| kind | what happened; `data` |
|---|---|
| term | a player started: boot, clock, engine, volatile; saved: the newest key on disk before a volatile term |
| clock_adopted | the mapping of wall time changed: clock (wall, boottime in ns) |
| loaded | a night file was loaded: hash, festival, version |
| file | a part of a night file: hash, part (from 0), of, packed |
| state | what of the engine's state changed: patch (see `engine.patch`); `whole` with files, engine, lines |
| displaced | a base slot is displaced: starts, ends, by |
| stands_by | a run stands by: starts, ends |
| started, ended | a run began (how), or is over, with `reason` |
| held | a run holds after a restart of the player, with `reason` |
| lapsed, skipped, waiting | a slot that did not run, or not yet, with `reason` |
| standby | a cue stands by: count |
| call | a call was accepted: call, request, where (from where a remote made it); of control: holder (who had it), to (who has it now); of a restart after a show stop: automation, off_by; of start: planned (the slot's instant) |
| refused | a call was refused, with `reason`: call, request, where |
| note | a person's words, in `reason`, with the cue that stood by: request, where |
| cue_went | name, how (GO, auto, with, follow, timeline, loop), late (ms), do (its actions) |
| loop_passed | passes of a loop that went by whole with the player away: passes; cue: where it turns to |
| cue_passed | a cue whose time went by with the player away; data as cue_went |
| cue_dropped, cue_skipped, cue_held | a cue that did not go, with `reason` |
| not_sent | an action that was not sent, with `reason`: action |
| curfew, hazard_end | a curfew came; hazard outputs were stopped: outputs |
| intent | packets are about to leave: action, why, before, look, file (hash), sides; or, with no look: on_air, via |
| result | of an intent: of (term, seq), main, backup: sent, not sent and why, unknowable, record only; level_only |
| life | of a server's address: which (main, backup), life |
| evidence | of an output: which, agreement, reported_at, reported; with no reply: last_at (of its last report) |
| on_air | of a server's switch: agreement, reported (main, backup, or neither), reported_at |
| alarm | what a person must know, with `reason`: code, cleared, outputs (those that it touches) |
| trimmed | a term's file that was old and stored has been removed: term, bytes |
| timecode | a timecode that a run follows runs, stops, is lost or jumps, with `reason`: timecode, status, position (ms) |
| settings | what the installation sets was changed: minimum_span (ms) |
| promptness | what the player got of the machine: realtime, memory, collector |
| remote | where a remote is heard, or that none is: udp, tcp, allow, rights, passcode, name |
"""

from __future__ import annotations

from typing import Any

import msgspec

from show_control.model import Millis

NEWER = "not sent: a newer one came"
HELD_BACK = "not sent: its server is asked first"
NOTHING_TO_CHANGE = "not sent: nothing to change"
REROUTED = "not sent: its output was routed elsewhere"
RECORD_ONLY = "record only"
"""The result of what goes nowhere, by a rehearsal's choice: nothing was sent, and nothing failed."""
NEEDLESS = frozenset({NEWER, HELD_BACK, NOTHING_TO_CHANGE, REROUTED})
"""Results that tell of no failure: a newer send, or an answer, made this one needless."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One recorded fact. `cue` is a cue's number, `night` a date, `run` a run's whole id."""

    player: str
    term: int
    seq: int
    at: Millis
    kind: str
    night: str | None = None
    surface: str | None = None
    slot: str | None = None
    run: str | None = None
    cue: str | None = None
    output: str | None = None
    server: str | None = None
    by: str | None = None
    reason: str | None = None
    data: dict[str, Any] = {}

    @property
    def key(self) -> tuple[str, int, int]:
        """What an entry is stored by."""
        return (self.player, self.term, self.seq)
