"""What the commands share: options, and how they end."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from ops.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
LONGEST = timedelta(days=3650)


def data_dir_option(command: F) -> F:
    """`--data-dir`, for every command that touches an installation."""
    return click.option(
        "--data-dir",
        type=FOLDER,
        envvar="LAMPLIGHTER_DATA_DIR",
        help="The installation's folder (LAMPLIGHTER_DATA_DIR; else in your data folder).",
    )(command)


def port_option(command: F) -> F:
    """`--port`, where the page answers."""
    return click.option("--port", type=click.IntRange(1, 65535), help="Where the page answers.")(
        command
    )


def settings_of(data_dir: Path | None, port: int | None = None) -> Settings:
    """The settings by the environment and the command line."""
    import os

    import msgspec

    from ops.settings import read_settings

    told = {"LAMPLIGHTER_DATA_DIR": data_dir, "LAMPLIGHTER_PORT": port}
    try:
        return read_settings(
            {**os.environ, **{k: str(v) for k, v in told.items() if v is not None}}
        )
    except msgspec.ValidationError as fault:
        fail([f"the settings: {fault}"])


class Span(click.ParamType["timedelta"]):
    """A length of time: `30m`, `12h`, `7d`."""

    name = "span"
    UNITS = {"m": "minutes", "h": "hours", "d": "days"}  # noqa: RUF012 - as click declares it

    def convert(self, value: Any, param: Any, ctx: Any) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"([0-9]{1,6})([mhd])", str(value))
        span = timedelta(**{self.UNITS[found[2]]: int(found[1])}) if found else timedelta()
        if not timedelta() < span <= LONGEST:
            self.fail(
                f"{value!r} is no length of time: say 30m, 12h or 7d, 3650d at most", param, ctx
            )
        return span


def text_of(file: Path) -> str:
    """A file's text; ends with what is wrong where it has none."""
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as fault:
        fail(
            [
                f"{file}: it is not UTF-8 text: byte {fault.start} is 0x{fault.object[fault.start]:02x}"
            ]
        )
    except OSError as fault:
        fail([f"{file}: {fault.strerror}"])


def fail(messages: Iterable[object], code: int = 1) -> NoReturn:
    """Say what is wrong, and end."""
    for message in messages:
        click.echo(str(message), err=True)
    sys.exit(code)


def print_lines(lines: AsyncIterator[str], *, whole: bool = False) -> None:
    """Print the lines of a command that works with the database, or say in a line what failed.

    `whole`: each is a whole text, which goes out as UTF-8 whatever the terminal's own is.
    """
    import asyncio

    from ops.storing import CannotDo

    async def printed() -> None:
        async for line in lines:
            click.echo(line.encode() if whole else line, nl=not whole)

    try:
        asyncio.run(printed())
    except CannotDo as fault:
        fail(str(fault).splitlines())
