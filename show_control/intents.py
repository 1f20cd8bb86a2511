"""The entries that the player makes of sends: an intent before its packets, a result after (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from show_control.commands import Answer, AnyCommand, Record, Send, Switch
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
        **_columns(send),
        "kind": "intent",
        "at": send.at,
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


def switch_entry(switch: Switch, file: NightFile) -> dict[str, Any]:
    """The same of what puts a server's main or backup on the picture; `via` is who is told."""
    there = file.servers[switch.server].on_air
    return {
        **_columns(switch),
        "kind": "intent",
        "at": switch.at,
        "server": switch.server,
        "data": {
            "why": switch.why,
            "on_air": switch.which,
            "via": there.via if there is not None else None,
            "file": switch.file,
            "sides": ["main"],
            **_routed(switch),
        },
    }


def _columns(send: Send | Switch) -> dict[str, Any]:
    names = ("night", "surface", "slot", "run", "cue", "output")
    return {name: getattr(send, name) for name in names}


def records(commands: list[AnyCommand]) -> list[Record | Send | Switch]:
    """What of a step's commands is entered."""
    return [c for c in commands if not isinstance(c, Answer)]


def result_entry(
    send: Send | Switch, intent: Cursor, sides: Mapping[Which, str], now: Millis
) -> dict[str, Any]:
    """The entry that ends an intent: `sent`, or `not sent` and why, for each side."""
    if isinstance(send, Switch):
        data: dict[str, Any] = {"of": list(intent), "on_air": send.which, **_routed(send)}
        data |= {str(side): became for side, became in sides.items()}
        return {
            **_columns(send),
            "kind": "result",
            "at": now,
            "server": send.server,
            "data": data,
        }
    # What says nothing of which clip shows leaves the evidence of that as it is.
    level_only = send.action is not None and send.action.kind in (
        "level",
        "blackout",
        "load",
        "osc",
    )
    return {
        **_columns(send),
        "kind": "result",
        "at": now,
        "data": {
            "of": list(intent),
            **sides,
            **({"level_only": True} if level_only else {}),
            **_routed(send),
        },
    }


def _routed(send: Send | Switch) -> dict[str, Any]:
    """The mark of what did not go by the wire."""
    return {} if send.routing == "wire" else {"routing": send.routing}


def unknowable_entry(intent: Cursor, entry: Entry, now: Millis) -> dict[str, Any]:
    """The entry that ends an intent whose player died between writing it and writing what became of it."""
    columns = ("night", "surface", "slot", "run", "cue", "output", "server")
    recorded = entry.data.get("routing") == RECORD_ONLY
    became = RECORD_ONLY if recorded else "unknowable"
    sides = ("main",) if "on_air" in entry.data else ("main", "backup")
    data: dict[str, Any] = {"of": list(intent)} | dict.fromkeys(sides, became)
    data |= {k: entry.data[k] for k in ("routing", "on_air") if k in entry.data}
    return {c: getattr(entry, c) for c in columns} | {
        "kind": "result",
        "at": now,
        "data": data,
    }


PART = 1 << 18
"""Bytes of a night file in one entry: so many are written between two cues."""


def file_entries(content: str, packed: bytes, now: Millis) -> Iterator[dict[str, Any]]:
    """The entries that carry a night file, a part each: copied when its turn comes."""
    parts = range(0, len(packed), PART)
    for n, at in enumerate(parts):
        part = packed[at : at + PART]
        data = {"hash": content, "part": n, "of": len(parts), "packed": part}
        yield {"kind": "file", "at": now, "data": data}
