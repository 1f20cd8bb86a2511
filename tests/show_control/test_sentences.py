"""The table of sentences: every language has every one, filled in with the same values; and what the
code says is in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from show_control.cue_sheet import TOLD
from show_control.events import CallName
from show_control.model import Action, Hazard
from show_control.sentences import (
    LANGUAGES,
    TABLE,
    Sentence,
    alarms,
    call_word,
    hazard_word,
    reasons,
    refusals,
    said,
    say,
    sheet,
    texts,
    texts_of,
    words,
)
from show_control.sentences.saying import fields

ROOT = Path(__file__).parents[2]
HANGUL = range(ord("가"), ord("힣") + 1)
BUILT = {f"call.{name}" for name in get_args(CallName)} | {
    f"hazard.{name}" for name in get_args(Hazard)
}
"""Codes that are put together from a name."""


def sources() -> Iterator[Path]:
    for folder in ("ops", "show_control"):
        yield from (ROOT / folder).rglob("*.py")


def calls_of_said() -> Iterator[tuple[str, ast.Call]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("said", "_went"):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


@pytest.mark.parametrize("code", TABLE)
def test_every_sentence_is_there_in_every_language_with_the_same_values(code: str) -> None:
    said_in = TABLE[code]
    assert set(said_in) == set(LANGUAGES)
    assert all(said_in.values())
    needed = [fields(template) for template in said_in.values()]
    assert needed == [needed[0]] * len(LANGUAGES)


@pytest.mark.parametrize("code", TABLE)
def test_korean_is_written_in_hangul(code: str) -> None:
    """Unless nothing but values is in it, or GO."""
    letters = [letter for letter in re.sub(r"{[^}]*}", "", TABLE[code]["ko"]) if letter.isalpha()]
    assert "".join(letters) in ("", "GO") or any(ord(letter) in HANGUL for letter in letters)


def test_no_code_is_there_twice() -> None:
    parts = (alarms.ALARMS, reasons.REASONS, refusals.REFUSALS, sheet.SHEET, words.WORDS)
    assert sum(len(part) for part in parts) == len(TABLE)


def test_what_the_code_says_is_in_the_table_with_the_values_it_needs() -> None:
    found = 0
    for where, node in calls_of_said():
        first = node.args[0] if node.args else None
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            continue
        found += 1
        assert first.value in TABLE, (where, first.value)
        if ast.unparse(node.func) != "said":
            continue
        needed, optional = fields(TABLE[first.value]["en"])
        given = {keyword.arg for keyword in node.keywords}
        assert needed <= given <= needed | optional, (where, first.value)
    assert found > 60


def test_every_sentence_of_the_table_is_said() -> None:
    """By its code, or by a code that is put together from a name."""
    written = "\n".join(
        path.read_text("utf-8") for path in sources() if path.parent.name != "sentences"
    )
    kinds = {f"do.{kind}" for kind in get_args(Action.__annotations__["kind"]) or ()}
    put_together = BUILT | kinds | {f"sheet.{kind}" for kind in TOLD}
    for code in TABLE:
        by_name = code in put_together or code.startswith(("do.", "how.", "span.", "routing."))
        assert by_name or f'"{code}"' in written or code in ("main", "backup"), code


def test_every_call_and_every_hazard_has_its_word() -> None:
    assert set(TABLE) >= BUILT
    assert say(call_word("hand_back")) == "hand back"
    assert say(hazard_word("flame"), "ko") == "화염"


def test_a_sentence_is_said_with_its_values() -> None:
    sentence = said("cue_went", cue="6", ago=0.44, by="Kim")
    assert texts(sentence) == {
        "en": "6 went 0.4 s ago, by Kim",
        "ko": "6번 큐가 0.4초 전에 실행되었습니다 (Kim)",
    }


@pytest.mark.parametrize("by", [None, ""])
def test_what_is_not_known_is_left_out(by: str | None) -> None:
    assert say(said("cue_went", cue="6", ago=1, by=by)) == "6 went 1.0 s ago"


def test_a_value_may_be_a_sentence_a_list_or_a_text() -> None:
    waits = said("run_waits", slot="loop", why=said("in_hand", slot="gala", by="Kim"))
    assert say(waits) == "loop waits: gala is in hand, by Kim"
    assert say(waits, "ko") == "loop 진행은 기다리는 중입니다: gala 순서가 수동 진행 중 (Kim)"
    assert say(said("which_run", slots=("a", "b"))) == "say which run: a, b"
    refused = said("no_night_file", fault={"en": "torn", "ko": "찢어짐"})
    assert say(refused, "ko") == "밤 파일이 아닙니다: 찢어짐"


def test_words_of_a_person_are_not_read_as_a_template() -> None:
    said_by_kim = said("sheet.note", by="K{im}", words="see [1] and {this}")
    assert say(said_by_kim) == "note by K{im}: see [1] and {this}"


@pytest.mark.parametrize(
    "recorded",
    [None, {}, 7, {"code": "of a later version"}, {"code": "cue_went", "values": {"cue": "6"}}],
)
def test_what_this_version_cannot_say_is_told_as_it_was_entered(recorded: object) -> None:
    assert texts_of("6 went", recorded) == {"en": "6 went"}
    assert texts_of(None, recorded) == {}


def test_a_word_of_a_later_version_inside_a_sentence_is_its_code() -> None:
    assert (
        say(said("run_over", slot="gala", why=Sentence("burnt_down"))) == "gala is over: burnt_down"
    )
