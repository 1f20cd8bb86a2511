"""Bytes and values spoiled at random, the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

Spoil = Callable[[random.Random, bytearray], None]


def spoiled(chance: random.Random, whole: bytes, most: int = 3) -> bytes:
    """One to `most` things done to the bytes."""
    found = bytearray(whole)
    for _ in range(chance.randint(1, most)):
        chance.choice(WAYS)(chance, found)
    return bytes(found)


def _flip(chance: random.Random, found: bytearray) -> None:
    if found:
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)


def _cut(chance: random.Random, found: bytearray) -> None:
    del found[chance.randrange(len(found) + 1) :]


def _remove(chance: random.Random, found: bytearray) -> None:
    at = chance.randrange(len(found) + 1)
    del found[at : at + chance.randrange(1, 200)]


def _insert(chance: random.Random, found: bytearray) -> None:
    at = chance.randrange(len(found) + 1)
    found[at:at] = chance.randbytes(chance.randrange(1, 200))


def _blank(chance: random.Random, found: bytearray) -> None:
    """A page of the disk that never got there."""
    at, size = chance.randrange(len(found) + 1), chance.choice((16, 512, 4096))
    found[at : at + size] = bytes(len(found[at : at + size]))


def _repeat(chance: random.Random, found: bytearray) -> None:
    """A stretch twice, or in another's place."""
    at, to = sorted(chance.randrange(len(found) + 1) for _ in range(2))
    stretch = found[at:to][:4096]
    found[to : to + chance.choice((0, len(stretch)))] = stretch


WAYS: tuple[Spoil, ...] = (_flip, _flip, _cut, _remove, _insert, _blank, _repeat)

ODD: tuple[Any, ...] = (None, True, -1, 0, 1, 2**63 - 1, -(2**63), 1.5, float("nan"), "", "\0", "x" * 300, [], {}, [[]], b"\xff")  # fmt: skip


def odd_inside(chance: random.Random, value: Any) -> Any:
    """Plain values with something odd somewhere in them, or something missing."""
    match value:
        case dict() if value and chance.random() < 0.9:
            key = chance.choice(list(value))
            others = {k: v for k, v in value.items() if k != key}
            if chance.random() < 0.1:
                return others
            return {**others, key: odd_inside(chance, value[key])}
        case list() if value and chance.random() < 0.9:
            at = chance.randrange(len(value))
            if chance.random() < 0.1:
                return value[:at] + value[at + 1 :]
            return [*value[:at], odd_inside(chance, value[at]), *value[at + 1 :]]
        case int() if chance.random() < 0.5 and not isinstance(value, bool):
            return max(
                -(2**63), min(value + chance.choice((-1, 1, -1000, 1000, 86_400_000)), 2**63 - 1)
            )
        case _:
            return chance.choice(ODD)
