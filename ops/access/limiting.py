"""Attempts at passwords, links and PINs, limited: counted as failed before they are known."""

from __future__ import annotations

import ipaddress
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
        now, address = self._now(), _one_hand(address)
        if wait := self._attempts.wait(name, address, now):
            raise TooManyRequestsException(
                detail="Too many attempts: wait a minute.",
                headers={"Retry-After": str(-(-wait // SECOND))},
            )
        self._attempts.failed(name, address, now)

    def succeeded(self, name: str, address: str) -> None:
        """What was counted as a failure was none."""
        self._attempts.succeeded(name, _one_hand(address))


def _one_hand(address: str) -> str:
    """Whoever has one IPv6 address has the 2**64 beside it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    # An IPv4 address, as a socket for both calls it: no neighbour of all the others.
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
