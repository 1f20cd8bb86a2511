"""What media servers speak: looks to messages, feedback to reports. Pure.

A dialect is a module of this package and a line in `DIALECTS`.
"""

from __future__ import annotations

from show_control.dialects.dialect import Dialect, Inexpressible, Repeating, Timed, supersede
from show_control.dialects.generic import GENERIC
from show_control.dialects.resolume import RESOLUME
from show_control.model import Server

__all__ = [
    "DIALECTS",
    "Dialect",
    "Inexpressible",
    "Repeating",
    "Timed",
    "dialect_of",
    "supersede",
]

DIALECTS: dict[str, Dialect] = {d.name: d for d in (GENERIC, RESOLUME)}


def dialect_of(server: Server) -> Dialect:
    """What a server speaks; raises KeyError where nothing here speaks it."""
    return DIALECTS[server.dialect]
