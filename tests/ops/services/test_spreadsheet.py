"""The record as CSV: read by what reads CSV, in Korean, and no cell reckons anything."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from ops.services.spreadsheet import COLUMNS, harmless, head, rows
from schedules.as_run.queries import AsRunEntry

SEOUL = ZoneInfo("Asia/Seoul")


def entry(**beside: object) -> AsRunEntry:
    whole: dict[str, object] = {
        "player": "p",
        "term": 1,
        "seq": 7,
        "at": datetime(2025, 8, 28, 11, 5, 0, 250_000, tzinfo=UTC),
        "kind": "refused",
        "night": date(2025, 8, 28),
        "by_name": "Kim",
        "reason": "Lee has control",
        "data": {"call": "go"},
        "sha256": b"",
    }
    return AsRunEntry(**(whole | beside))


def cells(entry: AsRunEntry, language: str = "en") -> dict[str, str]:
    text = head("en") + rows([entry], SEOUL, language)
    assert text.startswith("\ufefftime,")
    assert text.endswith("\r\n")
    (found,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return found


def test_an_entry_by_the_venues_wall_and_in_utc() -> None:
    found = cells(entry())
    assert found["time"] == "2025-08-28 20:05:00.250+09:00"
    assert found["at"] == "2025-08-28T11:05:00.250Z"
    assert (found["kind"], found["by"], found["seq"]) == ("refused", "Kim", "7")
    assert found["data"] == '{"call":"go"}'


def test_commas_quotes_and_lines_stay_in_their_cell() -> None:
    said = 'a "quote", and\r\na line'
    assert cells(entry(reason=said))["reason"] == said


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_what_a_spreadsheet_would_reckon_is_made_harmless(begins: str) -> None:
    said = f'{begins}HYPERLINK("x")'
    assert cells(entry(reason=said, by_name=said))["reason"] == f"'{said}"
    assert harmless("20:05 -") == "20:05 -"


def test_the_headings_are_in_both_languages() -> None:
    assert head("ko").removeprefix("\ufeff").strip().split(",") == list(COLUMNS.values())
    assert head("en").removeprefix("\ufeff").strip().split(",") == list(COLUMNS)
