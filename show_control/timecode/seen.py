"""What a packet said: where its timecode is."""

from __future__ import annotations

from typing import NamedTuple

from show_control.frames import Rate


class Malformed(ValueError):
    """Bytes that are not what they should be; who hears them counts it."""


class Seen(NamedTuple):
    """A position of a timecode, in nanoseconds, at the moment that its packet came.

    `still`: it stands there, and does not run (a full frame of MTC is a locate).
    """

    position: int
    rate: Rate
    still: bool = False
