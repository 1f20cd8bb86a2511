"""Names: as they are kept, and as they are read."""

from __future__ import annotations

import unicodedata

import pytest

from ops.access.names import NoGood, as_kept, as_read, good_name

MINSU = "김민수"


@pytest.mark.parametrize(
    "name", [MINSU, "김 민수", "Kim", "Jean-Luc O'Neill", "\N{FIREWORKS}", "Юрий", "x" * 200]
)
def test_a_name_that_can_be_read_is_kept_as_it_is(name: str) -> None:
    assert good_name(name) == name


@pytest.mark.parametrize("typed", [unicodedata.normalize("NFD", MINSU), f" {MINSU}\u3000"])
def test_however_it_was_typed_it_is_one_name(typed: str) -> None:
    assert as_kept(typed) == MINSU


@pytest.mark.parametrize(
    "unseen",
    ["\u3164", "\u1160", "\u034f", "\ufe0f", "\u2800", "\u200d", "\u202e", "\ue000", "\0", "\t"],
)
def test_what_cannot_be_seen_is_in_no_name(unseen: str) -> None:
    with pytest.raises(NoGood):
        good_name(f"Ki{unseen}m")


@pytest.mark.parametrize("nothing", ["", " ", "x" * 201])
def test_a_name_has_1_to_200_characters(nothing: str) -> None:
    with pytest.raises(NoGood):
        good_name(nothing)


@pytest.mark.parametrize("double", ["kim", "KIM", "\uff2b\uff49\uff4d", "\u041aim", "\u039aim"])
def test_what_looks_like_a_name_is_read_as_it(double: str) -> None:
    assert as_read(double) == as_read("Kim")
    assert as_read("Lim") != as_read("Kim")
