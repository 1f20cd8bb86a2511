"""The embedded server: who may reach it, and how it lives and dies."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from ops.database.address import database
from ops.database.embedded import DatabaseDown, EmbeddedServer
from ops.database.postmaster import command_of, read_postmaster
from ops.settings import Settings


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database in it: making one takes a second, a copy does not."""
    server = EmbeddedServer(tmp_path_factory.mktemp("made"), durable=False)
    server.start()
    server.stop()
    return server.data_dir


@pytest.fixture
def data_dir(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


@pytest.fixture
def server(data_dir: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(data_dir, durable=False)
    server.start()
    yield server
    server.stop()


async def ask(dsn: str, query: str) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())


async def test_serves_on_a_socket_only_and_to_us_only(server: EmbeddedServer) -> None:
    assert await ask(server.dsn("app"), "SHOW listen_addresses") == ""
    assert await ask(server.dsn("app"), "SHOW unix_socket_permissions") == "0700"
    assert mode(server.folder) == 0o700
    assert mode(server.passwords) == 0o600


async def test_has_two_roles_neither_of_them_almighty(server: EmbeddedServer) -> None:
    asked = "SELECT current_user || ' ' || usesuper FROM pg_user WHERE usename = current_user"
    assert await ask(server.dsn("owner"), asked) == "lamplighter_owner false"
    assert await ask(server.dsn("app"), asked) == "lamplighter_app false"


async def test_refuses_a_wrong_password_and_the_bootstrap_user(server: EmbeddedServer) -> None:
    host = str(server.folder)
    for user in ("lamplighter_app", "postgres"):
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(host=host, user=user, password="guess", database="postgres")


async def test_is_adopted_and_left_by_others(server: EmbeddedServer) -> None:
    other = EmbeddedServer(server.data_dir)
    assert other.start() is None
    assert other.dsn("app") == server.dsn("app")
    other.stop()
    assert server.ready()


async def test_starting_twice_is_starting_once(server: EmbeddedServer) -> None:
    assert server.start() is server.start()


async def test_comes_back_after_kill_9_with_all_that_was_committed(server: EmbeddedServer) -> None:
    connection = await asyncpg.connect(server.dsn("owner"))
    await connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    process = server.start()
    assert process is not None
    process.kill()
    process.wait()
    assert not server.ready()

    assert server.start() not in {None, process}
    assert await ask(server.dsn("owner"), "SELECT count(*) FROM kept") == 1000
    connection.terminate()


async def test_a_process_id_that_is_a_stranger_s_by_now_is_no_server(data_dir: Path) -> None:
    server = EmbeddedServer(data_dir, durable=False)
    process = server.start()
    assert process is not None
    process.kill()
    process.wait()
    for left in (server.folder / "postmaster.pid", server.folder / ".s.PGSQL.5432.lock"):
        left.write_text(left.read_text().replace(str(process.pid), str(os.getpid()), 1))
    assert not server.ready()

    assert server.start() is not None
    assert await ask(server.dsn("app"), "SELECT 1") == 1
    server.stop()


async def test_a_server_that_somebody_started_by_hand_is_used_and_left(data_dir: Path) -> None:
    by_hand = EmbeddedServer(data_dir, durable=False)
    process = by_hand.start()
    assert process is not None
    # As if no lamplighter had: nobody holds the lock, no note names the process.
    by_hand._ownership.give_up()
    (data_dir / "postgres.note").unlink()

    server = EmbeddedServer(data_dir, durable=False)
    assert server.start() is None
    assert await ask(server.dsn("app"), "SELECT 1") == 1
    server.stop()
    assert process.poll() is None
    by_hand.stop()


@pytest.mark.parametrize("name", ["a-long-name-" * 12, '낮과 밤, "it\'s"'])
async def test_serves_folders_whose_path_no_socket_can_have(tmp_path: Path, name: str) -> None:
    server = EmbeddedServer(tmp_path / name, durable=False)
    server.start()
    found = read_postmaster(server.folder)
    assert found is not None
    assert mode(found.socket_folder) == 0o700
    assert await ask(server.dsn("app"), "SELECT 1") == 1
    server.stop()
    assert not found.socket_folder.exists()


async def test_says_why_it_did_not_start_and_where_to_read(data_dir: Path) -> None:
    server = EmbeddedServer(data_dir, durable=False)
    server.start()
    server.stop()
    (server.folder / "PG_VERSION").write_text("9\n")
    with pytest.raises(DatabaseDown) as refused:
        server.start()
    assert "not compatible" in str(refused.value)
    assert str(data_dir / "server.log") in str(refused.value)


async def test_an_interrupted_beginning_is_begun_anew(tmp_path: Path) -> None:
    unfinished = tmp_path / "postgres.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    server = EmbeddedServer(tmp_path, durable=False)
    server.start()
    assert await ask(server.dsn("app"), "SELECT 1") == 1
    server.stop()


async def test_a_long_log_is_begun_anew_and_the_old_one_kept(data_dir: Path) -> None:
    (data_dir / "server.log").write_bytes(b"x" * 10_000_001)
    server = EmbeddedServer(data_dir, durable=False)
    server.start()
    server.stop()
    assert (data_dir / "server.log.1").stat().st_size == 10_000_001
    assert "ready to accept connections" in (data_dir / "server.log").read_text()


async def test_a_command_starts_a_server_that_is_down_and_stops_it(data_dir: Path) -> None:
    async with database(Settings(data_dir=data_dir)) as address:
        assert await ask(address.owner, "SELECT current_user") == "lamplighter_owner"
        assert EmbeddedServer(data_dir).ready()
    assert not EmbeddedServer(data_dir).ready()


async def test_a_command_uses_a_server_that_is_up(server: EmbeddedServer) -> None:
    async with database(Settings(data_dir=server.data_dir)) as address:
        assert address.app == server.dsn("app")
    assert server.ready()


async def test_a_command_takes_a_foreign_server_as_it_is(tmp_path: Path) -> None:
    url = "postgresql://kim@db.example/lamps"
    async with database(Settings(data_dir=tmp_path, database_url=url)) as address:
        assert (address.owner, address.app) == (url, url)
    assert is_empty(tmp_path)


def test_a_process_is_told_by_its_command() -> None:
    assert "python" in command_of(os.getpid())
    child = os.posix_spawn("/bin/true", ["true"], {})
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert command_of(child) == ""
    os.waitpid(child, 0)
    assert command_of(child) == ""
