"""`lamplighter player`: the player alone."""

from __future__ import annotations

from pathlib import Path

import click

from show_control import process


def play(data_dir: Path, packed: bytes | None) -> None:
    """Be the player until told to stop, with a night file to load. Raises FolderHeld."""
    process.run(data_dir, packed=packed, say=lambda line: click.echo(line, err=True))
