"""`lamplighter watch` against the service: in a pipe, on a terminal, with a token and without."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ops.access.rights import Right
from ops.letting_in import Wanted, revoked, token_created
from tests.adversity.terminal import terminal
from tests.ops.service.world import Serving, World, until

RIGHT: Right = "see"


async def token(world: World, name: str, right: Right = RIGHT) -> str:
    wanted = Wanted(roles=(), rights=(right,), festivals=(), surfaces=())
    (secret,) = [line async for line in token_created(world.settings, name, wanted, None)]
    return secret


def command(serving: Serving, *more: str) -> list[str]:
    return [sys.executable, "-m", "ops", "watch", "--url", serving.url, *more]


@asynccontextmanager
async def watching(
    serving: Serving, secret: str, *more: str, stdin: bytes | None = None
) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *command(serving, *more),
        env={**os.environ, "LAMPLIGHTER_TOKEN": secret},
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(stdin or b"")
    process.stdin.close()
    try:
        async with asyncio.timeout(20):
            yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_each_frame_is_a_line_until_the_token_is_revoked(
    world: World, serving: Serving
) -> None:
    secret = await token(world, "watch-pipe")
    async with watching(serving, "", "--json", "--token-stdin", stdin=secret.encode()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = json.loads(await process.stdout.readline())
        assert first["festival"] == "lights"
        assert json.loads(await process.stdout.readline())
        async for _ in revoked(world.settings, "token", "watch-pipe"):
            pass
        said = (await process.stderr.read()).decode()
        assert await process.wait() == 1
    assert said == "signed out\n"


async def test_a_pipe_that_is_closed_ends_it_cleanly(world: World, serving: Serving) -> None:
    secret = await token(world, "watch-head")
    script = f"{' '.join(command(serving, '--json'))} | head -n 1"
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-o",
        "pipefail",
        "-c",
        script,
        env={**os.environ, "LAMPLIGHTER_TOKEN": secret},
        stdout=PIPE,
        stderr=PIPE,
    )
    async with asyncio.timeout(20):
        told, faults = await process.communicate()
    assert (process.returncode, faults) == (0, b"")
    assert json.loads(told)["festival"] == "lights"


async def test_who_has_no_token_or_a_wrong_one_is_told(world: World, serving: Serving) -> None:
    may_not_see = await token(world, "watch-control", "control")
    for secret, told in (
        ("", b"lamplighter token create NAME --right see"),
        ("wrong", b"HTTP 401"),
        (may_not_see, b"HTTP 403"),
    ):
        async with watching(serving, secret, "--json") as process:
            _, said = await process.communicate()
            assert process.returncode == 1
            assert told in said


async def test_on_a_terminal_it_shows_the_board_as_it_changes(
    world: World, serving: Serving
) -> None:
    secret = await token(world, "watch-terminal")
    environment = {**os.environ, "LAMPLIGHTER_TOKEN": secret}
    async with (
        serving.person() as kim,
        terminal([*command(serving), "--language", "ko"], environment) as shown,
    ):
        await until(lambda: "출력" in shown.drawn, 20)
        assert "west" in shown.drawn
        answer = await kim.post("/api/v1/calls/note", json={"note": "rain soon"})
        assert answer.status_code == 200, answer.text
        await until(lambda: "rain soon" in shown.drawn)
        shown.process.send_signal(signal.SIGINT)
        await until(lambda: shown.process.poll() is not None)
        assert shown.process.returncode == 0
