"""What became of each slot through a festival's versions."""

from __future__ import annotations

from datetime import UTC, date, datetime

from schedules.exports.model import ProgrammeSlot, slot_title
from schedules.exports.programme import programme_of
from schedules.nights.night_time import from_millis
from tests.schedules.examples import SEOUL, SMALL, bent
from tests.schedules.exports.versions import gala_at, programme, version, without_gala

GALA_NIGHT = date(2025, 9, 2)


def of(slots: tuple[ProgrammeSlot, ...], slot: str, night: date = GALA_NIGHT) -> ProgrammeSlot:
    (found,) = (each for each in slots if (each.slot.id, each.slot.night) == (slot, night))
    return found


def test_what_no_version_changed_is_of_the_first() -> None:
    (*slots,) = programme(SMALL, gala_at("21:15")).slots
    kept = of(tuple(slots), "loop.1", date(2025, 9, 1))
    assert (kept.changed_in, kept.previous, kept.dropped) == (1, (), False)


def test_a_moved_slot_keeps_every_start_that_it_had() -> None:
    gala = of(programme(SMALL, gala_at("21:00"), gala_at("22:00")).slots, "gala")
    assert (gala.changed_in, gala.dropped) == (3, False)
    assert [f"{from_millis(at):%H:%M}" for at in gala.previous] == ["11:10", "12:00"]
    assert f"{from_millis(gala.slot.starts):%H:%M}" == "13:00"


def test_a_dropped_slot_stands_as_it_last_was_and_may_come_back() -> None:
    dropped = of(programme(SMALL, without_gala()).slots, "gala")
    assert (dropped.dropped, dropped.changed_in) == (True, 2)
    assert f"{from_millis(dropped.slot.starts):%H:%M}" == "11:10"
    still = of(programme(SMALL, without_gala(), bent(without_gala(), "passes = 2", "passes = 1")).slots, "gala")  # fmt: skip
    assert (still.dropped, still.changed_in) == (True, 2)
    back = of(programme(SMALL, without_gala(), SMALL).slots, "gala")
    assert (back.dropped, back.changed_in, back.previous) == (False, 3, ())


def test_what_a_special_displaces_later_is_dropped_and_comes_back_with_it_gone() -> None:
    assert of(programme(without_gala(), SMALL).slots, "loop.1").dropped
    assert not of(programme(without_gala(), SMALL, without_gala()).slots, "loop.1").dropped


def test_a_version_plans_no_past() -> None:
    """A slot that was over when a later version came was not dropped by it."""
    after = datetime(2025, 9, 3, 12, tzinfo=UTC)
    versions = [version(SMALL), version(without_gala(), 2, after)]
    gala = of(programme_of(versions, without_gala()).slots, "gala")
    assert (gala.dropped, gala.changed_in) == (False, 1)


def test_only_works_that_are_placed_are_told_of() -> None:
    """Nothing public shows a work before it has its slot."""
    hidden = '[[artists]]\nid = "lee"\n\n[[works]]\nid = "secret"\nartists = ["lee"]\n\n'
    told = programme(bent(SMALL, '[[artists]]\nid = "kim"', f'{hidden}[[artists]]\nid = "kim"'))
    assert set(told.works) == {"rain", "snow"}
    assert told.artists == {}
    assert set(programme(without_gala()).surfaces) == {"wall"}


def test_works_are_those_that_the_sequence_plays_and_its_title_is_theirs_where_it_has_none() -> (
    None
):
    told = programme(SEOUL)
    opening = of(told.slots, "opening-ceremony", date(2025, 8, 28)).slot
    assert opening.works == ("the-valley-and-the-light", "timo-helgert-sora")
    assert slot_title(told, opening) == {"en": "Opening night", "ko": "개막식"}
    loop = of(told.slots, "facade-loop.2", date(2025, 8, 28)).slot
    assert slot_title(told, loop)["en"].startswith("Solar Wind · Panoptes · ")
    assert slot_title(programme(SMALL), of(programme(SMALL).slots, "gala").slot) == {"und": "gala"}


def test_a_file_that_cannot_be_read_here_leaves_the_slots() -> None:
    """Another Lamplighter's, or one with another data folder's dialects."""
    whole = programme(SMALL)
    for document in ("", "not TOML", bent(SMALL, 'dialect = "resolume"', 'dialect = "of-ours"')):
        told = programme_of([version(SMALL)], document)
        assert told.slots == whole.slots
        assert told.time_zone == "Asia/Seoul"
