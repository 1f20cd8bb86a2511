"""The first start on an empty folder: whoever started it reads how the first person may sign in."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.database.embedded import EmbeddedServer
from ops.first_person import how_to_begin, nobody_yet
from tests.adversity.processes import Processes, until
from tests.adversity.tonight import free_port

PASSWORD = "a lamp at the quay"


@pytest.fixture
def folder() -> Iterator[Path]:
    # A short path: a socket's is at most 107 bytes.
    temporary = Path(tempfile.mkdtemp(prefix="first-", dir="/tmp"))
    yield temporary
    shutil.rmtree(temporary, ignore_errors=True)


async def test_run_says_how_the_first_person_may_sign_in_until_there_is_one(folder: Path) -> None:
    data, said = folder / "data", folder / "said.txt"
    processes = Processes(folder, LAMPLIGHTER_PASSWORD=PASSWORD)
    port = str(free_port(socket.SOCK_STREAM))
    try:
        processes.lamplighter("run", "--port", port, "--data-dir", data, output=said)
        await until(lambda: how_to_begin(data) in said.read_text(), 60, "it says how")
        added = processes.lamplighter("person", "add", "Kim", "--data-dir", data)
        await until(lambda: added.poll() is not None, 30, "Kim is there")
        assert not await nobody_yet(EmbeddedServer(data).dsn("owner"))
    finally:
        processes.close()
