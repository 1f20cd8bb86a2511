"""What `lamplighter watch` does with what it was given."""

from __future__ import annotations

import asyncio
import os
import sys

from rich.console import Console

from ops.watch.address import NotAnAddress, feed_address
from ops.watch.following import NotLetIn
from ops.watch.watching import Screen, print_frames
from ops.watch.words import LANGUAGES
from show_control.clock import SystemClock
from show_control.console.korean import language_of
from show_control.console.words import Language

TOKEN = "LAMPLIGHTER_TOKEN"  # noqa: S105 - its name
NO_TOKEN = f"""\
A token is needed: make one by `lamplighter token create NAME --right see`, and give it in {TOKEN},
or on standard input with --token-stdin."""


class CannotWatch(Exception):
    """Says what is missing, or why not."""


def watch(url: str, *, token_stdin: bool, language: Language | None, as_json: bool) -> None:
    """Until interrupted; raises CannotWatch."""
    token = sys.stdin.readline().strip() if token_stdin else os.environ.get(TOKEN, "").strip()
    if not token:
        raise CannotWatch(NO_TOKEN)
    console = Console()
    if not as_json and not console.is_terminal:
        raise CannotWatch("lamplighter watch needs a terminal; for a pipe there is --json")
    try:
        address = feed_address(url)
        if as_json:
            asyncio.run(print_frames(address, token))
        else:
            said = LANGUAGES[language or language_of(os.environ)]
            asyncio.run(Screen(address, token, said, SystemClock().boottime).run(console))
    except (NotAnAddress, NotLetIn) as fault:
        raise CannotWatch(str(fault)) from fault
    except KeyboardInterrupt:
        pass  # it is how one leaves
