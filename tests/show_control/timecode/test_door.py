"""The player's door to timecode on real sockets: Art-Net, MTC by datagram, by multicast, over RTP sessions."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from schedules.compile_timecode import places
from show_control import board
from show_control.clock import SystemClock
from show_control.documents import Board
from show_control.entries import Entry
from show_control.frames import Rate
from show_control.model import Night, NightFile, Timecode
from show_control.player import Player
from show_control.rehearsal import Kept, Nowhere
from show_control.simulator.timecode import Sender, read_label
from show_control.timecode.door import TimecodeDoor
from tests.show_control.house import cue, night_file, play, sequence, slot
from tests.show_control.playbook import loaded

HOUR = 3_600_000


def free_port() -> int:
    """A port free for a pair of sockets."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    return port if port < 65_000 else port - 1000


def house(timecode: Timecode, *labels: str, now: int) -> NightFile:
    """A run that began just now, with a cue at each label."""
    cues = tuple(cue(str(n), play(n), timecode=t, length=HOUR) for n, t in enumerate(labels, 1))
    where = places(cues, timecode.rate)  # type: ignore[arg-type]
    cues = tuple(msgspec.structs.replace(c, at=a) for c, a in zip(cues, where, strict=True))
    show = sequence("show", *cues, timecode=timecode.id)
    file = night_file((show,), (slot("gala", "20:00", "22:00", "show"),), curfew=None)
    (night,) = file.nights
    slots = tuple(
        msgspec.structs.replace(s, starts=now - 1000, ends=now + HOUR) for s in night.slots
    )
    tonight = Night(date=night.date, starts=now - HOUR, ends=now + 2 * HOUR, slots=slots)
    timecodes = {timecode.id: timecode}
    return msgspec.structs.replace(file, nights=(tonight,), timecodes=timecodes)


class Playing:
    """A player that listens, in this very thread; `sent` has the cues whose packets left, and when."""

    def __init__(self, timecode: Timecode, *labels: str) -> None:
        self.timecode = timecode
        self.clock = SystemClock()
        self.sent: dict[str, int] = {}
        self.said: list[str] = []
        self.journal = Kept()
        self.door = TimecodeDoor(self.said.append, try_again=300)
        self.player = Player(
            clock=self.clock,
            journal=self.journal,
            transport=Nowhere(),
            door=self.door,
            asks=False,
            on_sent=lambda p, at: self.sent.setdefault(p.send.cue or "", at) and None,
        )
        self.player.load(loaded(house(timecode, *labels, now=self.clock.now())))
        self.senders: list[Sender] = []

    def sends(self, label: str, **changed: Any) -> Sender:
        timecode = msgspec.structs.replace(self.timecode, **changed)
        sender = Sender(timecode, read_label(label))
        self.senders.append(sender)
        return sender

    def until(self, done: Callable[[], object], within: int = 6000) -> None:
        """Let the loop turn until something is so."""
        ends = self.clock.now() + within
        while not done():
            assert self.clock.now() < ends, f"it never came: {self.statuses()}"
            for sender in self.senders:
                sender.turn(self.clock.boottime())
            self.player.turn(0.002)

    def statuses(self) -> list[str]:
        return [str(e.data["status"]) for e in self.entries("timecode")]

    def entries(self, kind: str) -> list[Entry]:
        return [e for e in self.journal.entries if e.kind == kind]

    def alarms(self) -> list[str]:
        return [a.code for a in self.board().alarms]

    def board(self) -> Board:
        folded = board.EMPTY
        for entry in self.journal.entries:
            folded = board.fold(folded, entry)
        return board.view(folded, self.clock.now())

    def status(self) -> str:
        followed = self.player.state.timecodes.get(self.timecode.id)
        return followed.status if followed is not None else "silent"


@pytest.fixture(params=["artnet", "mtc", "multicast"])
def timecode(request: pytest.FixtureRequest) -> Timecode:
    port = free_port()
    if request.param == "multicast":
        listen, interface = f"udp://239.255.66.37:{port}", "127.0.0.1"
        return Timecode(id="main", kind="mtc", listen=listen, rate="25", interface=interface)
    return Timecode(id="main", kind=request.param, listen=f"udp://127.0.0.1:{port}", rate="25")


@pytest.fixture
def playing(timecode: Timecode) -> Iterator[Callable[..., Playing]]:
    opened: list[Playing] = []

    def play_with(*labels: str, **changed: Any) -> Playing:
        opened.append(Playing(msgspec.structs.replace(timecode, **changed), *labels))
        return opened[-1]

    yield play_with
    for each in opened:
        each.door.close()
        for sender in each.senders:
            sender.close()


@pytest.mark.parametrize("rate", ["25", "29.97"])
def test_cues_go_at_their_frames(playing: Callable[..., Playing], rate: Rate) -> None:
    here = playing("10:00:00:10", "10:00:00:20", rate=rate)
    here.until(lambda: here.door.receivers.sockets)
    began = here.clock.now()
    here.sends("10:00:00:00", rate=rate)
    here.until(lambda: "2" in here.sent)
    assert here.status() == "running"
    each = {"25": 40, "29.97": 1001 / 30}[rate]
    # The sender is of this thread, and has its own lateness: of two cues it is the same.
    assert here.sent["2"] - began == pytest.approx(each * 20, abs=150)
    due = [e.at for e in here.entries("cue_went")]
    assert due[1] - due[0] == pytest.approx(each * 10, abs=60)
    assert [e.data["how"] for e in here.entries("cue_went")] == ["timecode", "timecode"]


def test_it_is_lost_after_a_second_with_an_alarm_and_comes_back(
    playing: Callable[..., Playing],
) -> None:
    here = playing("10:00:02:12")
    sender = here.sends("10:00:00:00")
    here.until(lambda: here.status() == "running")
    assert here.alarms() == []
    sender.give("loss:1200ms", here.clock.boottime())
    lost_at = here.clock.now()
    here.until(lambda: here.status() == "freewheeling")
    here.until(lambda: here.status() == "lost")
    assert 950 <= here.clock.now() - lost_at <= 1300
    assert here.alarms() == ["timecode_lost: main"]
    assert here.board().runs[0].waits["en"].startswith("timecode main is lost, last at 10:00:0")
    here.until(lambda: here.status() == "running")
    assert here.alarms() == []
    here.until(lambda: here.sent)


def test_another_rate_is_an_alarm_and_nothing_goes(playing: Callable[..., Playing]) -> None:
    here = playing("10:00:00:20")
    here.sends("10:00:00:00", rate="30")
    here.until(lambda: here.status() == "stopped")
    assert here.alarms() == ["timecode_rate: main"]
    said = here.board().alarms[0].texts
    assert said["en"].startswith("timecode main says 30 frames a second, the file says 25")
    began = here.clock.now()
    here.until(lambda: here.clock.now() - began > 700)
    assert here.sent == {}


def test_two_senders_are_told_of_and_the_first_is_followed(
    playing: Callable[..., Playing],
) -> None:
    here = playing("10:00:30:00", "20:00:01:00")
    first = here.sends("10:00:00:00")
    here.until(lambda: here.status() == "running")
    here.sends("20:00:00:00")
    here.until(lambda: here.alarms() == ["timecode_senders: main"])
    began = here.clock.now()
    here.until(lambda: here.clock.now() - began > 1100)
    assert here.sent == {}
    assert here.board().timecodes[0].position < 11 * HOUR
    here.senders.remove(first)
    first.close()
    here.until(lambda: here.board().timecodes[0].position > 19 * HOUR)


def test_packets_of_no_sense_are_counted_and_told_of(playing: Callable[..., Playing]) -> None:
    here = playing("10:00:30:00")
    here.until(lambda: here.door.receivers.sockets)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
        address, port = here.timecode.listen.removeprefix("udp://").split(":")
        for packet in (b"", b"\x07", b"Art-Net\x00\x00\x97", b"\xff\xffXX", b"\xf0\x7f"):
            one.sendto(packet, (address, int(port)))
        here.until(lambda: here.said)
    assert "malformed packets of timecode main" in here.said[0]
    here.sends("10:00:00:00")
    here.until(lambda: here.status() == "running")


def test_a_port_that_is_taken_is_an_alarm_until_it_is_free() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        listen = f"udp://127.0.0.1:{other.getsockname()[1]}"
        here = Playing(Timecode(id="main", kind="mtc", listen=listen, rate="25"), "10:00:00:00")
        here.until(lambda: "timecode_listen: main" in here.alarms())
    here.sends("10:00:00:00")
    here.until(lambda: here.status() == "running")
    assert "timecode_listen: main" not in here.alarms()
    here.door.close()
    here.senders[0].close()


class Mac:
    """Who opens a session of MIDI over RTP, written from Apple's page, and sends quarter frames in it."""

    def __init__(self, port: int) -> None:
        self.control, self.data = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in "12")
        for n, sock in enumerate((self.control, self.data)):
            sock.connect(("127.0.0.1", port + n))
            sock.setblocking(False)
        self.sequence = 65_530

    def invites(self, sock: socket.socket) -> None:
        sock.send(bytes.fromhex("FFFF494E 00000002 0BADCAFE 11223344") + b"Mac\x00")

    def answered(self, sock: socket.socket) -> bytes | None:
        try:
            return sock.recv(2048)
        except BlockingIOError:
            return None

    def sends(self, midi: bytes) -> None:
        head = (
            bytes.fromhex("8061")
            + self.sequence.to_bytes(2, "big")
            + bytes.fromhex("0000000011223344")
        )
        self.sequence = (self.sequence + 1) % 65_536
        self.data.send(head + bytes((len(midi),)) + midi)

    def close(self) -> None:
        self.control.close()
        self.data.close()


def test_a_flood_of_frames_moves_no_cue_and_enters_nothing(
    playing: Callable[..., Playing],
) -> None:
    """Five thousand a second: of its own sender each frame again and again, and of one that is not
    followed. The cue goes at the instant that it went at without them."""
    here = playing("10:00:01:05")
    here.until(lambda: here.door.receivers.sockets)
    flood, other = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in "12")
    for one in (flood, other):
        one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
        one.setblocking(False)
        host, port = here.timecode.listen.removeprefix("udp://").split(":")
        one.connect((host, int(port)))
    sender = here.sends("10:00:00:00")
    latest: list[bytes] = []
    say = sender._say
    sender._say = lambda packet: (latest.append(packet), say(packet))[1]  # type: ignore[method-assign]
    here.until(lambda: here.status() == "running")
    before, began, sent = len(here.journal.entries), here.clock.now(), 0

    def pour() -> bool:
        nonlocal sent
        while sent < (here.clock.now() - began) * 5:
            try:
                other.send(latest[-1] if here.timecode.kind == "artnet" else b"\xf1\x25")
                flood.send(b"\xf8" * 20)
            except (BlockingIOError, ConnectionRefusedError):
                pass
            sent += 2
        return bool(here.sent)

    here.until(pour)
    flood.close()
    other.close()
    assert sent > 2500
    (went,) = here.entries("cue_went")
    followed = here.player.state.timecodes["main"]
    assert followed.zero is not None
    assert went.at == followed.zero + 36_001_200
    assert here.sent["1"] - went.at <= 150, "of this thread's own pouring, too"
    kinds = [e.kind for e in here.journal.entries[before:]]
    assert len(kinds) < 20, kinds


def test_a_session_over_rtp_is_joined_and_its_quarter_frames_followed() -> None:
    port = free_port()
    timecode = Timecode(id="main", kind="mtc", listen=f"udp://127.0.0.1:{port}", rate="25")
    here, mac = Playing(timecode, "10:00:00:20"), Mac(port)
    here.until(lambda: here.door.receivers.sockets)
    for sock in (mac.control, mac.data):
        mac.invites(sock)
        answers: list[bytes] = []
        here.until(lambda s=sock, a=answers: a or a.append(mac.answered(s) or b"") or any(a))  # type: ignore[misc, func-returns-value]
    sender = here.sends("10:00:00:00")
    sender._say = mac.sends  # type: ignore[method-assign]
    here.until(lambda: here.sent)
    assert here.board().timecodes[0].sender == f"127.0.0.1:{mac.data.getsockname()[1]}"
    sender.close()
    mac.close()
    here.door.close()
