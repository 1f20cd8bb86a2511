"""Who is let in, how fast, and what was turned away: an allow list, a passcode, a pace of calls.

Everything is counted, and what is kept of an address is bounded.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections import Counter, OrderedDict
from typing import Final, Generic, Literal, TypeVar

import msgspec

from show_control.installation import RemoteSettings
from show_control.model import Millis
from show_control.remote.caller import Caller

KEPT: Final = 1024
"""Addresses of which something is kept; the one that was quiet longest is forgotten."""

SLOWED: Final[tuple[Millis, Millis]] = (1000, 60_000)
"""How long an address waits after its first wrong passcode, and at most: each time twice as long."""

CALLS_A_SECOND: Final = 50
"""What one address may call in a second, and at once: more than hands do."""

TOLD_EVERY: Final[Millis] = 10_000

Admitted = Literal["in", "wrong", "slowed"]

T = TypeVar("T")


class _Newest(Generic[T]):
    """Something for each of the addresses heard last."""

    def __init__(self) -> None:
        self._of: OrderedDict[str, T] = OrderedDict()

    def get(self, ip: str) -> T | None:
        return self._of.get(ip)

    def put(self, ip: str, value: T) -> None:
        self._of[ip] = value
        self._of.move_to_end(ip)
        if len(self._of) > KEPT:
            self._of.popitem(last=False)

    def drop(self, ip: str) -> None:
        self._of.pop(ip, None)


class _Wrongs(msgspec.Struct, frozen=True):
    """How often an address was wrong, and until when it is not listened to."""

    times: int
    until: Millis


class _Pace(msgspec.Struct, frozen=True):
    """How many calls an address may still make at once, as of an instant."""

    left: float
    at: Millis


class Gate:
    """Judges addresses, passcodes and the pace of calls. `counts` has what was turned away, by why."""

    def __init__(self, settings: RemoteSettings) -> None:
        self.counts: Counter[str] = Counter()
        self._settings = settings
        self._known: _Newest[bool] = _Newest()
        self._wrongs: _Newest[_Wrongs] = _Newest()
        self._paces: _Newest[_Pace] = _Newest()
        self._told: Counter[str] = Counter()
        self._tells_at: Millis = 0

    def lets_in(self, ip: str) -> bool:
        """Whether an address is allowed at all; one that is not gets nothing, and is counted."""
        known = self._known.get(ip)
        if known is None:
            known = self._allowed(ip)
            self._known.put(ip, known)
        if not known:
            self.counts["from nobody allowed"] += 1
        return known

    def _allowed(self, ip: str) -> bool:
        address = ipaddress.ip_address(ip.partition("%")[0])
        if isinstance(address, ipaddress.IPv6Address):
            address = address.ipv4_mapped or address
        return any(address in network for network in self._settings.allow)

    def admits(self, caller: Caller, told: object, now: Millis) -> Admitted:
        """Let a caller in by the passcode that it tells, where there is one.

        An address that told a wrong one is not listened to for a while, even with the right one.
        """
        wanted = self._settings.passcode
        if wanted is None:
            caller.connected = True
            return "in"
        wrongs = self._wrongs.get(caller.ip)
        if wrongs is not None and now < wrongs.until:
            self.counts["passcodes too soon after a wrong one"] += 1
            return "slowed"
        passcode = f"{told:g}" if isinstance(told, float) else str(told or "")
        caller.connected = hmac.compare_digest(passcode.encode(), wanted.encode())
        if caller.connected:
            self._wrongs.drop(caller.ip)
            return "in"
        self.counts["wrong passcodes"] += 1
        times = wrongs.times + 1 if wrongs else 1
        wait = min(SLOWED[0] * 2 ** min(times - 1, 16), SLOWED[1])
        self._wrongs.put(caller.ip, _Wrongs(times, now + wait))
        caller.updates = False
        return "wrong"

    def in_pace(self, ip: str, now: Millis) -> bool:
        """Whether an address may make one call more just now."""
        pace = self._paces.get(ip) or _Pace(CALLS_A_SECOND, now)
        since = max(0, now - pace.at) * CALLS_A_SECOND / 1000
        left = min(CALLS_A_SECOND, pace.left + since) - 1
        self._paces.put(ip, _Pace(max(0.0, left), now))
        if left < 0:
            self.counts["calls too fast"] += 1
        return left >= 0

    def told(self, now: Millis) -> str | None:
        """A line about what was turned away since the last one; None where that was nothing, or just now."""
        if now < self._tells_at:
            return None
        new = self.counts - self._told
        if not new:
            return None
        self._told, self._tells_at = Counter(self.counts), now + TOLD_EVERY
        return "remote: " + ", ".join(f"{count} {why}" for why, count in sorted(new.items()))
