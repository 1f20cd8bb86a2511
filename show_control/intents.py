"""The entries that the player makes of sends: an intent before its packets, a result after (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from show_control.commands import Answer, AnyCommand, Record, Send
from show_control.entries import RECORD_ONLY, Entry
from show_control.evidence import Which
from show_control.journal import Cursor
from show_control.model import Millis, NightFile
from show_control.sentences import Sentence, say


def alarm_entry(
    code: str, at: Millis, why: Sentence | None, outputs: Iterable[str] | None = ()
) -> dict[str, Any]:
    """The entry of an alarm, or with no reason of its end. `outputs` are those that it touches: none
    by what is missed for the record alone, None for every one."""
    if why is None:
        return {"kind": "alarm", "at": at, "data": {"code": code, "cleared": True}}
    data: dict[str, Any] = {"code": code, "said": msgspec.to_builtins(why)}
    if outputs is not None:
        data["outputs"] = list(outputs)
    return {"kind": "alarm", "at": at, "reason": say(why), "data": data}


def intent_entry(send: Send, file: NightFile, sides: tuple[Which, ...]) -> dict[str, Any]:
    """The entry of a send that is about to leave: with what it says, its messages can be told."""
    return {
        "kind": "intent",
        "at": send.at,
        "night": send.night,
        "surface": send.surface,
        "slot": send.slot,
        "run": send.run,
        "cue": send.cue,
        "output": send.output,
        "server": file.outputs[send.output].server,
        "data": {
            "why": send.why,
            "action": msgspec.to_builtins(send.action),
            "before": msgspec.to_builtins(send.before),
            "look": msgspec.to_builtins(send.after),
            "file": send.file,
            "sides": list(sides),
            **_routed(send),
        },
    }


def records(commands: list[AnyCommand]) -> list[Record | Send]:
    """What of a step's commands is entered."""
    return [c for c in commands if not isinstance(c, Answer)]


def result_entry(
    send: Send, intent: Cursor, sides: Mapping[Which, str], now: Millis
) -> dict[str, Any]:
    """The entry that ends an intent: `sent`, or `not sent` and why, for each side."""
    level_only = send.action is not None and send.action.kind in ("level", "blackout")
    return {
        "kind": "result",
        "at": now,
        "night": send.night,
        "surface": send.surface,
        "slot": send.slot,
        "run": send.run,
        "cue": send.cue,
        "output": send.output,
        "data": {
            "of": list(intent),
            **sides,
            **({"level_only": True} if level_only else {}),
            **_routed(send),
        },
    }


def _routed(send: Send) -> dict[str, Any]:
    """The mark of what did not go by the wire."""
    return {} if send.routing == "wire" else {"routing": send.routing}


def unknowable_entry(intent: Cursor, entry: Entry, now: Millis) -> dict[str, Any]:
    """The entry that ends an intent whose player died between writing it and writing what became of it."""
    columns = ("night", "surface", "slot", "run", "cue", "output", "server")
    routing = entry.data.get("routing")
    became = RECORD_ONLY if routing == RECORD_ONLY else "unknowable"
    marked = {"routing": routing} if routing else {}
    return {c: getattr(entry, c) for c in columns} | {
        "kind": "result",
        "at": now,
        "data": {"of": list(intent), "main": became, "backup": became, **marked},
    }


PART = 1 << 18
"""Bytes of a night file in one entry: so many are written between two cues."""


def file_entries(content: str, packed: bytes, now: Millis) -> list[dict[str, Any]]:
    """The entries that carry a night file, a part each."""
    parts = range(0, len(packed), PART)
    return [
        {
            "kind": "file",
            "at": now,
            "data": {
                "hash": content,
                "part": n,
                "of": len(parts),
                "packed": packed[at : at + PART],
            },
        }
        for n, at in enumerate(parts)
    ]
