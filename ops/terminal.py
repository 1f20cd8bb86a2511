"""`lamplighter console`: the player's folder, the caller's name, the terminal's language."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from show_control.console.app import Console
from show_control.console.korean import language_of
from show_control.process import player_folder


def call_from_terminal(data_dir: Path, by: str | None) -> None:
    """Call until the caller leaves; the player goes on."""
    # Textual draws on standard error.
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        sys.exit("lamplighter console needs a terminal")
    Console(player_folder(data_dir), by=by or login_name(), language=language_of(os.environ)).run()


def login_name() -> str:
    """Who is signed in at this machine; a user without a name is told by number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
