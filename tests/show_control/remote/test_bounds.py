"""Floods, half-open connections, slow readers, bundles from tomorrow: no cue moves, and little is held."""

from __future__ import annotations

import random
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from show_control.remote.wire import LARGEST, MOST_CALLERS, MOST_OF_ONE, MOST_SENDERS
from tests.show_control.house import LOOP, cue, night_file, play, sequence, slot
from tests.show_control.remote.client import LOCAL, Udp, bundled, packed, slipped
from tests.show_control.remote.stage import Stage

FEW, MANY = 2_000, 100_000


@pytest.mark.parametrize("fuzz", [FEW, pytest.param(MANY, marks=pytest.mark.soak)])
def test_fuzzed_packets_end_in_counted_refusals(stage: Stage, fuzz: int) -> None:
    chance = random.Random(fuzz)  # noqa: S311 - the same each time
    udp, tcp = stage.udp(), stage.tcp()
    for n in range(fuzz):
        packet = fuzzed(chance)
        if n % 2:
            udp.sock.sendto(packet, udp.to)
        else:
            tcp.sock.sendall(slipped(packet, both=bool(chance.getrandbits(1))))
        stage.turn()
    for _ in range(50):
        stage.turn()
    counts = stage.remote.gate.counts
    assert counts["malformed"] > fuzz // 4
    assert stage.went() == []
    assert not stage.entries("alarm"), "no fault of ours"
    fresh = stage.tcp()
    fresh.data("/go")
    assert stage.went() == ["1"], "it is heard as before"


WORDS = ("/go/", "/cue/1/start", "/cue/*/name", "/lamplighter/wall/go", "/playhead/next", "/cueLists",
         "/workspace/wall/cue_id/", "/connect", "/cue/active/valuesForKeys", "/udpReplyPort", "/select")  # fmt: skip


def fuzzed(chance: random.Random) -> bytes:
    """Noise; or a message with some of it cut off, or changed; or a word that means nothing here."""
    kind = chance.randrange(4)
    if kind == 0:
        return chance.randbytes(chance.randrange(1, 200))
    word = chance.choice(WORDS) + chance.choice(("", "/", "\u00e9", "x" * 300, "/" * 40, "zz"))
    args: tuple[Any, ...] = tuple(
        chance.choice((0, 2**31 - 1, -1.5, 0.0, "", "[", "\u2603", False)) for _ in range(3)
    )
    packet = bytearray(packed(f"{word}?{chance.random()}", *args))
    if kind == 1:
        return bytes(packet[: chance.randrange(1, len(packet))])
    if kind == 2:
        for _ in range(chance.randrange(1, 6)):
            packet[chance.randrange(len(packet))] = chance.randrange(256)
    return bytes(packet)


def test_a_bundle_from_tomorrow_is_acted_on_at_once_and_never_later(stage: Stage) -> None:
    box = stage.udp()
    tomorrow = struct.unpack(">Q", b"\xff\xff\xff\xff\0\0\0\0")[0]
    go = bundled(packed("/lamplighter/wall/go"), tag=tomorrow)
    box.sock.sendto(go, box.to)
    assert box.next("/lamplighter/reply").args[1] == "done"
    assert stage.went() == ["1"]
    stage.wait(3600_000)
    assert stage.went() == ["1"]


def test_bundles_and_packets_that_are_too_long_are_counted_and_dropped(stage: Stage) -> None:
    box = stage.udp()
    box.sock.sendto(bundled(*[packed("/thump")] * 17), box.to)
    box.sock.sendto(packed("/lamplighter/wall/note", "x" * LARGEST), box.to)
    assert box.nothing_comes()
    counts = stage.remote.gate.counts
    assert (counts["bundles too long"], counts["packets too long"]) == (1, 1)
    tcp = stage.tcp()
    for _ in range(64):
        tcp.sock.sendall(b"x" * 1024)
        stage.turn()
    assert sum(map(len, connection(stage).unframing._begun)) <= 2 * LARGEST  # type: ignore[attr-defined]
    tcp.sock.sendall(b"\xc0")
    assert tcp.data("/version").startswith("5.")
    assert counts["malformed"] == 1


def connection(stage: Stage) -> Any:
    assert stage.remote._streams is not None
    return next(iter(stage.remote._streams._connections.values()))


def test_a_hundred_half_open_connections_keep_nobody_out(stage: Stage) -> None:
    talking = stage.tcp()
    talking.data("/version")
    silent = []
    for _ in range(100):
        silent.append(stage.tcp())
        stage.turn()
    assert stage.remote._streams is not None
    assert len(stage.remote._streams._connections) <= min(MOST_CALLERS, MOST_OF_ONE)
    assert talking.data("/thump") == "thump", "who speaks is not cut for who does not"
    late = stage.tcp()
    late.data("/go")
    assert stage.went() == ["1"]


def test_who_has_spoken_keeps_their_place_and_more_are_turned_away(stage: Stage) -> None:
    talking = [stage.tcp() for _ in range(MOST_OF_ONE)]
    for client in talking:
        client.data("/version")
    with pytest.raises(ConnectionError):
        stage.tcp().ask("/version")
    assert stage.remote.gate.counts["turned away, too many"] == 1
    assert talking[0].data("/thump") == "thump"


def test_senders_of_datagrams_are_few(tmp_path: Path) -> None:
    stage = Stage(tmp_path, allow=["127.0.0.0/8"])
    for n in range(1, MOST_SENDERS + 100):
        box = stage.udp(f"127.0.{n // 250}.{n % 250 + 1}")
        box.send("/thump")
        stage.turn()
        box.close()
    assert stage.remote._datagrams is not None
    assert len(stage.remote._datagrams.callers) == MOST_SENDERS
    stage.close()


@pytest.fixture
def long(tmp_path: Path) -> Iterator[Stage]:
    """A run of many cues, whose lists are long."""
    cues = (cue(str(n), play(n), length=100) for n in range(1, 1501))
    slots = (slot("gala", "20:10", "20:30", "long", start="manual"),)
    stage = Stage(tmp_path, night_file((LOOP, sequence("long", *cues)), slots))
    yield stage
    stage.close()


def test_who_does_not_read_is_cut_and_holds_no_more_than_some_megabytes(long: Stage) -> None:
    slow = long.tcp()
    slow.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    for _ in range(200):
        slow.send("/cueLists")
    for _ in range(400):
        long.turn()
    waiting = len(connection(long).output)
    assert 0 < waiting < 5 << 20
    for _ in range(7):
        long.wait(1000)
    assert long.remote.gate.counts["cut, as they do not read"] == 1
    assert long.remote.callers == []


def test_a_long_answer_waits_for_room_between_cues_and_a_go_does_not(long: Stage) -> None:
    client = long.tcp()
    client.data("/go")
    long.wait(99)  # one of the cues ends in a millisecond; none is due, so there is room
    client.send("/cueLists")
    assert len(client.next("/reply/cueLists").json["data"][0]["cues"]) == 1500


def test_a_flood_moves_no_call_by_more_than_a_few_turns(stage: Stage) -> None:
    flood, box = stage.udp(), stage.udp()
    for _ in range(160):
        flood.sock.sendto(packed("/cue/1/nonsense", 1), flood.to)
    box.send("/lamplighter/wall/go")
    for _ in range(12):  # 160 datagrams are ten turns
        stage.turn()
    assert stage.went() == ["1"]


def test_a_call_that_waited_in_the_kernel_is_refused_and_not_made_late(stage: Stage) -> None:
    """A player that was stopped finds presses of before: the kernel says how old they are."""
    box = stage.udp()
    box.send("/lamplighter/wall/go")
    stage.clock.step_wall(
        age_of(stage) + 2000
    )  # the machine's clock is two seconds after the press
    what, why = box.next("/lamplighter/reply").args[1:3]
    assert what == "refused"
    assert why.startswith("this call came ")
    assert stage.went() == []
    box.send("/lamplighter/wall/fade_out")
    assert box.next("/lamplighter/reply").args[1] == "done"


def age_of(stage: Stage) -> int:
    """How far the stage's wall clock is from this machine's, in milliseconds."""
    from show_control.clock import SystemClock  # noqa: PLC0415 - for this alone

    return SystemClock().wall() - stage.clock.wall()


def test_a_reply_that_nobody_hears_is_no_fault(stage: Stage) -> None:
    gone: Udp = stage.udp()
    gone.send("/go")  # answered at port 53001, where nobody is
    for _ in range(5):
        stage.turn()
    assert stage.went() == ["1"]
    assert LOCAL in stage.remote.callers[0].ip


def test_what_is_to_be_done_by_and_by_keeps_no_cue_from_going(stage: Stage) -> None:
    """The remote's second is over, an answer is overdue, and a cue ended, a moment before a cue."""
    client = stage.tcp()
    client.data("/updates", 1)
    client.data("/cue/3/start")  # 4 follows it after ten seconds
    stage.clock.wait_exactly(stage.clock.now() + 9_000)
    client.send("/lamplighter/wall/note", "just before")
    stage.turn()
    stage.clock.wait_exactly(stage.clock.now() + 997)
    assert stage.player.busy()
    for _ in range(3):
        stage.player.turn(0.0)
    assert stage.went() == ["3", "4"]
    assert client.next("/lamplighter/reply").args[1] == "done"


def test_a_fault_of_ours_stops_no_night(stage: Stage) -> None:
    client = stage.tcp()

    class Broken:
        def act(self, *_: object) -> None:
            raise ZeroDivisionError("a fault of ours")

    whole, stage.remote._acting = stage.remote._acting, Broken()  # type: ignore[assignment]  # as it should be
    client.send("/go")
    assert client.nothing_comes()
    stage.remote._acting = whole
    assert client.data("/go") is None
    stage.went()
    (alarm,) = stage.entries("alarm")
    assert alarm.reason == "/go failed: ZeroDivisionError('a fault of ours')"


def test_news_that_pile_up_before_cues_become_one(stage: Stage) -> None:
    listener = stage.tcp()
    listener.data("/updates", 1)
    (workspace,) = listener.data("/workspaces")
    listener.heard.clear()
    stage.remote._news.extend([("/cue_id/x", None)] * 600)
    stage.turn()
    listener.data("/thump")
    told = [h.address for h in listener.heard if h.address.startswith("/update")]
    assert told == [f"/update/workspace/{workspace['uniqueID']}"]
