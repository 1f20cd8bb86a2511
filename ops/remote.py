"""`lamplighter remote`: what `lamplighter.toml` opens, as the player will read it at its next start."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from show_control.installation import FILE, RemoteSettings, read_installation


def remote_in_words(data_dir: Path) -> Iterator[str]:
    """A line for each thing to know; raises InstallationFaults."""
    path = data_dir / FILE
    settings = read_installation(data_dir).remote
    if settings is None:
        yield f"{path}: no remote is heard"
        return
    yield from _told(settings)
    if settings.passcode is not None and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield f"notice: others on this machine can read the passcode: chmod 600 {path}"
    yield f"{path}: no faults; the player reads it at its next start"


def _told(settings: RemoteSettings) -> Iterator[str]:
    for kind, address in (("udp", settings.udp), ("tcp", settings.tcp)):
        if address is not None:
            yield f"{kind} {address[0]} port {address[1]}"
    yield f"from {', '.join(map(str, settings.allow))}"
    yield "after the passcode" if settings.passcode is not None else "without a passcode"
    yield f"may {', '.join(settings.rights) or 'do nothing'}, in the name of {settings.name}"
