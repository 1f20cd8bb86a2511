"""Attempts at passwords, links and PINs, limited: counted as failed before they are known."""

from __future__ import annotations

from collections.abc import Callable

from litestar.exceptions import TooManyRequestsException

from ops.access.attempts import Attempts
from show_control.model import Millis

SECOND = 1000


class Limiting:
    """Many attempts at once are then not many for free."""

    def __init__(self, now: Callable[[], Millis]) -> None:
        self._now = now
        self._attempts = Attempts()

    def count(self, name: str, address: str) -> None:
        """Raises TooManyRequestsException."""
        now = self._now()
        if wait := self._attempts.wait(name, address, now):
            raise TooManyRequestsException(
                detail="Too many attempts: wait a minute.",
                headers={"Retry-After": str(-(-wait // SECOND))},
            )
        self._attempts.failed(name, address, now)

    def succeeded(self, name: str, address: str) -> None:
        """What was counted as a failure was none."""
        self._attempts.succeeded(name, address)
