"""Published versions to export: of whole festival files, and of one slot anywhere in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from schedules.compile import compile_nights
from schedules.exports.model import Programme, PublishedVersion
from schedules.exports.programme import programme_of
from schedules.festival_file import decode
from tests.schedules.examples import SMALL, bent

PUBLISHED = datetime(2025, 8, 1, tzinfo=UTC)
GALA = 'starts = { at = "20:10" }'


def version(text: str, number: int = 1, at: datetime | None = None) -> PublishedVersion:
    """Each a day after the one before, where nothing is said."""
    return PublishedVersion(
        number=number,
        published_at=at or PUBLISHED + (number - 1) * timedelta(days=1),
        night_file=compile_nights(decode(text), version=number).night_file,
    )


def programme(*texts: str) -> Programme:
    """Of festival files published one after another."""
    versions = [version(text, number) for number, text in enumerate(texts, 1)]
    return programme_of(versions, texts[-1])


def gala_at(at: str, text: str = SMALL) -> str:
    """The small festival with its gala at another time."""
    return bent(text, GALA, f'starts = {{ at = "{at}" }}')


def without_gala(text: str = SMALL) -> str:
    return text[: text.index("[[slots]]")]
