"""What `watch` draws: pure, so told by its text."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from rich.cells import cell_len

from ops.watch.screen import Looked, painted, screen
from ops.watch.words import LANGUAGES
from show_control.console.rows import text_of
from show_control.console.words import Language, Words
from show_control.documents import Board, ControlView, RunView, StopView
from tests.ops.live.boards import BOARD, SHORTLY, night_under_way

NOW = next(s.starts for s in BOARD.slots if s.start == "manual") + SHORTLY
WHERE = "ws://127.0.0.1:8100/api/v1/live"


def drawn(
    board: Board | None = BOARD,
    language: Language = "en",
    size: tuple[int, int] = (110, 60),
    **rest: Any,
) -> str:
    told = {"now": NOW, "age": 400, "stale": False, "lost": None, "where": WHERE} | rest
    looked = Looked(board=board, **told)
    return "\n".join(text_of(row) for row in screen(looked, LANGUAGES[language], *size))


def in_control(run: RunView) -> RunView:
    control = ControlView(by="Kim", since=NOW, asked_by=None, asked_at=None, before=None)
    return msgspec.structs.replace(run, control=control)


def held() -> Board:
    """A run that stands by, in Kim's hands."""
    runs = tuple(in_control(r) if r.status == "standing by" else r for r in BOARD.runs)
    return msgspec.structs.replace(BOARD, runs=runs)


def test_a_night_under_way() -> None:
    text = drawn(held())
    assert "night 2026-03-27" in text
    assert "heard 0.4 s ago" in text
    assert "STANDING BY" in text
    assert "Kim has control since" in text
    assert "RUNNING" in text
    for output in BOARD.outputs:
        assert output.output in text
    assert "no reply" in text
    assert f"ALARM {BOARD.alarms[-1].text}" in text
    for key in ("t: take over", "Tab:", "s: put", "R: restart", "S: send"):
        assert key not in text


def test_the_same_in_korean() -> None:
    text = drawn(held(), "ko")
    for word in ("대기", "제어권 Kim", "출력", "응답 없음", "경보", "0.4 s 전 수신"):
        assert word in text
    for key in ("t: 넘겨받기", "Tab:", "s: 큐", "R: 다시"):
        assert key not in text


def test_what_is_old_says_so() -> None:
    text = drawn(age=5200, stale=True)
    assert "No word from the player for 5 s: what is shown is the past." in text
    assert "The console still calls." in text
    lost = "The service does not answer (HTTP 502): tried again. What is shown is the past."
    assert lost in drawn(lost=lost)


def test_before_there_is_a_board() -> None:
    text = drawn(None, age=None, now=None, stale=True, lost="The service does not answer (x)")
    assert text.splitlines() == [f"Waiting for {WHERE} ...", "The service does not answer (x)"]


def test_a_show_stop_and_a_board_with_nothing_on_it() -> None:
    stop = StopView(by="Lee", at=NOW, reason="wind")
    assert "SHOW STOP by Lee" in drawn(msgspec.structs.replace(BOARD, stopped=stop))
    empty = msgspec.structs.replace(
        BOARD, night=None, slots=(), runs=(), outputs=(), lines=(), servers=(), alarms=()
    )
    assert "no night is loaded" in drawn(empty)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("size", [(40, 10), (60, 24), (200, 100)])
def test_nothing_is_wider_or_longer_than_the_terminal(
    language: Language, size: tuple[int, int]
) -> None:
    for board in (held(), night_under_way(1)):
        lines = drawn(board, language, size).splitlines()
        assert len(lines) <= size[1]
        assert max(cell_len(line) for line in lines) <= size[0]


def test_all_is_grey_while_it_does_not_count() -> None:
    looked = Looked(board=BOARD, now=NOW, age=9000, stale=True, lost=None, where=WHERE)
    rows = screen(looked, LANGUAGES["en"], 100, 50)
    colours = {str(span.style) for span in painted(rows, grey=True).spans}
    assert colours == {"#6c6c6c", "bold #ff5f5f"}


def test_both_languages_say_what_only_watch_says() -> None:
    english, korean = LANGUAGES["en"], LANGUAGES["ko"]
    for name in Words.__struct_fields__:
        ours, theirs = getattr(english.board, name), getattr(korean.board, name)
        assert bool(ours) == bool(theirs), name


def test_a_rehearsal_and_automation_that_is_off_are_said() -> None:
    outputs = tuple(msgspec.structs.replace(o, routing="simulator") for o in BOARD.outputs)
    off = StopView(by="Lee", at=NOW, reason="rain")
    changed = msgspec.structs.replace(
        BOARD, rehearsal=True, outputs=outputs, automation=False, automation_off=off
    )
    text = drawn(changed)
    assert "REHEARSAL  simulator: " in text
    assert "AUTOMATION IS OFF by Lee" in text
    assert "o: on again" not in text
    assert "리허설" in drawn(changed, "ko")
    assert "REHEARSAL" not in drawn(BOARD)
