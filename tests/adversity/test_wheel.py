"""Installed from its wheel, with no checkout near, it works the same."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adversity.processes import Processes, note, until
from tests.adversity.tonight import free_port

CHECKOUT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
ANSWERS_WITHIN = 30
"""Seconds; the promise is five, on a machine that does nothing else."""
WHERE = (
    "import ops, show_control, schedules, festivals; print(ops.__file__); print(festivals.__file__)"
)


class Installed:
    """A fresh environment with the wheel in it, and an empty home beside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "venv" / "bin"
        self.home = folder / "home"
        self.home.mkdir()
        kept = ("PATH", "LANG", "LC_ALL", "SSL_CERT_FILE")
        self.environment = {k: os.environ[k] for k in kept if k in os.environ}
        self.environment |= {"HOME": str(self.home), "TMPDIR": str(folder)}

    def run(self, *command: str | Path) -> str:
        done = subprocess.run(
            list(map(str, command)),
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed() -> Iterator[Installed]:
    # A short path: a socket's is at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="wheel-", dir="/tmp"))
    build = [UV, "build", "--wheel", "--no-build-isolation", "--out-dir", folder / "dist", CHECKOUT]
    uv("build", build, cwd=CHECKOUT)
    (wheel,) = (folder / "dist").glob("*.whl")
    uv("venv", [UV, "venv", "--python", sys.executable, folder / "venv"])
    # Of the versions that the lock names, by preference from what `make setup` has fetched already.
    install = [UV, "pip", "install", "--python", folder / "venv", "-c", constraints(folder), wheel]
    if uv("install", [*install, "--offline"], may_fail=True):
        uv("install", install)
    yield Installed(folder)
    shutil.rmtree(folder)


def uv(
    what: str, command: list[str | Path], *, cwd: Path | None = None, may_fail: bool = False
) -> int:
    environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    environment["PATH"] = os.pathsep.join([str(UV.parent), environment.get("PATH", os.defpath)])
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert may_fail or done.returncode == 0, f"{what}: {done.stdout}{done.stderr}"
    return done.returncode


def constraints(folder: Path) -> Path:
    """The lock's versions, without hashes: the wheel itself has none there."""
    lines = (CHECKOUT / "requirements.lock").read_text("utf-8").splitlines()
    pinned = [line.rstrip(" \\") for line in lines if line and line[0] not in " #-"]
    path = folder / "constraints.txt"
    path.write_text("\n".join(pinned) + "\n", "utf-8")
    return path


def test_nothing_of_it_comes_from_the_checkout(installed: Installed) -> None:
    for line in installed.run(installed.bin / "python", "-c", WHERE).splitlines():
        assert Path(line).is_relative_to(installed.folder / "venv")


def test_check_and_rehearse_work_on_the_packaged_example(installed: Installed) -> None:
    where = installed.run(installed.bin / "python", "-c", WHERE).splitlines()[1]
    example = Path(where).parent / "seoullight-2025-fall.toml"
    assert "no faults" in installed.run(installed.bin / "lamplighter", "check", example)
    night = installed.run(
        installed.bin / "lamplighter", "rehearse", example, "--night", "2025-08-29"
    )
    passes = [line[:12] for line in night.splitlines() if "Solar Wind" in line]
    assert passes == ["20:00:00.000", "20:30:00.000", "21:00:00.000", "21:30:00.000"]


async def page_at(port: int) -> bytes:
    async with asyncio.timeout(10):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        host = f"127.0.0.1:{port}".encode()
        writer.write(b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
        page = await reader.read()
        writer.close()
        return page


async def test_the_demo_answers(installed: Installed) -> None:
    port = free_port(socket.SOCK_STREAM)
    processes = Processes(installed.home)
    processes.environment = {**installed.environment, **processes.mark_alone}
    try:
        demo = processes.start(
            installed.bin / "lamplighter",
            "demo",
            "--port",
            str(port),
            output=installed.folder / "said.txt",
        )
        said = installed.folder / "said.txt"
        await until(lambda: "Sign in as" in said.read_text(), ANSWERS_WITHIN, "the demo is ready")
        assert b"<html" in await page_at(port)
        note(said.read_text())
        demo.send_signal(signal.SIGINT)
        await until(lambda: demo.poll() is not None, 15, "it ends")
        assert demo.returncode == 0, said.read_text()
        assert processes.alive() == {}
        assert list(installed.folder.glob("lamplighter-*")) == []
    finally:
        processes.close()
