"""The player's side of the link: for a loop over select(), never waiting for a peer."""

from __future__ import annotations

import logging
import socket
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol

from show_control.link.address import listen, remove
from show_control.link.frames import (
    MOST,
    MOST_LOAD,
    Asked,
    Ceiling,
    Frame,
    Hello,
    LoadFrame,
    Malformed,
    Refused,
    allowed,
    pack,
    to_player,
)

MOST_PEERS = 32
MOST_WAITING = 4 * 2**20
"""Bytes that may wait for a peer that does not read; one frame more may be longer."""

_SIP, _GULP = 2**10, 2**16
"""Bytes read at a time: a sip holds a few frames; a frame that is longer is read in gulps."""

_PATIENCE = 5_000_000_000
"""Nanoseconds for a peer to say hello, and to read something of what waits for it."""

_logger = logging.getLogger(__name__)


class Peer:
    """One connection. `ceiling` is None until its Hello."""

    def __init__(self, sock: socket.socket, number: int, since: int) -> None:
        self.number = number
        self.name = ""
        self.ceiling: Ceiling | None = None
        self.sock = sock
        self.output = bytearray()
        self.since = since
        self.moved = since
        """When it last took something of what waited for it."""
        self.appetite = _SIP
        self.parts = bytearray()
        """Of a load that is under way."""
        # Only without an Origin: no page in a browser has business here.
        self.protocol = ServerProtocol(origins=[None], max_size=MOST, logger=_logger)

    @property
    def closed(self) -> bool:
        """Whether it is gone; what is sent to it is dropped."""
        return self.sock.fileno() < 0


class Received(NamedTuple):
    """A frame and who sent it: Hello, to be answered with Welcome, or what its ceiling allows."""

    peer: Peer
    frame: Hello | Asked


class LinkServer:
    """Listens in a data folder whose lock the caller holds. `boottime` is the clock's.

    A turn of the loop: `select` on `sockets_to_read` and `sockets_to_write`, then `readable` and
    `writable` for each that is; `tidy` now and then.
    """

    def __init__(self, data_dir: Path, boottime: Callable[[], int]) -> None:
        self._data_dir = data_dir
        self._listener = listen(data_dir)
        self._boottime = boottime
        self._peers: dict[socket.socket, Peer] = {}
        self._accepted = 0
        self.cut: Counter[str] = Counter()
        """How many peers were cut, by reason; `gone` left by themselves."""

    @property
    def peers(self) -> list[Peer]:
        """Those that have said hello."""
        return [p for p in self._peers.values() if p.ceiling is not None]

    def sockets_to_read(self) -> list[socket.socket]:
        """What to wait for: the listener and every peer."""
        return [self._listener, *self._peers]

    def sockets_to_write(self) -> list[socket.socket]:
        """Peers for whom something waits."""
        return [p.sock for p in self._peers.values() if p.output]

    def readable(self, sock: socket.socket) -> list[Received]:
        """A few frames of a readable socket; the rest waits in the kernel for another turn."""
        if sock is self._listener:
            self._accept()
        elif (peer := self._peers.get(sock)) is not None:
            return self._receive(peer)
        return []

    def writable(self, sock: socket.socket) -> None:
        """Send more of what waits."""
        if (peer := self._peers.get(sock)) is not None:
            self._write(peer)

    def send(self, peer: Peer, frame: Frame) -> None:
        """Send at once what the kernel takes, the rest later; cut a peer that does not read."""
        self._send(peer, pack(frame))

    def broadcast(self, frame: Frame) -> None:
        """Send to all who have said hello."""
        packed = pack(frame)
        for peer in self.peers:
            self._send(peer, packed)

    def tidy(self) -> None:
        """Cut who has not said hello, or read, for too long."""
        now = self._boottime()
        for peer in list(self._peers.values()):
            if peer.ceiling is None and now - peer.since > _PATIENCE:
                self._cut(peer, "no hello")
            elif peer.output and now - peer.moved > _PATIENCE:
                self._cut(peer, "does not read")

    def close(self) -> None:
        """Close every connection and take the socket's name away."""
        for peer in list(self._peers.values()):
            self._cut(peer, "closed")
        self._listener.close()
        remove(self._data_dir)

    def _accept(self) -> None:
        try:
            sock, _ = self._listener.accept()
        except OSError:
            return  # gone again, or no descriptor left: it may try again
        if len(self._peers) >= MOST_PEERS:
            self.cut["too many"] += 1
            sock.close()
            return
        sock.setblocking(False)
        self._accepted += 1
        self._peers[sock] = Peer(sock, self._accepted, self._boottime())

    def _receive(self, peer: Peer) -> list[Received]:
        try:
            data = peer.sock.recv(peer.appetite)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            self._cut(peer, "gone")
            return []
        peer.protocol.receive_data(data)
        events = peer.protocol.events_received()
        peer.appetite = _SIP if events and not peer.parts else min(2 * peer.appetite, _GULP)
        received: list[Received] = []
        try:
            for event in events:
                received += self._heard(peer, event)
        except Malformed:
            self._cut(peer, "malformed")
            return received
        self._write(peer)
        self._cut_if_over(peer)
        return received

    def _cut_if_over(self, peer: Peer) -> None:
        """Where the WebSocket itself has ended: a fault of the peer's, or its goodbye."""
        protocol = peer.protocol
        if protocol.handshake_exc is not None:
            self._cut(peer, "handshake")
        elif protocol.parser_exc is not None:
            self._cut(peer, "malformed")
        elif protocol.state is not State.OPEN and protocol.close_expected():
            self._cut(peer, "gone")

    def _heard(self, peer: Peer, event: object) -> list[Received]:
        match event:
            case Request():
                peer.protocol.send_response(peer.protocol.accept(event))
            case WebSocketFrame(opcode=Opcode.BINARY, fin=True):
                return self._understood(peer, to_player(event.data))
            case WebSocketFrame(opcode=Opcode.PING | Opcode.PONG | Opcode.CLOSE):
                pass  # the protocol has answered
            case _:
                raise Malformed("text, or a message in pieces")
        return []

    def _understood(self, peer: Peer, frame: Hello | Asked) -> list[Received]:
        if isinstance(frame, Hello):
            if peer.ceiling is not None:
                raise Malformed("a second hello")
            peer.name, peer.ceiling = frame.name, frame.ceiling
            if frame.ceiling == "load":
                peer.protocol.max_message_size = MOST_LOAD
        elif peer.ceiling is None:
            raise Malformed("no hello")
        elif not allowed(frame, peer.ceiling):
            reason = f"{peer.name} said that it would {peer.ceiling} at most"
            self._send(peer, pack(Refused(id=frame.id, reason=reason)))
            return []
        elif isinstance(frame, LoadFrame):
            return self._gathered(peer, frame)
        return [Received(peer, frame)]

    def _gathered(self, peer: Peer, frame: LoadFrame) -> list[Received]:
        """A load, once all its parts are there."""
        peer.parts += frame.packed
        if len(peer.parts) > MOST_LOAD:
            raise Malformed("a load without end")
        if frame.more:
            return []
        packed, peer.parts = bytes(peer.parts), bytearray()
        return [Received(peer, msgspec.structs.replace(frame, packed=packed))]

    def _send(self, peer: Peer, packed: bytes) -> None:
        if peer.closed or peer.protocol.state is not State.OPEN:
            return
        if len(peer.output) > MOST_WAITING:
            self._cut(peer, "does not read")
            return
        peer.protocol.send_binary(packed)
        self._write(peer)

    def _write(self, peer: Peer) -> None:
        if peer.closed:
            return
        if not peer.output:
            peer.moved = self._boottime()
        peer.output += b"".join(peer.protocol.data_to_send())
        try:
            while peer.output:
                with memoryview(peer.output) as waiting:
                    sent = peer.sock.send(waiting[:_GULP])
                del peer.output[:sent]
                peer.moved = self._boottime()
        except BlockingIOError:
            pass
        except OSError:
            self._cut(peer, "gone")

    def _cut(self, peer: Peer, reason: str) -> None:
        if self._peers.pop(peer.sock, None) is not None:
            self.cut[reason] += 1
            peer.sock.close()
