"""docs/complaints.md has a row for every complaint, trap and feature, each held by a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "complaints.md"
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
PLANNED = re.compile(r"\(issue ([5-8])\)")
"""Issues that are planned: a row may leave its test to one of them."""
NON_GOAL = re.compile(r"non-goal: \w+")
NUMBERS = [
    *map(str, range(1, 45)),
    *(f"T{n}" for n in range(1, 9)),
    *(f"F{n}" for n in range(1, 13)),
]


def rows() -> list[tuple[str, list[str]]]:
    """Number and cells of every row of a complaint, a trap or a feature."""
    found = re.findall(r"^\| ([TF]?\d+) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return [(number, re.split(r"\s\|\s", cells)) for number, cells in found]


def test_every_complaint_trap_and_feature_has_one_row() -> None:
    assert [number for number, _ in rows()] == NUMBERS


@pytest.mark.parametrize(("number", "cells"), rows(), ids=[number for number, _ in rows()])
def test_a_row_is_held(number: str, cells: list[str]) -> None:
    """By tests that are there; else it is a non-goal with its reason, or planned."""
    assert len(cells) == (4 if number.isdigit() else 3)
    assert all(cell.strip() for cell in cells)
    held = cells[-1]
    named = TEST.findall(held)
    for path, name in named:
        assert is_there(path, name), f"{number}: there is no {path}::{name}"
    assert len(named) == held.count("::"), f"{number}: what is named is no test"
    assert named or PLANNED.search(held) or NON_GOAL.match(held), f"{number}: {held}"


def is_there(path: str, name: str) -> bool:
    file = ROOT / path
    found = re.compile(rf"^(async )?def {name}\(", re.MULTILINE)
    return file.exists() and found.search(file.read_text("utf-8")) is not None


def test_every_non_goal_says_why() -> None:
    told = PAGE.read_text("utf-8").partition("## Non-goals")[2]
    lines = [line.strip("| ").split(" | ") for line in told.splitlines() if line.startswith("| ")]
    assert len(lines[1:]) > 5
    for line in lines[1:]:
        assert len(line) == 2, line
        assert len(line[1]) > 20, line
