"""The link on real Unix sockets: what the player's side does with good and with bad peers."""

import select
import socket
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from show_control.clock import SystemClock, VirtualClock
from show_control.events import Call
from show_control.link import (
    Beat,
    CallFrame,
    Entries,
    EntriesAfter,
    Hello,
    LinkServer,
    LoadFrame,
    Refused,
    Reply,
    StoredUpTo,
    Welcome,
    socket_path,
)
from show_control.link.frames import MOST, Ceiling, Frame, pack
from show_control.link.server import MOST_PEERS
from show_control.night_file import content_hash
from tests.show_control.journals import NIGHT, fact
from tests.show_control.link_loop import RawPeer, SmallPlayer, small_player

GO = Call(call="go", by="Kim")


@pytest.fixture
def player(tmp_path: Path) -> Iterator[SmallPlayer]:
    with small_player(tmp_path, SystemClock()) as player:
        yield player


def joined(folder: Path, ceiling: Ceiling = "load") -> RawPeer:
    peer = RawPeer(folder)
    peer.say(Hello(name="test", ceiling=ceiling))
    assert isinstance(peer.hear(), Welcome)
    return peer


def answer(peer: RawPeer) -> Frame:
    """The next frame that is not a heartbeat."""
    while isinstance(frame := peer.hear(), Beat):
        pass
    return frame


def go(player: SmallPlayer, number: int = 1, age: int = 0) -> CallFrame:
    return CallFrame(id=number, call=GO, made=player.clock.boottime() - age * 1_000_000)


def test_a_call_is_answered_and_its_entry_announced(player: SmallPlayer, tmp_path: Path) -> None:
    with closing(joined(tmp_path)) as peer:
        peer.say(go(player, 7))
        reply = answer(peer)
        assert isinstance(reply, Reply)
        assert (reply.id, reply.answer.accepted) == (7, True)
        while not (isinstance(beat := peer.hear(), Beat) and beat.seq == 2):
            pass
        peer.say(EntriesAfter(id=8, after=(beat.player, beat.term, 1)))
        entries = answer(peer)
        assert isinstance(entries, Entries)
        assert [(e.kind, e.by) for e in entries.entries] == [("call", "Kim")]


@pytest.mark.parametrize(("ceiling", "able"), [("see", 1), ("call", 2), ("load", 4)])
def test_a_peer_asks_nothing_above_its_ceiling(
    player: SmallPlayer, tmp_path: Path, ceiling: Ceiling, able: int
) -> None:
    with closing(joined(tmp_path, ceiling)) as peer:
        stored = StoredUpTo(id=4, key=("p", 1, 1))  # answered by a refusal alone
        peer.say(stored, EntriesAfter(id=1), go(player, 2), LoadFrame(id=3, packed=b""))
        answers = [answer(peer) for _ in range(3 if able == 4 else 4)]
        refused = [a.id for a in answers if isinstance(a, Refused)]
        assert sorted(refused) == [1, 2, 3, 4][able:]
        assert player.stored == ([("p", 1, 1)] if able == 4 else [])


def test_a_load_is_compared_and_set_and_may_be_long(player: SmallPlayer, tmp_path: Path) -> None:
    packed = bytes(range(256)) * (4 * MOST // 256)
    with closing(joined(tmp_path)) as peer:
        peer.say(LoadFrame(id=1, packed=packed))
        first = answer(peer)
        assert isinstance(first, Reply)
        assert (first.answer.accepted, first.file) == (True, content_hash(packed))
        peer.say(LoadFrame(id=2, packed=b"other", replaces=None))
        second = answer(peer)
        assert isinstance(second, Reply)
        assert (second.answer.accepted, second.file) == (False, content_hash(packed))


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\xc1",
        b"\x81\xa4type\xa5Hullo",
        pack(Welcome(player="x", term=1, engine="1", now=1, anchor=(1, 1))),
        pack(Hello(name="again", ceiling="see")),
        b"\x91" * 100_000,
        b"\x83\xa4type\xacEntriesAfter\xa2id\x01\xa5limit\xcd\xff\xff",
    ],
)
def test_a_malformed_frame_cuts_its_peer_alone(
    player: SmallPlayer, tmp_path: Path, garbage: bytes
) -> None:
    with closing(joined(tmp_path)) as good, closing(joined(tmp_path)) as bad:
        bad.protocol.send_binary(garbage)
        bad.put()
        assert bad.is_cut()
        good.say(go(player))
        assert isinstance(answer(good), Reply)
    assert player.server.cut["malformed"] == 1


def test_only_a_load_may_be_long(player: SmallPlayer, tmp_path: Path) -> None:
    long = CallFrame(id=1, call=Call(call="go", reason="x" * MOST), made=0)
    for ceiling in ("call", "load"):
        with closing(joined(tmp_path, ceiling)) as peer:
            try:
                peer.say(long)
            except ConnectionError:
                pass
            assert peer.is_cut()
    assert player.server.cut["malformed"] == 2


def test_text_pieces_and_haste_are_cut(player: SmallPlayer, tmp_path: Path) -> None:
    with closing(joined(tmp_path)) as peer:
        peer.protocol.send_text(b"GO")
        peer.put()
        assert peer.is_cut()
    with closing(joined(tmp_path)) as peer:
        peer.protocol.send_binary(pack(go(player))[:10], fin=False)
        peer.put()
        assert peer.is_cut()
    with closing(RawPeer(tmp_path)) as peer:
        peer.say(go(player))  # without a hello
        assert peer.is_cut()
    assert player.server.cut["malformed"] == 3


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01 is not HTTP\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
        b"Origin: http://evil.example\r\n\r\n",
        b"x" * 100_000,
    ],
)
def test_what_is_no_handshake_is_cut(player: SmallPlayer, tmp_path: Path, request_: bytes) -> None:
    with closing(RawPeer(tmp_path, handshake=False)) as peer:
        try:
            peer.sock.sendall(request_)
            while peer.sock.recv(4096):
                pass
        except ConnectionError:
            pass
    assert player.server.cut["handshake"] == 1


def test_a_peer_that_does_not_read_is_cut_and_no_other_waits(
    player: SmallPlayer, tmp_path: Path
) -> None:
    player.journal.append([fact(n, reason="x" * 2_000) for n in range(500)])
    with closing(joined(tmp_path)) as slow, closing(joined(tmp_path)) as good:
        try:
            for number in range(100):
                slow.say(EntriesAfter(id=number, after=("", 0, 0)))
                good.say(EntriesAfter(id=number, after=("", 0, 0)))
                assert isinstance(answer(good), Entries)
        except ConnectionError:
            pass
        good.say(go(player))
        assert isinstance(answer(good), Reply)
        assert player.server.cut == {"does not read": 1}


def test_a_peer_may_leave_in_the_middle_of_anything(player: SmallPlayer, tmp_path: Path) -> None:
    whole = RawPeer(tmp_path)
    whole.protocol.send_binary(pack(Hello(name="x", ceiling="see")))
    hello = b"".join(whole.protocol.data_to_send())
    for cut in range(len(hello)):
        with closing(RawPeer(tmp_path)) as peer:
            peer.sock.sendall(hello[:cut])
    with closing(joined(tmp_path)) as peer:
        peer.say(go(player))
        assert isinstance(answer(peer), Reply)
        peer.protocol.send_close(1000)
        peer.put()
        assert peer.is_cut()
    whole.close()
    assert set(player.server.cut) == {"gone"}


def turn(server: LinkServer) -> None:
    """One turn of the loop with what is there."""
    readable, _, _ = select.select(server.sockets_to_read(), [], [], 0)
    for sock in readable:
        server.readable(sock)


def test_who_says_no_hello_or_reads_nothing_is_cut_in_time(tmp_path: Path) -> None:
    clock = VirtualClock(NIGHT)
    server = LinkServer(tmp_path, clock.boottime)
    peer = RawPeer(tmp_path, handshake=False)
    turn(server)
    clock.advance(4_000)
    server.tidy()
    assert not server.cut
    clock.advance(2_000)
    server.tidy()
    assert server.cut == {"no hello": 1}
    peer.close()
    server.close()


def test_no_more_than_so_many_peers(tmp_path: Path) -> None:
    server = LinkServer(tmp_path, VirtualClock(NIGHT).boottime)
    peers = []
    for _ in range(MOST_PEERS + 3):
        peers.append(RawPeer(tmp_path, handshake=False))
        turn(server)
    assert server.cut == {"too many": 3}
    for peer in peers:
        peer.close()
    server.close()


@pytest.mark.parametrize("depth", [0, 3])
def test_the_socket_is_for_this_user_alone_however_long_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: int
) -> None:
    folder = tmp_path.joinpath(*["a-name-of-some-length-" * 3] * depth)
    folder.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path.parent))
    server = LinkServer(folder, VirtualClock(NIGHT).boottime)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/somewhere/else")
    path = socket_path(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (path.parent == folder) == (depth == 0)
    if depth:
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    RawPeer(folder, handshake=False).close()
    server.close()
    assert not path.exists()
    assert list(folder.iterdir()) == []


def test_what_a_dead_player_left_is_replaced(tmp_path: Path) -> None:
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(tmp_path / "link.sock"))
    dead.close()
    server = LinkServer(tmp_path, VirtualClock(NIGHT).boottime)
    RawPeer(tmp_path, handshake=False).close()
    server.close()
