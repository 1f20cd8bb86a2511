"""A night file taken in pieces: the same as in one go, and its sequences unpacked as they are asked for."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control import board
from show_control.dialects import clips_of
from show_control.entries import Entry
from show_control.intents import PART, file_entries
from show_control.model import Action, Cue, NightFile, Sequence
from show_control.night_file import (
    IllegalNightFile,
    Sequences,
    check_in_pieces,
    content_hash,
    open_night_file,
    pack_night_file,
    unpack_night_file,
)
from show_control.night_file_rules import faults

SEOUL = Path("festivals/seoullight-2025-fall.toml")


@pytest.fixture(scope="module")
def file() -> NightFile:
    compiled = compile_nights(decode(SEOUL.read_text("utf-8"))).night_file
    return unpack_night_file(pack_night_file(compiled))


def checked(packed: bytes) -> list[str]:
    """The faults that pieces tell."""
    try:
        for _ in check_in_pieces(open_night_file(packed)):
            pass
    except IllegalNightFile as illegal:
        return sorted(str(illegal).split("; "))
    return []


def test_an_opened_file_is_the_file(file: NightFile) -> None:
    packed = pack_night_file(file)
    opened = open_night_file(packed)
    assert opened == file == unpack_night_file(packed)
    assert pack_night_file(opened) == packed, "and packs to the same bytes"
    assert checked(packed) == []


def test_what_outputs_show_is_gathered_by_the_check_and_nothing_unpacked_again(
    file: NightFile,
) -> None:
    opened = open_night_file(pack_night_file(file))
    for _ in check_in_pieces(opened):
        pass
    assert isinstance(opened.sequences, Sequences)
    opened.sequences.packed.update(dict.fromkeys(opened.sequences, msgspec.Raw(b"no sequence")))
    assert clips_of(opened) == clips_of(file)
    assert any(clips_of(file).values())


def test_pieces_tell_the_same_faults(file: NightFile) -> None:
    lost = Action(kind="play", outputs=("nowhere",))
    loud = Action(kind="level", outputs=(), value=2)
    wrong = {
        **file.sequences,
        "wrong": Sequence(id="wrong", cues=(Cue(number="1", do=(lost, loud)),)),
        file.nights[0].slots[0].sequence: Sequence(id="empty"),
    }
    broken = msgspec.structs.replace(file, sequences=wrong, surfaces={})
    told = checked(pack_night_file(broken))
    assert told == sorted(faults(broken))
    assert any("has no cues" in fault for fault in told)
    assert any("play without clip" in fault for fault in told)


def test_a_sequence_of_another_shape_is_told_of(file: NightFile) -> None:
    packed = msgspec.msgpack.encode(msgspec.to_builtins(file) | {"sequences": {"x": {"id": 7}}})
    opened = open_night_file(packed)
    with pytest.raises(msgspec.ValidationError):
        list(check_in_pieces(opened))


def test_no_more_sequences_are_kept_unpacked_than_are_played() -> None:
    packed = pack_night_file(
        NightFile(
            festival="f",
            time_zone="UTC",
            sequences={str(n): Sequence(id=str(n)) for n in range(100)},
        )
    )
    sequences = open_night_file(packed).sequences
    assert isinstance(sequences, Sequences)
    assert [s.id for s in sequences.values()] == list(sequences) == [str(n) for n in range(100)]
    assert "7" in sequences
    assert "x" not in sequences
    assert len(sequences._newest) == Sequences.KEPT


def test_a_board_has_a_file_once_its_last_part_has_come(file: NightFile) -> None:
    packed = pack_night_file(file)
    long = msgspec.structs.replace(file, works={str(n): {"en": "x" * 99} for n in range(9_000)})
    for whole in (packed, pack_night_file(long)):
        told = [
            Entry(player="p", term=1, seq=seq, **columns)
            for seq, columns in enumerate(file_entries(content_hash(whole), whole, 0), 1)
        ]
        assert len(told) == -(-len(whole) // PART)
        shown = board.EMPTY
        for entry in [*told[:-1], *told]:  # a first try was cut short
            assert not shown.files
            shown = board.fold(shown, entry)
        assert pack_night_file(shown.files[content_hash(whole)]) == whole
        assert not shown.parts
