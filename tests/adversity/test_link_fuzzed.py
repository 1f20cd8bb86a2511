"""Peers that send anything: the player goes on, and the other peers notice nothing."""

import random
from contextlib import closing, suppress
from pathlib import Path

import pytest

from show_control.clock import SystemClock
from show_control.events import Call
from show_control.link import CallFrame, Hello, LoadFrame, Reply, Welcome
from show_control.link.frames import pack
from tests.show_control.link_loop import RawPeer, SmallPlayer, small_player

CALL = CallFrame(id=1, call=Call(call="go", run="seoul.x", standby="6.5", standby_count=3), made=1)
SEEDS = [pack(f) for f in (CALL, LoadFrame(id=2, packed=b"x" * 50), Hello(name="x", ceiling="see"))]


def nonsense(chance: random.Random) -> bytes:
    """Random bytes, or a good frame with some of its bytes changed, cut off or doubled."""
    if chance.random() < 0.3:
        return chance.randbytes(chance.randrange(2_000))
    frame = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randrange(4)):
        frame[chance.randrange(len(frame))] = chance.randrange(256)
    return bytes(frame[: chance.randrange(1, len(frame) + 1)]) * chance.randrange(1, 3)


def badly(folder: Path, chance: random.Random) -> None:
    """One peer's life: nonsense in good WebSocket messages, or below them."""
    peer = RawPeer(folder, handshake=chance.random() < 0.9)
    with closing(peer), suppress(ConnectionError):
        if peer.handshaken:
            peer.say(Hello(name="bad", ceiling="load"))
        for _ in range(chance.randrange(1, 20)):
            if peer.handshaken and chance.random() < 0.8:
                peer.protocol.send_binary(nonsense(chance))
                peer.put()
            else:
                peer.sock.sendall(nonsense(chance))


def is_well(player: SmallPlayer, folder: Path) -> bool:
    with closing(RawPeer(folder)) as peer:
        peer.say(Hello(name="good", ceiling="call"))
        assert isinstance(peer.hear(), Welcome)
        peer.say(CallFrame(id=9, call=Call(call="hold"), made=player.clock.boottime()))
        while not isinstance(peer.hear(), Reply):
            pass
    return True


def fuzz(folder: Path, lives: int) -> None:
    chance = random.Random(2_025)  # noqa: S311 - the same nonsense every time
    with small_player(folder, SystemClock()) as player:
        for life in range(lives):
            badly(folder, chance)
            assert life % 20 or is_well(player, folder)
        assert is_well(player, folder)


def test_nonsense_hurts_nobody_but_its_peer(tmp_path: Path) -> None:
    fuzz(tmp_path, 200)


@pytest.mark.soak
def test_much_nonsense(tmp_path: Path) -> None:
    fuzz(tmp_path, 20_000)
