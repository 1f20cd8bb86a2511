"""kill -9 of a process that writes a journal, and a disk with no room, both real."""

import subprocess
import sys
from pathlib import Path

import pytest

from show_control.entries import Entry
from show_control.journal import read, verify
from tests.adversity.journal_writer import BATCH


def writer(folder: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.adversity.journal_writer", str(folder), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def killed_after(folder: Path, lines: int) -> tuple[str, int, int]:
    """Kill it after so many lines; gives its player, its term and the last seq said flushed."""
    with writer(folder) as process:
        assert process.stdout is not None
        _, player, term = process.stdout.readline().split()
        for _ in range(lines):
            process.stdout.readline()
        process.kill()
        said = [line.split() for line in process.stdout if line.endswith("\n")]
    return player, int(term), max((int(words[2]) for words in said), default=1)


def check(folder: Path, kills: list[tuple[str, int, int]]) -> None:
    found: dict[int, list[Entry]] = {}
    for entry in read(folder):
        found.setdefault(entry.term, []).append(entry)
    for player, term, flushed in kills:
        entries = found[term]
        assert [e.key for e in entries] == [(player, term, n) for n in range(1, len(entries) + 1)]
        assert len(entries) >= flushed
        assert len(entries) % BATCH == 1, "a batch and the header: whole or not at all"
        assert [e.data["number"] for e in entries[1:]] == list(range(len(entries) - 1))
    assert len({(p, t) for p, t, _ in kills}) == len(kills)
    assert len({p for p, _, _ in kills}) == 1
    assert not [f for f in verify(folder) if f.fault]


def test_what_was_flushed_survives_a_kill_and_no_key_comes_twice(tmp_path: Path) -> None:
    check(tmp_path, [killed_after(tmp_path, lines) for lines in (0, 1, 5, 40)])


@pytest.mark.soak
def test_two_hundred_kills(tmp_path: Path) -> None:
    check(tmp_path, [killed_after(tmp_path, lines % 67) for lines in range(200)])


@pytest.mark.parametrize("room", [0, 100, 10_000])
def test_where_no_file_may_grow_the_journal_goes_on_in_memory(tmp_path: Path, room: int) -> None:
    with writer(tmp_path, str(room)) as process:
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    _, term, number = said.splitlines()[-1].split()
    kept = [e for e in read(tmp_path) if e.kind == "call"]
    assert len(kept) == max(0, int(number) - BATCH)
    assert int(term) == (2 if room == 10_000 else 1)
    check(tmp_path, [killed_after(tmp_path, 3)])
