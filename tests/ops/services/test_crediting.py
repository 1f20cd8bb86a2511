"""Who made what: from the festival file as it was published."""

from __future__ import annotations

from importlib.resources import files

from ops.services.crediting import Credited, credits_in

EXAMPLE = (files("festivals") / "seoullight-2025-fall.toml").read_text("utf-8")


def test_every_work_has_its_artists_by_name() -> None:
    works = {work.work: work for work in credits_in(EXAMPLE)}
    valley = works["the-valley-and-the-light"]
    assert valley.title["ko"] == "골짜기와 빛"
    assert valley.artists == (Credited("choi-se-hoon", {"en": "Choi Se-hoon", "ko": "최세훈"}),)
    assert valley.surfaces == ("facade",)
    assert works["laser-field"].surfaces == ("bridge",)
    assert all(work.artists for work in works.values())


def test_a_server_that_is_not_known_here_takes_no_credit_away() -> None:
    elsewhere = EXAMPLE.replace('dialect = "resolume"', 'dialect = "of-another-house"')
    assert credits_in(elsewhere) == credits_in(EXAMPLE)


def test_a_file_that_cannot_be_read_credits_nobody() -> None:
    assert credits_in("[festival") == ()
    assert credits_in("") == ()
