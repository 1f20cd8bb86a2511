"""A player's loop over select(), as small as it can be, in a thread; and a peer by hand."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from websockets.client import ClientProtocol
from websockets.frames import Frame as WebSocketFrame
from websockets.uri import parse_uri

from show_control.clock import Clock
from show_control.commands import Answer
from show_control.journal import Journal
from show_control.link import (
    Beat,
    CallFrame,
    Entries,
    EntriesAfter,
    Hello,
    LinkServer,
    LoadFrame,
    Received,
    Reply,
    StoredUpTo,
    Welcome,
    socket_path,
)
from show_control.link.frames import FromPlayer, Key, ToPlayer, from_player, pack
from show_control.night_file import content_hash

VALIDITY = 1_500


class SmallPlayer:
    """Answers the three verbs from a journal; `deaf` hears calls and answers none."""

    def __init__(self, folder: Path, clock: Clock, *, deaf: bool = False) -> None:
        self.clock = clock
        self.journal = Journal.open(folder, clock, engine="1")
        self.server = LinkServer(folder, clock.boottime)
        self.deaf = deaf
        self.file: str | None = None
        self.stored: list[Key] = []
        self._stop, self._stopped = os_pipe()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        server, flushed = self.server, self.journal.flushed_fd
        while True:
            readable, writable, _ = select.select(
                [*server.sockets_to_read(), flushed, self._stop], server.sockets_to_write(), [], 10
            )
            if self._stop in readable:
                break
            for sock in writable:
                server.writable(sock)
            if flushed in readable:
                self.journal.poll_flushed()
                server.broadcast(self._beat())
            for sock in readable:
                if isinstance(sock, socket.socket):
                    for received in server.readable(sock):
                        self._answer(received)
            self.journal.ask_flush()

    def _answer(self, received: Received) -> None:
        server, now = self.server, self.clock.now()
        peer, frame = received
        match frame:
            case StoredUpTo(key=key):
                self.stored.append(key)
            case Hello():
                welcome = Welcome(
                    player=self.journal.player,
                    term=self.journal.term,
                    engine="1",
                    now=now,
                    anchor=self.journal.anchor,
                )
                server.send(peer, welcome)
            case CallFrame() if not self.deaf:
                self.journal.append([{"kind": "call", "at": now, "by": frame.call.by}])
                answer = Answer(request=frame.call.request, accepted=True, at=now)
                server.send(peer, Reply(id=frame.id, answer=answer, recorded="on disk"))
            case EntriesAfter():
                after = frame.after[1:] if frame.after else None
                page = self.journal.entries_after(after, frame.limit)
                server.send(peer, Entries(id=frame.id, entries=page.entries, more=page.more))
            case LoadFrame():
                accepted = frame.replaces == self.file
                if accepted:
                    self.file = content_hash(frame.packed)
                answer = Answer(request=None, accepted=accepted, at=now)
                reply = Reply(id=frame.id, answer=answer, recorded="on disk", file=self.file)
                server.send(peer, reply)

    def _beat(self) -> Beat:
        term, seq = self.journal.leaves
        return Beat(player=self.journal.player, now=self.clock.now(), term=term, seq=seq)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.close()
        self._thread.join(10)
        self._stop.close()
        self.server.close()
        self.journal.close()


def os_pipe() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair()


@contextmanager
def small_player(folder: Path, clock: Clock, *, deaf: bool = False) -> Iterator[SmallPlayer]:
    player = SmallPlayer(folder, clock, deaf=deaf)
    player.start()
    try:
        yield player
    finally:
        player.stop()


class RawPeer:
    """A peer that does only what a test tells it; blocking, with a deadline on every wait."""

    def __init__(self, folder: Path, *, handshake: bool = True) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(10)
        self.sock.connect(str(socket_path(folder)))
        self.protocol = ClientProtocol(parse_uri("ws://localhost/"), max_size=None)
        self.handshaken = handshake
        self._frames: list[WebSocketFrame] = []
        if handshake:
            self.protocol.send_request(self.protocol.connect())
            self.put()
            self._receive()

    def put(self) -> None:
        for data in self.protocol.data_to_send():
            self.sock.sendall(data)

    def say(self, *frames: ToPlayer) -> None:
        for frame in frames:
            self.protocol.send_binary(pack(frame))
        self.put()

    def hear(self) -> FromPlayer:
        while not self._frames:
            assert self._receive(), "cut"
        return from_player(self._frames.pop(0).data)

    def is_cut(self) -> bool:
        """Wait until the player closes the connection."""
        try:
            while self._receive():
                pass
        except ConnectionError:
            pass
        return True

    def _receive(self) -> bool:
        if not (data := self.sock.recv(65536)):
            return False
        self.protocol.receive_data(data)
        self._frames += [
            e for e in self.protocol.events_received() if isinstance(e, WebSocketFrame)
        ]
        return True

    def close(self) -> None:
        self.sock.close()
