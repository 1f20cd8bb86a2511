"""What the service itself has to tell, beside what the player tells: shown with the board."""

from __future__ import annotations

from collections.abc import Callable

from show_control.documents import AlarmView
from show_control.model import Millis
from show_control.sentences import Sentence, say, texts


class Alarms:
    """By code, each once, since when it first rose. `changed` is called after a change."""

    def __init__(self, now: Callable[[], Millis], changed: Callable[[], None]) -> None:
        self._now = now
        self._changed = changed
        self._risen: dict[str, AlarmView] = {}

    @property
    def risen(self) -> tuple[AlarmView, ...]:
        return tuple(self._risen.values())

    def rise(self, code: str, why: Sentence, outputs: tuple[str, ...] | None = ()) -> None:
        """`outputs` are those touched: none by what is missed for the record alone, None for all."""
        known, text = self._risen.get(code), say(why)
        if known is None or known.text != text:
            at = self._now() if known is None else known.at
            self._risen[code] = AlarmView(
                code=code, at=at, text=text, texts=texts(why), outputs=outputs
            )
            self._changed()

    def clear(self, code: str) -> None:
        if self._risen.pop(code, None) is not None:
            self._changed()
