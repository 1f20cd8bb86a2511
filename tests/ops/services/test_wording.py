"""Every kind of entry says something, in both languages."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from ops.services.wording import SAID, entry_texts
from show_control import entries
from show_control.entries import Entry

HANGUL = re.compile("[가-힣]")
KINDS = [
    kind.strip()
    for line in (entries.__doc__ or "").splitlines()
    if line.startswith("| ") and not line.startswith("| kind")
    for kind in line.split("|")[1].split(",")
]
DATA: dict[str, dict[str, Any]] = {
    "call": {"call": "go"},
    "refused": {"call": "go"},
    "cue_went": {"how": "GO", "name": {"en": "Dark"}},
    "cue_passed": {"how": "GO", "name": {"en": "Dark"}},
    "loop_passed": {"passes": 7},
    "not_sent": {"action": {"kind": "blackout", "outputs": []}},
    "hazard_end": {"outputs": ["laser"]},
    "intent": {"action": {"kind": "play", "clip": 1, "outputs": []}, "why": "cue"},
    "result": {"main": "sent", "backup": "not sent: nothing to change"},
    "evidence": {"which": "main", "agreement": "differs", "reported": {"clip": 4}},
    "life": {"which": "backup", "life": "silent"},
    "loaded": {"festival": "lights", "version": 3},
}


def entry(kind: str, **beside: Any) -> Entry:
    whole: dict[str, Any] = {
        "player": "p",
        "term": 1,
        "seq": 1,
        "at": 0,
        "kind": kind,
        "night": "2025-08-28",
        "cue": "4",
        "output": "west",
        "server": "main",
        "by": "Kim",
        "reason": "for a reason",
        "data": DATA.get(kind, {}),
    }
    return Entry(**(whole | beside))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_something(kind: str) -> None:
    assert all(entry_texts(entry(kind)).values())


@pytest.mark.parametrize("kind", sorted(SAID))
def test_what_the_cue_sheet_leaves_out_is_said_in_both_languages(kind: str) -> None:
    told = SAID[kind](entry(kind))
    assert set(told) == {"en", "ko"}
    assert not HANGUL.search(told["en"])
    assert HANGUL.search(told["ko"]) or kind == "call", "GO is GO in every language"


def test_evidence_says_of_which_address_and_what_was_reported() -> None:
    assert entry_texts(entry("evidence")) == {
        "en": "west, main: differs (clip 4)",
        "ko": "west, 메인: 다름 (clip 4)",
    }
    assert (
        entry_texts(entry("result"))["ko"] == "west: 메인 보냄, 백업 보내지 않음: nothing to change"
    )


def test_what_did_not_happen_on_the_wire_says_so() -> None:
    told = Entry(player="p", term=1, seq=1, at=0, kind="started", data={"how": "GO"})
    off = msgspec.structs.replace(told, data={"how": "GO", "routing": {"west": "record only"}})
    assert entry_texts(off)["en"] == "started, GO  (record only: west)"
    life = {"which": "main", "life": "alive"}
    heard = msgspec.structs.replace(told, kind="life", server="simulator:one", data=life)
    assert entry_texts(heard)["ko"] == "simulator:one, 메인: 살아 있음  (시뮬레이터)"
