"""How often a person may try to sign in: pure counting, the instant is an argument."""

from __future__ import annotations

import ipaddress
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
        address = network_of(address)
        return max(
            self._wait((address, name), FOR_A_NAME, now),
            self._wait((address,), FOR_AN_ADDRESS, now),
        )

    def failed(self, name: str, address: str, now: Millis) -> None:
        address = network_of(address)
        for key in ((address, name), (address,)):
            times = self._failed.pop(key, None) or deque(maxlen=FOR_AN_ADDRESS)
            times.append(now)
            self._failed[key] = times
        while len(self._failed) > REMEMBERED:
            del self._failed[next(iter(self._failed))]

    def succeeded(self, name: str, address: str) -> None:
        """What was counted as a failure was none."""
        address = network_of(address)
        self._failed.pop((address, name), None)
        if times := self._failed.get((address,)):
            times.pop()

    def _wait(self, key: Key, limit: int, now: Millis) -> Millis:
        times = self._failed.get(key, ())
        recent = [then for then in times if then > now - WINDOW]
        return recent[-limit] + WINDOW - now if len(recent) >= limit else 0


def network_of(address: str) -> str:
    """What attempts are counted by: whoever has an IPv6 address has 2^64 of them, a /64 network."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if ip.version == 4:
        return address
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
