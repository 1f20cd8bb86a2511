"""Both languages say the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from rich.cells import cell_len

from show_control.console.english import ENGLISH
from show_control.console.keys import KEYS, Intent, plain
from show_control.console.korean import KOREAN, language_of, other
from show_control.console.words import Words


def fields(text: str) -> set[str]:
    return set(re.findall(r"{(\w*)}", text))


@pytest.mark.parametrize("name", Words.__struct_fields__)
def test_what_is_filled_in_is_the_same_in_both(name: str) -> None:
    english: Any = getattr(ENGLISH, name)
    korean: Any = getattr(KOREAN, name)
    if isinstance(english, str):
        assert english
        assert korean
        assert fields(english) == fields(korean)
    else:
        assert set(english) == set(korean)


def test_every_word_of_the_board_is_there() -> None:
    kinds = {f.name: f.type for f in msgspec.structs.fields(Words)}
    for name, kind in kinds.items():
        if getattr(kind, "__args__", None) and get_args(get_args(kind)[0]):
            wanted = set(get_args(get_args(kind)[0]))
            given = set(getattr(ENGLISH, name))
            assert {w for w in wanted if isinstance(w, str)} <= given, name


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "", "LC_MESSAGES": "ko_KR"}, "ko"),
        ({}, "en"),
    ],
)
def test_the_terminal_says_which(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_the_other_one() -> None:
    assert {other("en"), other("ko")} == {"en", "ko"}


def test_every_intent_has_a_key_and_help_names_it() -> None:
    assert set(KEYS.values()) == set(get_args(Intent))


@pytest.mark.parametrize("words", [ENGLISH, KOREAN])
def test_help_and_the_documentation_name_every_key(words: Words) -> None:
    told = {part.strip(",") for line in words.help.splitlines() for part in line[:9].split()}
    page = Path("docs/calling.md").read_text("utf-8").split("## Keys of the console")[1]
    documented = {
        k.strip() for row in re.findall(r"^\| (.*?) \|", page, re.M) for k in row.split(",")
    }
    for key in set(KEYS) - {" ", "up", "down", "escape", "tab", "?"}:
        assert key in told, key
        assert key in documented, key


@pytest.mark.parametrize(
    ("key", "character", "means"),
    [("space", " ", " "), ("tab", "\t", "tab"), ("escape", "\x1b", "escape"), ("x", "ㄴ", "s")],
)
def test_a_key_has_one_name(key: str, character: str, means: str) -> None:
    assert plain(key, character) == means


@pytest.mark.parametrize("words", [ENGLISH, KOREAN])
def test_the_keys_fit_the_smallest_terminal(words: Words) -> None:
    """Below the clock, above the answer, the question and the last row."""
    lines = [*words.help.splitlines(), words.not_a_safety_system]
    assert len(lines) <= 24 - 5
    assert max(cell_len(line) for line in lines) <= 80
