"""The embedded server with real processes: its parent's death, other users, others' turns."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from ops.database.account import NOBODY, account_for, launch_command
from ops.database.binaries import wheel_binaries
from ops.database.embedded import EmbeddedServer
from ops.database.launch import NAMESPACE
from ops.database.postmaster import command_of, pause

ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")

PARENT = """
import sys
from pathlib import Path
from ops.database.embedded import EmbeddedServer

data_dir, lasting = sys.argv[1:]
server = EmbeddedServer(Path(data_dir), durable=False)
process = server.start(lasting=lasting == "lasting")
print("adopted" if process is None else process.pid, flush=True)
sys.stdin.read()
server.stop()
"""


class Parent:
    """A process that serves a data folder until its standard input ends."""

    def __init__(self, data_dir: Path, how: str = "lasting", user: str | None = None) -> None:
        command = [sys.executable, "-c", PARENT, str(data_dir), how]
        if user is not None:
            command = launch_command(user, data_dir, command)
        self.data_dir = data_dir
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def serves(self) -> str:
        """The process id of its server, or `adopted`."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def finish(self) -> int:
        if self.process.stdin is not None:
            self.process.stdin.close()
        return self.process.wait(60)


@pytest.fixture
def parents() -> Iterator[list[Parent]]:
    started: list[Parent] = []
    yield started
    for parent in started:
        parent.finish()
        assert parent.process.stdout is not None
        parent.process.stdout.close()


def wait_until_gone(pid: int) -> None:
    for _ in range(2000):
        if not command_of(pid):
            return
        pause()
    pytest.fail(f"process {pid} is still there")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_ends_in_order_when_its_parent_dies(
    tmp_path: Path, parents: list[Parent], how: signal.Signals
) -> None:
    parent = Parent(tmp_path)
    parents.append(parent)
    pid = int(parent.serves())
    assert "postgres" in command_of(pid)
    parent.process.send_signal(how)
    parent.process.wait()
    wait_until_gone(pid)
    assert (tmp_path / "server.log").read_text().rstrip().endswith("database system is shut down")


def test_what_dies_with_its_parent_is_not_adopted(tmp_path: Path, parents: list[Parent]) -> None:
    parent = Parent(tmp_path)
    parents.append(parent)
    first = parent.serves()
    parent.process.kill()
    # At once: the server may not even have heard of it.
    parents.append(Parent(tmp_path))
    assert parents[-1].serves() not in {"adopted", first}


def test_a_server_that_stays_is_adopted(tmp_path: Path, parents: list[Parent]) -> None:
    parents += [Parent(tmp_path), Parent(tmp_path)]
    assert sorted(parent.serves() for parent in parents)[1] == "adopted"


def test_commands_wait_for_each_other_s_servers(tmp_path: Path, parents: list[Parent]) -> None:
    parents.append(Parent(tmp_path, "passing"))
    first = parents[0].serves()
    parents.append(Parent(tmp_path, "passing"))
    assert parents[0].finish() == 0
    assert parents[1].serves() not in {"adopted", first}


async def serves(server: EmbeddedServer) -> None:
    connection = await asyncpg.connect(server.dsn("app"))
    await connection.close()


def owner_of(path: Path) -> int:
    return path.stat().st_uid


@pytest.fixture(params=[0o700, 0o755], ids=oct)
def roof(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder that others can reach, or not."""
    tmp_path.chmod(request.param)
    return tmp_path


@ROOT
async def test_root_without_user_namespaces_drops_to_nobody(roof: Path) -> None:
    """Who cannot reach the folder by itself."""
    server = EmbeddedServer(roof / "data", durable=False, namespaces=False)
    process = server.start()
    assert process is not None
    assert owner_of(Path(f"/proc/{process.pid}")) == owner_of(server.folder) == NOBODY[0]
    assert owner_of(roof) == owner_of(server.data_dir) == 0
    await serves(server)
    server.stop()
    # What is nobody's stays so, where namespaces would work too.
    assert account_for(server.folder, wheel_binaries()).owner == NOBODY


@ROOT
def test_root_keeps_its_folder_where_user_namespaces_work(tmp_path: Path) -> None:
    if account_for(tmp_path, wheel_binaries()).user != NAMESPACE:
        pytest.skip("this machine refuses user namespaces to root")
    server = EmbeddedServer(tmp_path, durable=False)
    server.start()
    assert server.folder.stat().st_uid == 0
    server.stop()


@ROOT
async def test_a_folder_is_given_up_where_user_namespaces_are_refused_later(tmp_path: Path) -> None:
    before = EmbeddedServer(tmp_path, durable=False)
    before.start()
    before.stop()
    after = EmbeddedServer(tmp_path, durable=False, namespaces=False)
    after.start()
    await serves(after)
    after.stop()
    assert owner_of(after.folder) == NOBODY[0]


def test_a_plain_user_serves_as_itself(tmp_path: Path, parents: list[Parent]) -> None:
    user = None
    if os.geteuid() == 0:
        os.chown(tmp_path, *NOBODY)
        user = f"{NOBODY[0]}:{NOBODY[1]}"
    parents.append(Parent(tmp_path, user=user))
    pid = parents[0].serves()
    owner = Path(f"/proc/{pid}").stat().st_uid
    assert owner == (tmp_path / "postgres").stat().st_uid == tmp_path.stat().st_uid != 0


def test_the_launcher_runs_nothing_for_a_parent_that_is_gone() -> None:
    command = launch_command("same", Path("/"), ["/bin/echo", "ran"])
    command[command.index(str(os.getpid()))] = "1"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "is gone" in done.stderr
