"""Rows of words with a tone each, as wide as the terminal counts them; lengths of time in words. Pure."""

from __future__ import annotations

from typing import Literal, NamedTuple

from rich.cells import cell_len, chop_cells

from show_control.model import Millis
from show_control.timing import night_time

Tone = Literal["plain", "quiet", "strong", "lamp", "good", "sent", "bad", "choose"]
"""`good` is for what a server confirms and for nothing else; `lamp` for the cue that stands by;
`choose` for what is rehearsed."""


class Bit(NamedTuple):
    """A few words in one tone."""

    text: str
    tone: Tone = "plain"


Row = tuple[Bit, ...]


def text_of(row: Row) -> str:
    """A row's words."""
    return "".join(bit.text for bit in row)


def cut(text: str, width: int) -> str:
    """No wider than that; Hangul is two cells wide."""
    if cell_len(text) <= width:
        return text
    return f"{chop_cells(text, max(1, width - 1))[0]}…" if width > 1 else text[:width]


def spread(width: int, left: Row, right: Row = ()) -> Row:
    """The left words from the left edge, cut where they must be; the right ones at the right edge."""
    after = trim(right, width)
    room = width - cell_len(text_of(after)) - (1 if after else 0)
    before = trim(left, room)
    space = width - cell_len(text_of(before)) - cell_len(text_of(after)) if after else 0
    return (*before, Bit(" " * max(0, space)), *after)


def trim(row: Row, width: int) -> Row:
    """A row no wider than that."""
    kept: list[Bit] = []
    for bit in row:
        if width <= 0:
            break
        kept.append(Bit(cut(bit.text, width), bit.tone))
        width -= cell_len(kept[-1].text)
    return tuple(kept)


def pad(text: str, width: int) -> str:
    """At least that wide."""
    return text + " " * (width - cell_len(text))


def window(count: int, at: int, rows: int) -> range:
    """Which of so many rows to show, with the one at `at` among them, two before it if there are."""
    first = max(0, min(at - 2, count - rows))
    return range(first, min(count, first + rows))


def left(length: Millis) -> str:
    """Time left, rounded up, so that it reaches 0:00 when the time has come: `3:00`, `1:02:03`."""
    minutes, seconds = divmod(max(0, -(-length // 1000)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def hours(position: Millis) -> str:
    """Where a timecode is, to the second: `10:01:02`."""
    minutes, seconds = divmod(position // 1000, 60)
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}:{seconds:02}"


def span(length: Millis) -> str:
    """A short length with its unit: `0.4 s`, `2 s`, `3:00`."""
    if length >= 60_000:
        return left(length)
    return f"{length / 1000:.1f} s" if length % 1000 else f"{length // 1000} s"


def clock(at: Millis, time_zone: str) -> str:
    """`20:05:00` on the venue's wall."""
    return night_time(at, None, time_zone, millis=False)


def minute(at: Millis, time_zone: str) -> str:
    """`20:05` on the venue's wall."""
    return clock(at, time_zone)[:5]
