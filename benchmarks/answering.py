"""The child's side: questions from standard input, in an asyncio loop that does other things."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

Answer = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


async def answer(ready: dict[str, Any], questions: dict[str, Answer]) -> None:
    """Until standard input ends."""
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    say(ready)
    while line := await reader.readline():
        asked = json.loads(line)
        say(await questions[asked.pop("do")](asked))


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()
