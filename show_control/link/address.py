"""Where the link's socket is: in the player's data folder, if a socket's short name allows."""

from __future__ import annotations

import hashlib
import os
import socket
import tempfile
from pathlib import Path

_LONGEST = 103
"""Bytes of a Unix socket's path: Linux has 107, macOS 103."""


def socket_path(data_dir: Path) -> Path:
    """Where to connect. A path too long is replaced by a short one, which `link.sock` points at."""
    path = data_dir.resolve() / "link.sock"
    if _fits(path):
        return path
    # The player's own choice where there is one: its environment need not be that of its peers.
    return path.readlink() if path.is_symlink() else _short(path)


def listen(data_dir: Path) -> socket.socket:
    """A listening socket of mode 0600. The data folder's lock is the caller's to hold: what a dead
    player left there is replaced."""
    path = data_dir.resolve() / "link.sock"
    path.unlink(missing_ok=True)
    bound = path if _fits(path) else _short(path)
    if bound != path:
        _own_folder(bound.parent)
        bound.unlink(missing_ok=True)
        path.symlink_to(bound)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listener.bind(str(bound))
    finally:
        os.umask(before)
    listener.setblocking(False)
    listener.listen(16)
    return listener


def remove(data_dir: Path) -> None:
    """Take the name away of a socket that listens no more."""
    socket_path(data_dir).unlink(missing_ok=True)
    (data_dir.resolve() / "link.sock").unlink(missing_ok=True)


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= _LONGEST


def _short(path: Path) -> Path:
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return runtime / f"lamplighter-{os.getuid()}" / f"{name}.sock"


def _own_folder(folder: Path) -> None:
    """Others may write where it stands: it must be ours, and closed to them."""
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if status.st_uid != os.getuid() or status.st_mode & 0o077 or folder.is_symlink():
        raise PermissionError(f"{folder} is not a folder that only this user can enter")
