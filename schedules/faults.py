"""What is wrong with a festival, said so that a person can put it right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal

import msgspec


class Fault(msgspec.Struct, frozen=True):
    """One thing to put right (`fault`), or only to know (`notice`).

    `path` is the path of a key (`slots[0].starts.at`) or, where a text is not TOML at
    all, its line and column. `right` says what would be right; notices have none.
    """

    path: str
    message: str
    right: str = ""
    severity: Literal["fault", "notice"] = "fault"

    def __str__(self) -> str:
        told = f"{self.path}: {self.message}"
        return f"{told}; {self.right}" if self.right else told


class FestivalFaults(ValueError):
    """All the faults of a festival at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Wrong(ValueError):
    """A value that cannot be read, told without its path: the walk knows that.

    `at` is what to add to the path where the fault lies deeper (`.name`, `[2]`).
    """

    def __init__(self, message: str, right: str, at: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.right = right
        self.at = at


def notice(path: str, message: str) -> Fault:
    """Something that a check only says."""
    return Fault(path, message, severity="notice")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return close[0] if close else None


def one_of(word: object, known: Iterable[str]) -> str:
    """What would be right in place of `word`: the nearest of the known, or all of them."""
    names = list(known)
    if isinstance(word, str) and (near := nearest(word, names)):
        return f"write {near}"
    return f"one of {', '.join(names)}" if names else "there is none yet"
