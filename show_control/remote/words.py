"""Lamplighter's own words: `/lamplighter/{word}` and `/lamplighter/{surface or slot}/{word}`. Pure.

A word is a call by its name. A button box sends a number with a press and 0 as it is let go: the
first is a press, the second asks for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, get_args

import msgspec

from show_control.engine import State
from show_control.events import Call, CallName
from show_control.model import Argument
from show_control.remote.meaning import Unclear, faded_by, the_run
from show_control.sentences import said

WORDS: Final[frozenset[CallName]] = frozenset(get_args(CallName))

_TAKES: Final[dict[CallName, tuple[str, ...]]] = {
    "go": ("standby", "standby_count"),
    "standby": ("standby",),
    "back": ("standby",),
    "skip": ("standby",),
    "show_stop": ("reason",),
    "automation_off": ("reason",),
    "note": ("reason",),
    "enable": ("output",),
    "disable": ("output",),
    "restore": ("output",),
    "start": ("run",),
    "route": ("to",),
    "on_air": ("server", "which"),
}
"""What a word's arguments are, in order; a request id may follow."""

_TEXTS: Final = "names and request ids are texts"
_RIGHT: Final[dict[CallName, str]] = {
    "go": 'the cue as text, "6.5", the standby count as a whole number, a request id',
    "standby": 'the cue as text, "6.5"',
    "route": "wire, simulator or record only",
    "on_air": "the server, and main or backup",
}
"""What would be understood."""

_OF_NO_RUN: Final[frozenset[CallName]] = frozenset(
    {
        "show_stop",
        "automation_off",
        "automation_on",
        "enable",
        "disable",
        "on_air",
        "route",
        "start",
    }
)
_PRESSES: Final = "ifhdTF"


class Let(Exception):
    """A button was let go: nothing is asked."""


def calls_of(
    state: State, word: CallName, where: str | None, args: Sequence[Argument]
) -> list[Call]:
    """What a word asks: one call, or one for each run that a fade out means.

    `where` is a surface, or a slot or run. Raises Unclear, and Let.
    """
    given = _given(word, args)
    if where is None:
        return [_call(word, given)]
    if state.file is None or where not in state.file.surfaces:
        return [_call(word, {"run": where} | given)]
    if word == "fade_out":
        return [_call(word, given | {"run": run}) for run in faded_by(state, where)]
    if word in {"route", "start"}:
        return [_call(word, {"surface": where} | given)]
    if word in _OF_NO_RUN or (word == "restore" and "output" in given):
        return [_call(word, given)]
    return [_call(word, given | _run(state, word, where))]


def _run(state: State, word: CallName, surface: str) -> dict[str, str]:
    """The run that is meant; a note needs none."""
    try:
        return {"run": the_run(state, word, surface).id}
    except Unclear:
        if word == "note":
            return {}
        raise


def _call(word: CallName, given: dict[str, Any]) -> Call:
    try:
        return msgspec.convert({"call": word} | given, Call)
    except msgspec.ValidationError:
        raise Unclear(said("remote_arguments", fault=_RIGHT.get(word, _TEXTS))) from None


def _given(word: CallName, args: Sequence[Argument]) -> dict[str, Any]:
    """The arguments by name, without a button's press; empty texts are left out."""
    values = _pressed(word, args)
    names = (*_TAKES.get(word, ()), "request")
    if len(values) > len(names):
        raise Unclear(said("remote_arguments", fault=f"at most {len(names)}"))
    given = {n: v for n, v in zip(names, values, strict=False) if v not in ("", None)}
    if isinstance(request := given.get("request"), int | float):
        given["request"] = f"{request:g}"
    return given


def _pressed(word: CallName, args: Sequence[Argument]) -> list[Any]:
    values = [argument.value for argument in args]
    if len(args) != 1 or args[0].tag not in _PRESSES:
        return values
    if values[0] == 0:
        raise Let
    if values[0] == 1 or word == "fade_out":
        return []
    raise Unclear(said("remote_no_press", value=values[0]))
