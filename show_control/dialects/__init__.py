"""What media servers speak: looks to messages, feedback to reports. Pure.

A vendor's dialect is a module of this package and a line in `DIALECTS`; a user's own comes with the
night file, declared at its server. Most are said, not programmed: see `declared.py`.
"""

from __future__ import annotations

from show_control.dialects.clips import clips_of
from show_control.dialects.declared import Spoken
from show_control.dialects.dialect import NO_CLIPS, Clips, Dialect, Inexpressible, Timed, supersede
from show_control.dialects.disguise import DISGUISE
from show_control.dialects.generic import GENERIC
from show_control.dialects.millumin import MILLUMIN
from show_control.dialects.pixera import PIXERA, PIXERA_API
from show_control.dialects.qlab import QLAB
from show_control.dialects.resolume import RESOLUME
from show_control.dialects.watchout import WATCHOUT
from show_control.model import Repeating, Server

__all__ = [
    "DIALECTS",
    "NO_CLIPS",
    "Clips",
    "Dialect",
    "Inexpressible",
    "Repeating",
    "Spoken",
    "Timed",
    "clips_of",
    "dialect_of",
    "supersede",
]

DIALECTS: dict[str, Dialect] = {
    d.name: d for d in (GENERIC, RESOLUME, DISGUISE, QLAB, MILLUMIN, WATCHOUT, PIXERA)
}


def dialect_of(server: Server) -> Dialect:
    """What a server speaks; raises KeyError where nothing here speaks it."""
    if server.declared is not None:
        return Spoken(server.declared)
    if server.dialect == PIXERA.name and server.main.startswith("tcp:"):
        return PIXERA_API
    return DIALECTS[server.dialect]
