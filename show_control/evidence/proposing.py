"""When a take-over is worth a person's thought: proposed here, and done by nobody but a person. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from show_control.evidence.state import Evidence, Which
from show_control.model import Server

OTHER: dict[Which, Which] = {"main": "backup", "backup": "main"}


def proposed(
    known: Evidence, servers: Mapping[str, Server], on_air: Mapping[str, Which]
) -> dict[str, Which]:
    """By server, the side to put on the picture: it lives and all it shows is right, while the one that
    is on has fallen silent."""
    return {
        s.id: OTHER[on_air[s.id]]
        for s in servers.values()
        if s.on_air is not None and s.id in on_air and _worth(known, s.id, on_air[s.id])
    }


def _worth(known: Evidence, server: str, on: Which) -> bool:
    now, other = known.servers.get((server, on)), known.servers.get((server, OTHER[on]))
    if now is None or other is None or now.life not in ("silent", "unreachable"):
        return False
    seen = other.outputs.values()
    return other.life == "alive" and bool(seen) and all(o.agreement == "confirmed" for o in seen)
