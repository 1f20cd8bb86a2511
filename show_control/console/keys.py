"""Which key means what, with Hangul input active too. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Intent = Literal[
    "go",
    "standby",
    "before",
    "after",
    "hold",
    "back",
    "skip",
    "leave",
    "fade_out",
    "fade_all",
    "stop",
    "restart",
    "enable",
    "disable",
    "end",
    "ask_control",
    "take_over",
    "hand_back",
    "note",
    "automation",
    "start",
    "route",
    "on_air",
    "next_run",
    "safe_look",
    "help",
    "language",
    "quit",
]

KEYS: Mapping[str, Intent] = {
    " ": "go",
    "s": "standby",
    "up": "before",
    "down": "after",
    "h": "hold",
    "j": "back",
    "k": "skip",
    "v": "leave",
    "f": "fade_out",
    "escape": "fade_out",
    "F": "fade_all",
    "X": "stop",
    "R": "restart",
    "e": "enable",
    "d": "disable",
    "E": "end",
    "a": "ask_control",
    "t": "take_over",
    "b": "hand_back",
    "n": "note",
    "o": "automation",
    "w": "start",
    "r": "route",
    "m": "on_air",
    "tab": "next_run",
    "S": "safe_look",
    "?": "help",
    "l": "language",
    "q": "quit",
}

# A Korean keyboard (two-set) gives these for the same keys; it has no capitals for most of them.
_HANGUL: Mapping[str, str] = {
    "ㄴ": "s",
    "ㅗ": "h",
    "ㅓ": "j",
    "ㅏ": "k",
    "ㅍ": "v",
    "ㄹ": "f",
    "ㅌ": "X",
    "ㄲ": "R",
    "ㄱ": "r",
    "ㄷ": "e",
    "ㅇ": "d",
    "ㄸ": "E",
    "ㅁ": "a",
    "ㅅ": "t",
    "ㅠ": "b",
    "ㅜ": "n",
    "ㅐ": "o",
    "ㅈ": "w",
    "ㅡ": "m",
    "ㅣ": "l",
    "ㅂ": "q",
    "ㅛ": "y",
}

GUARDED: frozenset[Intent] = frozenset(
    {
        "go",
        "hold",
        "back",
        "skip",
        "leave",
        "fade_out",
        "fade_all",
        "stop",
        "ask_control",
        "take_over",
        "hand_back",
        "safe_look",
    }
)
"""What a held key must not do again: see `presses`."""


def plain(key: str, character: str | None) -> str:
    """A key by one name: its character where it has one that is seen, else the terminal's name."""
    seen = character if character and (character == " " or character.isprintable()) else key
    return _HANGUL.get(seen, seen)
