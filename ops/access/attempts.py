"""How often a person may try to sign in: pure counting, the instant is an argument."""

from __future__ import annotations

from collections import deque

from show_control.model import Millis

WINDOW: Millis = 60_000
FOR_A_NAME = 5
FOR_AN_ADDRESS = 30
# As many keys are remembered; the oldest is forgotten first.
REMEMBERED = 10_000

Key = tuple[str, ...]


class Attempts:
    """Failed attempts of the last minute, by name and address, and by address alone."""

    def __init__(self) -> None:
        self._failed: dict[Key, deque[Millis]] = {}

    def wait(self, name: str, address: str, now: Millis) -> Millis:
        """How long until another attempt may be made: 0 for at once."""
        return max(
            self._wait((address, name), FOR_A_NAME, now),
            self._wait((address,), FOR_AN_ADDRESS, now),
        )

    def failed(self, name: str, address: str, now: Millis) -> None:
        for key in ((address, name), (address,)):
            times = self._failed.pop(key, None) or deque(maxlen=FOR_AN_ADDRESS)
            times.append(now)
            self._failed[key] = times
        while len(self._failed) > REMEMBERED:
            del self._failed[next(iter(self._failed))]

    def succeeded(self, name: str, address: str) -> None:
        """What was counted as a failure was none."""
        self._failed.pop((address, name), None)
        if times := self._failed.get((address,)):
            times.pop()

    def _wait(self, key: Key, limit: int, now: Millis) -> Millis:
        times = self._failed.get(key, ())
        recent = [then for then in times if then > now - WINDOW]
        return recent[-limit] + WINDOW - now if len(recent) >= limit else 0
