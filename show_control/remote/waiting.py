"""Calls of a remote: made in the turn that read them, answered once what they came to is on disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import msgspec

from show_control.commands import Answer
from show_control.events import Call, Called
from show_control.journal import Cursor
from show_control.model import Millis
from show_control.player import Player
from show_control.sentences import call_word, said, say

FLUSH_WITHIN: Final[Millis] = 300
"""How long an answer waits for the disk before it says `not recorded`."""
MOST_WAITING: Final = 512
"""Answers that wait at once; of more, the oldest is given as not recorded."""

Then = Callable[[list[Answer], str], None]
"""What is done with the answers, and whether they are on disk."""


class Flushes(Protocol):
    """What says how far the journal is on disk."""

    @property
    def newest(self) -> Cursor:
        """The newest entry."""

    def poll_flushed(self) -> Cursor:
        """The newest that is on disk."""


class _Waiting(msgspec.Struct, frozen=True):
    """Answers, the entry that must be on disk first, and until when that is waited for."""

    answers: list[Answer]
    then: Any
    needs: Cursor
    until: Millis


class Calling:
    """Makes calls, and answers them."""

    def __init__(self, journal: Flushes) -> None:
        self._journal = journal
        self._waiting: deque[_Waiting] = deque()

    @property
    def next_at(self) -> Millis | None:
        """When the first answer has waited long enough."""
        return self._waiting[0].until if self._waiting else None

    def make(self, player: Player, calls: Sequence[Call], then: Then, *, whole: bool) -> None:
        """Make calls in order; `whole`: all of them, or none."""
        refusal = player.foreseen(calls) if whole else None
        if refusal is None:
            answers = [one for call in calls for one in taken(player, call)]
        else:
            # The first that is refused is made alone, so that it is entered; what stops it stops it now too.
            answers = [refusal[1] for _ in taken(player, refusal[0])]
        now = player.clock.now()
        waits = _Waiting(answers, then, self._journal.newest, now + FLUSH_WITHIN)
        self._waiting.append(waits)
        if len(self._waiting) > MOST_WAITING:
            first = self._waiting.popleft()
            first.then(first.answers, "not recorded")

    def answer(self, player: Player, *, volatile: bool) -> None:
        """Answer those whose entries are on disk, or that waited long enough; after a cue that is near."""
        if not self._waiting:
            return
        flushed, now = self._journal.poll_flushed(), player.clock.now()
        while self._waiting:
            first = self._waiting[0]
            on_disk = not volatile and flushed >= first.needs
            if not (on_disk or volatile or now >= first.until):
                return
            self._waiting.popleft()
            first.then(first.answers, "on disk" if on_disk else "not recorded")
            if player.busy():
                return


def taken(player: Player, call: Call) -> list[Answer]:
    """What a call came to. A fault of ours in it refuses that call and stops no night."""
    try:
        return player.take(Called(call=call))
    except Exception as fault:  # noqa: BLE001 - whatever it is, the loop goes on
        why = said("alarm.fault", call=call_word(call.call), fault=repr(fault))
        player.alarm(f"fault: {call.call}", why, outputs=None)
        reason = say(said("player_failed"))
        return [Answer(request=call.request, accepted=False, at=player.clock.now(), reason=reason)]
