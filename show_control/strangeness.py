"""What came that is not to be understood, or from nobody known: counted, and told of, not too often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, Protocol

from show_control.evidence import Which
from show_control.model import Millis

TOLD_EVERY: Final[Millis] = 10_000

Side = tuple[str, Which]


class Counts(Protocol):
    """Who counts what is malformed, by address."""

    @property
    def malformed(self) -> Mapping[Side, int]:
        """So far."""
        ...


class Strangeness:
    """Compares the counts with those last told of."""

    def __init__(self) -> None:
        self._told: Counter[Side] = Counter()
        self._unknown = 0
        self._next: Millis | None = None

    def told(self, hearing: Counts, transport: Any, now: Millis) -> str | None:
        """A line about what came since the last one; None where that was nothing, or just now."""
        if self._next is not None and now < self._next:
            return None
        counts = Counter(hearing.malformed) + Counter(getattr(transport, "malformed", {}))
        unknown = getattr(transport, "unknown", 0)
        new, strangers = counts - self._told, unknown - self._unknown
        if not new and not strangers:
            return None
        self._told, self._unknown, self._next = counts, unknown, now + TOLD_EVERY
        said = [f"{n} malformed packets from {s} {w}" for (s, w), n in sorted(new.items())]
        if strangers:
            said.append(f"{strangers} datagrams from nobody known")
        return ", ".join(said)
