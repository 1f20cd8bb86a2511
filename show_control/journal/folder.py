"""A journal's folder: who may write in it, whose it is, and its files, one for each term.

`lock`, `player` (this journal's id), `00000001.journal`, `00000003.journal`, ...
"""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Self

from show_control.journal.watching import Watch


class FolderHeld(Exception):
    """Another player has the folder; `pid` is its process, where it said so."""

    def __init__(self, folder: Path, pid: int | None) -> None:
        super().__init__(f"{folder} is held by {f'process {pid}' if pid else 'another process'}")
        self.folder = folder
        self.pid = pid


class FolderLock:
    """One folder, one sender. Held until closed or until the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Take it; raises FolderHeld."""
        # `mode` is of the last folder alone: the one around it is the installation's, as private.
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        self._path = folder / "lock"
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._fd, 20, 0).decode("ascii", "replace").strip()
            os.close(self._fd)
            raise FolderHeld(folder, int(holder) if holder.isdecimal() else None) from None
        held = os.fstat(self._fd)
        self._name, self._held = str(self._path), (held.st_ino, held.st_dev)
        self._watch = _watch(self._path)
        self._stirred = self._watch.stirred if self._watch else _always
        with suppress(OSError):  # a full disk hides the holder's name and nothing else
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, f"{os.getpid()}\n".encode(), 0)
        self.look()

    def may_send(self) -> bool:
        """Whether the lock is still what others would find: judged before every packet."""
        if self._stirred():
            self.look()
        return self._ours

    def look(self) -> None:
        """See for ourselves, by and by: not all that can be done to a path is heard."""
        if self._watch is not None:
            self._watch.hear()
        try:
            found = os.stat(self._name)  # noqa: PTH116 - a Path takes three times as long
        except OSError:
            self._ours = False
        else:
            self._ours = (found.st_ino, found.st_dev) == self._held

    def close(self) -> None:
        """Give the folder to whoever comes next."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
            self._held = (-1, -1)
            self._ours = False
        if self._watch is not None:
            self._watch.close()
            self._watch, self._stirred = None, _always

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _always() -> object:
    return True


def _watch(path: Path) -> Watch | None:
    """What hears of anything done to a path; None where every judgement has to look."""
    try:
        return Watch(path)
    except OSError:
        return None


def term_path(folder: Path, term: int) -> Path:
    """The file of a term."""
    return folder / file_name(term)


def file_name(term: int) -> str:
    """What a term's file is called."""
    return f"{term:08}.journal"


def terms(folder: Path) -> list[int]:
    """The terms that have a file, oldest first; none where there is no folder."""
    return sorted(int(p.stem) for p in folder.glob("*.journal") if p.stem.isdecimal())


def player_id(folder: Path) -> str:
    """Whose journal it is. Made once, at random: a folder that is lost comes back as another."""
    path = folder / "player"
    with suppress(FileNotFoundError):
        if found := path.read_text("ascii", "replace").strip():
            return found
    return _write_player_id(path, new_player_id())


def new_player_id() -> str:
    """One that no other journal has."""
    return secrets.token_hex(8)


def _write_player_id(path: Path, player: str) -> str:
    draft = path.with_name("player.new")
    with draft.open("w", encoding="ascii") as file:
        file.write(player + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)
    return player


def sync_folder(folder: Path) -> None:
    """Make the names in it last."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
