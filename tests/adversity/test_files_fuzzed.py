"""Night files and journals of any bytes: each is taken as it is, or ends in a refusal that is counted.

Whatever was said to be good is tried: an accepted night is played to its end, and a player comes back
with what a spoiled journal still says.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest

from show_control import engine
from show_control.clock import VirtualClock
from show_control.entries import Entry
from show_control.events import Restarted, Tick
from show_control.journal import Finding, Journal, read, tail, verify
from show_control.loading import load
from show_control.night_file import content_hash, pack_night_file
from show_control.player import Player
from show_control.recovery import begins, recover
from show_control.rehearsal import Script
from show_control.testing import RecordingTransport
from tests.adversity.mutating import odd_inside, spoiled
from tests.adversity.processes import note
from tests.schedules.examples import RIVER
from tests.show_control.any_night import SEOUL_NIGHT, compiled
from tests.show_control.house import FILE
from tests.show_control.journals import drained
from tests.show_control.playing import Playing, Shelf

SEED = 2_025
MOST_TURNS = 150
"""Of a night that was made odd: an attract loop of a second may go on for hours."""


# --- night files


def spoiled_night(chance: random.Random, packed: bytes) -> bytes:
    """Spoiled bytes, or good msgpack that says odd things."""
    if chance.random() < 0.5:
        return spoiled(chance, packed)
    value = msgspec.msgpack.decode(packed)
    for _ in range(chance.randint(1, 3)):
        value = odd_inside(chance, value)
    return msgspec.msgpack.encode(value)


def night_files(number: int) -> None:
    chance, ended = random.Random(SEED), Counter[str]()  # noqa: S311 - the same nonsense every time
    nights = [pack_night_file(f) for f in (FILE, SEOUL_NIGHT, compiled(RIVER, "2026-03-28"))]
    for _ in range(number):
        packed = spoiled_night(chance, chance.choice(nights))
        ended[loaded_and_played(packed)] += 1
    note(f"night files: {dict(ended)}")
    assert set(ended) == {"refused", "played"}


def loaded_and_played(packed: bytes) -> str:
    """What became of it: a refusal that says why and changes nothing, or a night without a fault."""
    clock = VirtualClock(FILE.nights[0].starts)
    shelf = Shelf(clock)
    player = Player(
        clock=clock,
        journal=shelf,
        transport=RecordingTransport(clock),
        door=Script([]),
        asks=False,
    )
    answer = load(player, packed, None)
    if not answer.accepted:
        assert answer.reason
        assert player.state == engine.EMPTY
        assert [e.kind for e in shelf.entries] == ["term"]
        return "refused"
    assert player.state.loaded == content_hash(packed)
    for _ in range(MOST_TURNS):
        if player.next_instant() is None:
            break
        player.turn()
    return "played"


# --- journals


@cache
def an_evening() -> tuple[Entry, ...]:
    """What a player recorded through a restart, calls and a fade out."""
    playing = Playing(FILE, asking=False)
    playing.until("20:01")
    playing.call("hold loop.1", "20:02", request="r1")
    playing.call("resume loop.1", "20:03")
    playing.call("fade_out", "20:04")
    playing.call("restore", "20:05", output="left")
    playing.until("20:11")
    playing.call("go gala", "20:12")
    playing.until("20:14")
    return tuple(playing.all_entries())


def written(folder: Path) -> bytes:
    """The evening in a journal of its own, a few entries to a record."""
    journal = Journal.open(folder, VirtualClock(FILE.nights[0].starts), engine="1")
    entries = [msgspec.to_builtins(e) for e in an_evening() if e.kind != "term"]
    columns = [{k: v for k, v in e.items() if k not in ("player", "term", "seq")} for e in entries]
    for at in range(0, len(columns), 3):
        journal.append(columns[at : at + 3])
    journal.close()
    return (folder / "00000001.journal").read_bytes()


def journals(folder: Path, number: int) -> None:
    chance, ended = random.Random(SEED), Counter[str]()  # noqa: S311 - the same nonsense every time
    whole = written(folder)
    written_in_order = list(read(folder))
    good = {msgspec.msgpack.encode(e) for e in written_in_order}
    path = folder / "00000001.journal"
    for _ in range(number):
        spoiled_file = spoiled(chance, whole)
        path.write_bytes(spoiled_file)
        told: list[Finding] = []
        entries = list(read(folder, told.append))
        left = {msgspec.msgpack.encode(e) for e in entries}
        assert left <= good, "nothing is believed that was not written"
        found = {f.kind for f in (*told, *verify(folder))}
        # A file that ends with a record says nothing of those that never were, or are cut off whole.
        cut = entries == written_in_order[: len(entries)]
        assert cut or found, "what is missing is told"
        ended["lost, and told" if left != good else "whole"] += 1
        comes_back(folder)
    note(f"journals: {dict(ended)}")
    assert ended["lost, and told"] > number // 2


def comes_back(folder: Path) -> None:
    """A player of what is left makes sense of it, and steps on."""
    found = recover(tail(folder, begins))
    state = found.board.state
    now = FILE.nights[0].starts + 3 * 3_600_000
    state, _ = engine.step(state, Restarted(same_engine=not found.lost), now)
    for _ in range(20):
        if (due := engine.deadline(state)) is None:
            break
        state, _ = engine.step(state, Tick(), due)


def test_night_files_of_any_bytes() -> None:
    night_files(2_000)


def test_journals_of_any_bytes(tmp_path: Path) -> None:
    journals(tmp_path, 2_000)


def test_a_service_reads_a_spoiled_journal_to_its_end(tmp_path: Path) -> None:
    """By pages, as over the link: in order, none twice, and all that any reader finds."""
    chance = random.Random(SEED)  # noqa: S311 - the same nonsense every time
    whole = written(tmp_path)
    for _ in range(60):
        (tmp_path / "00000001.journal").write_bytes(spoiled(chance, whole))
        expected = [e.key for e in read(tmp_path)]
        journal = Journal.open(tmp_path, VirtualClock(FILE.nights[0].starts), engine="1")
        paged = [e.key for e in drained(journal, (0, 0), limit=7) if e.term == 1]
        journal.close()
        (tmp_path / "00000003.journal").unlink()
        assert set(paged) == set(expected)


@pytest.mark.soak
def test_a_hundred_thousand_night_files() -> None:
    night_files(100_000)


@pytest.mark.soak
def test_a_hundred_thousand_journals(tmp_path: Path) -> None:
    journals(tmp_path, 100_000)
