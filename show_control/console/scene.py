"""What a caller looks at: the board at an instant, the run in front, and the words for it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from show_control import model
from show_control.console.words import Said, Words
from show_control.documents import Agreement, Board, CueView, RunView, SlotStatus
from show_control.model import Millis, Text

BY_STATUS: tuple[SlotStatus, ...] = ("holding", "running", "standing by", "waiting")
AWAITED: Millis = 1500
"""How long after a send `sent` is said, where nothing is confirmed yet."""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """`silent` is how long the player has said nothing, None if it never has; `unread`
    is what of the player's entries this console cannot read."""

    board: Board
    now: Millis
    words: Words
    by: str
    run: RunView | None
    connected: bool
    stale: bool
    silent: Millis | None
    unread: str | None = None

    def text(self, text: Text) -> str:
        """A text of the night file in the screen's language."""
        return model.words(text, self.words.language)

    @property
    def cue(self) -> CueView | None:
        """The cue that stands by in the run in front."""
        if self.run is None:
            return None
        return next((c for c in self.run.cues if c.number == self.run.standby), None)

    @property
    def live(self) -> tuple[RunView, ...]:
        """The runs that Tab goes through."""
        return alive(self.board.runs)


def alive(runs: Sequence[RunView]) -> tuple[RunView, ...]:
    """Those that are not over."""
    return tuple(r for r in runs if r.status in BY_STATUS)


def chosen(runs: Sequence[RunView], picked: str | None, by: str = "") -> RunView | None:
    """The run in front: the one picked, else the caller's own, the one in hand, else by what it does."""
    live = alive(runs)
    ranked = sorted(
        live,
        key=lambda r: (
            r.run != picked,
            r.control is None or r.control.by != by,
            not r.in_hand,
            not (r.status == "standing by" and r.start == "manual"),
            BY_STATUS.index(r.status),
        ),
    )
    return ranked[0] if ranked else (runs[-1] if runs else None)


def next_run(runs: Sequence[RunView], shown: RunView | None) -> str | None:
    """What Tab brings in front."""
    ids = [r.run for r in alive(runs)]
    if not ids:
        return None
    if shown is None or shown.run not in ids:
        return ids[0]
    return ids[(ids.index(shown.run) + 1) % len(ids)]


def neighbour(run: RunView, number: str | None, step: int) -> str:
    """The number of the cue before or after one; the first or last where there is none."""
    numbers = [c.number for c in run.cues]
    if number not in numbers:
        return numbers[0] if step > 0 else numbers[-1]
    return numbers[max(0, min(len(numbers) - 1, numbers.index(number) + step))]


def warned(run: RunView, cue: CueView, now: Millis) -> bool:
    """Whether a cue is within its warning; a held run counts nothing down."""
    near = cue.warn_at is not None and now >= cue.warn_at
    return near and cue.status == "pending" and run.status != "holding"


def said(agreement: Agreement, sent_at: Millis | None, now: Millis) -> Said:
    """The board's word, or `sent` while an answer is awaited."""
    awaited = sent_at is not None and now - sent_at < AWAITED
    return "sent" if awaited and agreement in ("no reply", "differs") else agreement
