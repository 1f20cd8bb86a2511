"""Which user PostgreSQL runs as, and what it takes to become that user.

It refuses to be root. A plain user runs it as itself. Root runs it in a user namespace,
where no file changes hands; where the machine refuses those, as `nobody`, to whom the
folder is then given; and a folder that belongs to somebody already, as its owner.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ops.database import launch

NOBODY = (65534, 65534)


class Account(msgspec.Struct, frozen=True):
    """`user` as `launch` takes it; `owner` is whose the folder must be, if not ours."""

    user: str
    owner: tuple[int, int] | None = None

    def command(self, reach: Path, command: Sequence[str | Path]) -> list[str]:
        """A command line that becomes `command` as this user and dies with us."""
        return launch_command(self.user, reach, command)

    def give(self, folder: Path) -> None:
        """Make the folder and all in it this user's, if it has to be."""
        if self.owner is None or folder.stat().st_uid == self.owner[0]:
            return
        for parent, _, files in os.walk(folder):
            for path in (Path(parent), *(Path(parent, file) for file in files)):
                os.chown(path, *self.owner, follow_symlinks=False)


def account_for(folder: Path, binaries: Path, *, namespaces: bool = True) -> Account:
    """Who may run PostgreSQL on this folder; `namespaces=False` forgoes the first way."""
    if os.geteuid() != 0:
        return Account(launch.SAME)
    if folder.exists() and (belongs := folder.stat()).st_uid != 0:
        return _dropping_to(belongs.st_uid, belongs.st_gid)
    if namespaces and _namespaces_work(binaries):
        return Account(launch.NAMESPACE)
    return _dropping_to(*NOBODY)


def _dropping_to(uid: int, gid: int) -> Account:
    return Account(f"{uid}:{gid}", (uid, gid))


def _namespaces_work(binaries: Path) -> bool:
    tried = launch_command(launch.NAMESPACE, Path("/"), [binaries / "postgres", "--version"])
    done = subprocess.run(tried, capture_output=True, check=False, process_group=0)
    return done.returncode == 0


def launch_command(user: str, reach: Path, command: Sequence[str | Path]) -> list[str]:
    start = [sys.executable, "-I", "-S", launch.__file__, user, str(os.getpid())]
    return [*start, str(reach), *map(str, command)]
