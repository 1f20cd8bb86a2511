"""One TCP connection to a server, which comes back by itself. Nothing here waits or raises.

What is told is what the machine's own buffer takes at once, and that is kept small: a server that does
not read is refused the next packet, told so, and after two seconds cut, as is one that acknowledges
nothing. What it missed is never sent later; when it is back it is asked and given its present look.
"""

from __future__ import annotations

import errno
import os
import socket
from collections import deque
from collections.abc import Callable
from typing import Final, Literal

from show_control.datagrams import BATCH
from show_control.model import Framing, Millis
from show_control.streams import Broken, framed, unframing

BACKOFF: Final[tuple[Millis, Millis]] = (250, 5000)
"""The first wait before it is tried again, and the longest; each is twice the one before."""
JITTER: Final = 0.25
"""By how much of itself a wait is shortened or lengthened, so that not all return at one instant."""
CONNECTS_WITHIN: Final[Millis] = 3000
STUCK_AFTER: Final[Millis] = 2000
"""How long a server may leave unread what it was sent: older than this nothing is told any more."""

_BUFFER: Final = 1 << 16
_CHUNK: Final = 1 << 16

State = Literal["down", "connecting", "up"]


class Connection:
    """To one address. `jitter` gives a number from -1 to 1."""

    def __init__(
        self, url: str, peer: tuple[str, int], framing: Framing, jitter: Callable[[], float]
    ) -> None:
        self.url = url
        self.peer = peer
        self.framing = framing
        self.socket: socket.socket | None = None
        self.state: State = "down"
        self.why = "not connected yet"
        self.malformed = 0
        self.came = False
        """Whether it was connected anew; who acts on that puts it back."""
        self.lost = False
        """As `came`, of a connection that failed or ended."""
        self.at: Millis = 0
        self._jitter = jitter
        self._wait = BACKOFF[0]
        self._left = b""
        self._whole: deque[bytes] = deque()
        self._unframing = unframing(framing)

    # ------------------------------------------------------------ by and by

    @property
    def next_at(self) -> Millis | None:
        """When it wants a turn: to be tried again, or given up."""
        return None if self.state == "up" and not self._left else self.at

    @property
    def wants_to_write(self) -> bool:
        """Whether it waits to be connected, or for room."""
        return self.state == "connecting" or bool(self._left)

    def turn(self, now: Millis) -> None:
        """Try again, or give up what takes too long."""
        if now < self.at:
            return
        if self.state == "down":
            self._connect(now)
        elif self.state == "connecting":
            self._drop("it does not answer", now)
        elif self._left:
            self._drop("it does not read what it is sent", now)

    def _connect(self, now: Millis) -> None:
        new = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket, self.state, self.at = new, "connecting", now + CONNECTS_WITHIN
        self._unframing = unframing(self.framing)
        new.setblocking(False)
        new.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        new.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            # Else the kernel would keep what a server missed, and tell it all at once later.
            new.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STUCK_AFTER)
        failed = new.connect_ex(self.peer)
        if failed == 0:
            self._connected(now)
        elif failed != errno.EINPROGRESS:
            self._drop(os.strerror(failed), now)

    def _connected(self, now: Millis) -> None:
        self.state, self.at, self.why, self.came = "up", now, "", True

    def _drop(self, why: str, now: Millis) -> None:
        self.close()
        self.why, self.lost = why, True
        self.at = now + round(self._wait * (1 + JITTER * self._jitter()))
        self._wait = min(2 * self._wait, BACKOFF[1])

    def close(self) -> None:
        """Close it; a turn opens it again."""
        if self.socket is not None:
            self.socket.close()
        self.socket, self.state, self._left = None, "down", b""

    # ------------------------------------------------------------ sending and hearing

    def send(self, now: Callable[[], Millis], packet: bytes) -> str | None:
        """Send it whole, or say why it was not sent."""
        if self.state != "up" or self.socket is None:
            return f"not connected: {self.why}" if self.why else "not connected"
        if self._left:
            return "it does not read what it is sent"
        data = framed(self.framing, packet)
        try:
            taken = self.socket.send(data)
        except BlockingIOError:
            return "it does not read what it is sent"
        except OSError as e:
            self._drop(e.strerror or str(e), now())
            return f"not connected: {self.why}"
        self._left, self.at = data[taken:], now() + STUCK_AFTER
        return None

    def writable(self, now: Millis) -> None:
        """It is connected, has failed to be, or has room again."""
        if self.socket is None:
            return
        if self.state == "connecting":
            failed = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if failed:
                self._drop(os.strerror(failed), now)
            else:
                self._connected(now)
        elif self._left:
            try:
                self._left = self._left[self.socket.send(self._left) :]
            except BlockingIOError:
                pass
            except OSError as e:
                self._drop(e.strerror or str(e), now)

    @property
    def has_more(self) -> bool:
        """Whether packets wait here, of what was read: nothing is to be waited for then."""
        return bool(self._whole)

    def read(self, now: Millis) -> list[bytes]:
        """A few packets that have come whole, the rest at the next call: many are small."""
        if not self._whole:
            self._whole.extend(self._received(now))
        return [self._whole.popleft() for _ in range(min(BATCH, len(self._whole)))]

    def _received(self, now: Millis) -> list[bytes]:
        if self.socket is None or self.state != "up":
            return []
        try:
            data = self.socket.recv(_CHUNK)
        except BlockingIOError:
            return []
        except OSError as e:
            self._drop(e.strerror or str(e), now)
            return []
        if not data:
            self._drop("it closed the connection", now)
            return []
        self._wait = BACKOFF[0]  # it speaks: the next failure is a new one
        return self._taken_apart(data, now)

    def _taken_apart(self, data: bytes, now: Millis) -> list[bytes]:
        before = self._unframing.malformed
        try:
            found = self._unframing.feed(data)
        except Broken as e:
            self.malformed += 1
            self._drop(str(e), now)
            return []
        self.malformed += self._unframing.malformed - before
        return found
