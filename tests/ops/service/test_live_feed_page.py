"""The clients in docs/live-feed.md do what the page says, as they stand there."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from ops.generated import node
from tests.ops.service.test_watch import token
from tests.ops.service.world import Serving, World

PAGE = Path(__file__).parents[3] / "docs" / "live-feed.md"
AS_A_BROWSER = """
globalThis.location = { origin: process.env.ORIGIN };
const Plain = WebSocket;
globalThis.WebSocket = class extends Plain {
  constructor(address) {
    super(address, { headers: { Authorization: `Bearer ${process.env.LAMPLIGHTER_TOKEN}` } });
  }
};
follow((board) => console.log(JSON.stringify([board.number, board.player_at, board.runs.length])));
"""


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.M)
    assert found is not None
    return found[1]


async def lines_of(command: list[str], environment: dict[str, str], count: int) -> list[str]:
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **environment}, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            return [(await process.stdout.readline()).decode() for _ in range(count)]
    finally:
        process.kill()
        await process.wait()


async def test_the_one_in_python(world: World, serving: Serving) -> None:
    secret = await token(world, "page-python")
    environment = {"LIVE": serving.live, "LAMPLIGHTER_TOKEN": secret}
    lines = await lines_of([sys.executable, "-c", block("python")], environment, 2)
    assert "opening" in lines[0]
    assert len(block("python").strip().splitlines()) < 25


async def test_the_one_in_javascript(world: World, serving: Serving) -> None:
    secret = await token(world, "page-javascript")
    environment = {"ORIGIN": serving.url, "LAMPLIGHTER_TOKEN": secret}
    script = block("javascript") + AS_A_BROWSER
    lines = await lines_of([str(node()), "-e", script], environment, 4)
    number, player_at, runs = json.loads(lines[-1])
    assert number >= 0
    assert player_at is not None
    assert runs >= 1
