import select
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from show_control.commands import Record
from show_control.entries import Entry
from show_control.journal import Finding, FolderHeld, FolderLock, read, tail, verify
from show_control.journal.framing import frame
from tests.show_control.journals import NIGHT, drained, fact, flush, numbers, opened


def test_what_append_gives_is_what_a_reader_reads(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    header = journal.take_own()
    given = journal.append(
        [
            Record(kind="cue_went", at=NIGHT, run="seoul.x", cue="6.5", data={"late": (1, 2)}),
            {"kind": "life", "at": NIGHT, "server": "main", "data": {"packed": b"\0\0"}},
        ]
    )
    journal.close()
    found = list(read(tmp_path))
    assert [e.key for e in found] == [e.key for e in header + given]
    assert found[2] == given[1]
    assert [e.key for e in header + given] == [(journal.player, 1, seq) for seq in (1, 2, 3)]
    assert found[1].data == {"late": [1, 2]}
    assert verify(tmp_path) == []


def test_the_header_says_by_which_clock_and_engine(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    (header,) = journal.take_own()
    assert (header.kind, header.seq) == ("term", 1)
    assert header.data == {
        "boot": "virtual",
        "clock": {"wall": NIGHT, "boottime": 0},
        "engine": "1",
        "volatile": False,
    }
    assert journal.take_own() == []


def test_a_term_is_never_begun_twice(tmp_path: Path) -> None:
    terms, players = set(), set()
    for _ in range(5):
        journal = opened(tmp_path)
        journal.append([fact(1)])
        terms.add(journal.term)
        players.add(journal.player)
        journal.close()
    assert sorted(terms) == [1, 3, 5, 7, 9]
    assert len(players) == 1
    keys = [e.key for e in read(tmp_path)]
    assert len(keys) == len(set(keys)) == 10


def test_a_lost_folder_means_another_player(tmp_path: Path) -> None:
    first, second = opened(tmp_path / "a"), opened(tmp_path / "b")
    assert first.player != second.player


def test_a_file_of_a_term_is_never_taken_over(tmp_path: Path) -> None:
    opened(tmp_path).close()
    before = (tmp_path / "00000001.journal").read_bytes()
    (tmp_path / "00000007.journal").touch()  # killed before its header was written
    assert opened(tmp_path).term == 9
    assert (tmp_path / "00000001.journal").read_bytes() == before
    assert verify(tmp_path) == [Finding(7, "empty", "it has no entries", fault=False)]


def test_a_fact_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    with pytest.raises(TypeError):
        journal.append([fact(1), {"kind": "call", "at": 1, "data": {"x": object()}}])
    assert [e.seq for e in journal.append([fact(2)])] == [2]
    assert journal.append([]) == []


def test_nothing_is_recorded_after_close(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.close()
    with pytest.raises(ValueError, match="closed"):
        journal.append([fact(1)])


def test_only_flushed_entries_leave(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    assert [e.kind for e in drained(journal, None)] == ["term"]
    journal.append([fact(1), fact(2)])
    assert numbers(drained(journal, None)) == []
    assert flush(journal) == (1, 3)
    assert numbers(drained(journal, None)) == [1, 2]
    assert not journal.entries_after(None, 10).volatile


def test_a_flush_makes_its_descriptor_readable_until_it_is_polled(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.append([fact(1)])
    for _ in range(100_000):  # more than a pipe holds: asking never blocks
        journal.ask_flush()
    assert flush(journal) == (1, 2)


def test_an_append_does_not_hide_a_flush_from_select(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.append([fact(1)])
    journal.ask_flush()
    assert select.select([journal.flushed_fd], [], [], 10)[0]
    journal.append([fact(2)])
    assert select.select([journal.flushed_fd], [], [], 0)[0]
    assert journal.poll_flushed() == (1, 2)
    assert not select.select([journal.flushed_fd], [], [], 0)[0]


def test_a_reader_who_has_nothing_begins_at_the_anchor(tmp_path: Path) -> None:
    earlier = opened(tmp_path)
    earlier.append([fact(1)])
    earlier.close()
    journal = opened(tmp_path)
    journal.append([fact(2), fact(3)])
    flush(journal)
    assert journal.anchor == (3, 1)
    assert numbers(drained(journal, None)) == [2, 3]
    assert numbers(drained(journal, (0, 0))) == [1, 2, 3]


def test_a_reader_from_last_week_gets_every_term(tmp_path: Path) -> None:
    for start in (0, 100):
        journal = opened(tmp_path)
        journal.append([fact(n) for n in range(start, start + 50)])
        journal.close()
    journal = opened(tmp_path)
    journal.append([fact(200)])
    flush(journal)
    wanted = [*range(50), *range(100, 150), 200]
    assert numbers(drained(journal, (0, 0), limit=7)) == wanted
    assert numbers(drained(journal, (1, 11), limit=7)) == wanted[10:]
    assert [e.key for e in drained(journal, (0, 0))] == [e.key for e in read(tmp_path)]


def test_a_catch_up_goes_in_bounded_stretches(tmp_path: Path) -> None:
    writer = opened(tmp_path)
    for start in range(0, 30_000, 10):
        writer.append([fact(n) for n in range(start, start + 10)])
    writer.close()
    journal = opened(tmp_path)
    assert numbers(drained(journal, (0, 0), limit=333)) == list(range(30_000))
    assert journal._pages is not None
    assert len(journal._pages._places) <= 16
    # A reader who comes back somewhere in the middle is passed along in stretches of bounded size.
    empty = 0
    while not (page := journal.entries_after((1, 29_000), 10)).entries:
        assert page.more
        empty += 1
    assert numbers(page.entries)[0] == 28_999
    assert 1 < empty < 100


@settings(max_examples=40, deadline=None)
@given(
    batches=st.lists(st.integers(1, 5), max_size=12),
    flush_after=st.integers(0, 12),
    limit=st.integers(1, 7),
    start=st.integers(0, 70),
)
def test_pages_leave_out_nothing_and_repeat_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[int],
    flush_after: int,
    limit: int,
    start: int,
) -> None:
    journal = opened(tmp_path_factory.mktemp("journal"))
    written: list[Entry] = journal.take_own()
    saved = 1
    for index, size in enumerate(batches):
        written += journal.append([fact(n) for n in range(size)])
        if index < flush_after:
            saved = flush(journal)[1]
    assert drained(journal, (1, start), limit) == written[start:saved]
    journal.close()


def test_an_installation_is_its_owners_alone_from_the_first_file(tmp_path: Path) -> None:
    with FolderLock(tmp_path / "new" / "player"):
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_one_folder_has_one_holder_who_is_named(tmp_path: Path) -> None:
    with FolderLock(tmp_path) as lock:
        assert lock.may_send()
        with pytest.raises(FolderHeld, match=r"is held by process \d+") as held:
            FolderLock(tmp_path)
        assert held.value.pid is not None
    assert not lock.may_send()
    FolderLock(tmp_path).close()


def test_who_lost_its_folder_may_not_send(tmp_path: Path) -> None:
    with FolderLock(tmp_path) as first:
        (tmp_path / "lock").unlink()
        with FolderLock(tmp_path) as second:
            assert second.may_send()
            assert not first.may_send()


@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize(
    "happens", ["removed", "replaced", "folder moved", "installation moved", "link turned"]
)
def test_whatever_takes_the_lock_from_its_path_stops_the_very_next_packet(
    tmp_path: Path, happens: str, *, watched: bool
) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "data").symlink_to("before")
    folder = tmp_path / "data" / "player"
    with FolderLock(folder) as lock:
        if not watched:
            lock._watch, lock._stirred = None, lambda: True
        (folder / "00000001.journal").touch()
        assert lock.may_send(), "what else is done in the folder takes nothing away"
        match happens:
            case "removed":
                (folder / "lock").unlink()
            case "replaced":
                (folder / "other").touch()
                (folder / "other").replace(folder / "lock")
            case "folder moved":
                folder.rename(tmp_path / "elsewhere")
            case "installation moved":
                (tmp_path / "before").rename(tmp_path / "after")
            case "link turned":
                (tmp_path / "data").unlink()
        assert not lock.may_send()
        assert not lock.may_send(), "nor any later one"


def test_what_is_not_heard_is_seen_by_and_by(tmp_path: Path) -> None:
    with FolderLock(tmp_path) as lock:
        assert lock._watch is not None
        (tmp_path / "lock").unlink()
        lock._watch.hear()  # as where a path is changed by another machine: unheard here
        assert lock.may_send()
        lock.look()
        assert not lock.may_send()


def test_reading_needs_neither_lock_nor_folder(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.append([fact(1)])
    assert numbers(list(read(tmp_path))) == [1]  # from beside a running player
    assert list(read(tmp_path / "nowhere")) == []
    assert verify(tmp_path / "nowhere") == []


def test_a_restart_reads_no_further_back_than_it_must(tmp_path: Path) -> None:
    for start in (0, 10, 20):
        journal = opened(tmp_path)
        journal.append([fact(n) for n in range(start, start + 5)])
        journal.close()
    read_terms: list[int] = []

    def begins(entry: Entry) -> bool:
        read_terms.append(entry.term)
        return entry.kind == "call" and entry.data["number"] in {1, 11, 13}

    assert numbers(tail(tmp_path, begins)) == [13, 14, *range(20, 25)]
    assert 1 not in read_terms
    assert tail(tmp_path, lambda _: False) == list(read(tmp_path))


def test_a_record_that_cannot_be_decoded_is_told_and_passed_over(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.append([fact(1)])
    journal.close()
    path = tmp_path / "00000001.journal"
    head, rest = frame([Entry(player="p", term=1, seq=3, at=1, kind="call")])
    foreign = (head + rest).replace(b"\xa4kind\xa4call", b"\xa4kind\x01\x01\x01\x01\x01")
    packed = foreign[16:]
    crc = zlib.crc32(packed, zlib.crc32(struct.pack("<III", len(packed), 3, 1)))
    path.write_bytes(path.read_bytes() + struct.pack("<IIII", len(packed), crc, 3, 1) + packed)
    found: list[Finding] = []
    assert numbers(list(read(tmp_path, found.append))) == [1]
    assert [f.kind for f in found] == ["undecodable"] == [f.kind for f in verify(tmp_path)]
    assert numbers(drained(opened(tmp_path), (0, 0))) == [1]


def test_verify_tells_what_is_wrong(tmp_path: Path) -> None:
    for start in (0, 10):
        journal = opened(tmp_path)
        journal.append([fact(start)])
        journal.close()
    first, second = tmp_path / "00000001.journal", tmp_path / "00000003.journal"
    second.write_bytes(second.read_bytes() + first.read_bytes())
    kinds = {(f.kind, f.fault) for f in verify(tmp_path)}
    assert kinds == {("gap", True), ("header", True), ("term", True)}
