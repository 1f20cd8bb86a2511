"""Packets of timecode in hex, written from the specifications: Art-Net 4's ArtTimeCode, MIDI's MTC,
Apple's MIDI Network Driver Protocol, RFC 6295's MIDI list."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from show_control.frames import Label, Rate, labelled, nanos, position
from show_control.timecode import artnet, mtc, rtp_midi
from show_control.timecode.seen import Malformed, Seen

PEER = ("10.0.0.9", 5005)


def at(hours: int, minutes: int, seconds: int, frames: int, rate: Rate) -> int:
    return position(Label(hours, minutes, seconds, frames), rate)


def hexed(*parts: str) -> bytes:
    return bytes.fromhex("".join(parts))


# --- Art-Net: ID, OpCode low byte first, ProtVer 14, filler, stream, frames, seconds, minutes, hours, type

HEAD = "4172742D4E657400 0097 000E 00"


@pytest.mark.parametrize(
    ("kind", "rate"), [("00", "24"), ("01", "25"), ("02", "29.97"), ("03", "30")]
)
def test_art_net_says_its_rate(kind: str, rate: Rate) -> None:
    packet = hexed(HEAD, "00 17 3B 02 01", kind)
    assert artnet.read(packet, 0) == Seen(at(1, 2, 59, 23, rate), rate)


def test_art_net_of_another_stream_or_of_another_kind_says_nothing() -> None:
    packet = hexed(HEAD, "02 00 00 00 01 01")
    assert artnet.read(packet, 0) is None
    assert artnet.read(packet, 2) == Seen(at(1, 0, 0, 0, "25"), "25")
    assert artnet.read(hexed("4172742D4E657400 0050 000E 00 00 0100 0002 FF00"), 0) is None


@pytest.mark.parametrize(
    "packet",
    [
        "",
        "4172742D4E6574",
        "4172742D4E657400",
        "4172742D4E657420 0097 000E 00 00 00 00 00 00 00",
        HEAD + "00 00 00 00 01",
        "4172742D4E657400 0097 000D 00 00 00 00 00 00 01",
        HEAD + "00 19 00 00 00 01",
        HEAD + "00 00 3C 00 00 01",
        HEAD + "00 00 00 00 18 01",
        HEAD + "00 00 00 01 00 02",  # 00:01:00;00 is left out
        HEAD + "00 00 00 00 00 04",
    ],
)
def test_art_net_that_is_malformed(packet: str) -> None:
    with pytest.raises(Malformed):
        artnet.read(hexed(packet), 0)


# --- MTC


def pieces(*parts: str) -> list[Seen | None]:
    quarters, seen = mtc.NONE_YET, []
    for part in parts:
        quarters, told = mtc.hear(quarters, hexed(part))
        seen.append(told)
    return seen


EIGHT = ("F1 07", "F1 10", "F1 2B", "F1 33", "F1 42", "F1 50", "F1 61", "F1 72")
"""01:02:59:07 at 25 (rate 1: piece 7 is 0 01 0), said by eight quarter frames."""


def test_eight_quarter_frames_say_the_frame_in_which_the_first_was_sent() -> None:
    seen = pieces(*EIGHT)
    assert seen[:7] == [None] * 7
    began = at(1, 2, 59, 7, "25")
    assert seen[7] == Seen(began + 7 * 10_000_000, "25")


def test_from_there_each_piece_says_where_it_is_by_itself() -> None:
    seen = pieces(*EIGHT, "F1 09", "F1 10")
    began = at(1, 2, 59, 9, "25")
    assert seen[8:] == [Seen(began, "25"), Seen(began + 10_000_000, "25")]


def test_a_piece_that_is_lost_makes_the_set_begin_anew() -> None:
    lost = (*EIGHT[:3], *EIGHT[4:], *EIGHT)
    assert [s is not None for s in pieces(*lost)] == [False] * 14 + [True]


def test_played_backwards_positions_fall() -> None:
    earlier = ("F1 05", *EIGHT[1:])
    seen = [s for s in pieces(*EIGHT, *EIGHT[6::-1], *earlier[::-1]) if s is not None]
    assert [s.position for s in seen] == [
        at(1, 2, 59, 7, "25") + 70_000_000,
        at(1, 2, 59, 5, "25"),
    ]


@pytest.mark.parametrize(
    ("hours", "rate"), [("01", "24"), ("21", "25"), ("41", "29.97"), ("61", "30")]
)
def test_a_full_frame_says_where_it_stands(hours: str, rate: Rate) -> None:
    assert pieces(f"F0 7F 7F 01 01 {hours} 1E 23 14 F7") == [
        Seen(at(1, 30, 35, 20, rate), rate, still=True)
    ]


def test_what_is_no_timecode_says_nothing() -> None:
    others = ("90 3C 40", "F8", "F0 7F 7F 06 01 F7", "F0 7F 7F 01 02 00 00 00 00 F7", "F2 00 10")
    assert pieces(*others) == [None] * 5


def test_datagrams_of_plain_midi_come_apart_into_messages() -> None:
    data = hexed("F1 07 F8 90 3C 40 3C 00 F8 3E 40 C0 05 06 F0 7F 01 F7 F1 10")
    assert [m.hex(" ") for m in mtc.messages(data)] == [
        "f1 07",
        "f8",
        "90 3c 40",
        "90 3c 00",
        "f8",
        "90 3e 40",
        "c0 05",
        "c0 06",
        "f0 7f 01 f7",
        "f1 10",
    ]


@pytest.mark.parametrize("data", ["07", "F1", "F1 07 10", "90 3C", "F0 7F 01"])
def test_plain_midi_that_is_malformed(data: str) -> None:
    with pytest.raises(Malformed):
        list(mtc.messages(hexed(data)))


# --- sessions of MIDI over RTP

INVITED = "FFFF 494E 00000002 12345678 AABBCCDD 4D6163 00"


def invited() -> rtp_midi.Sessions:
    sessions, _ = rtp_midi.command({}, hexed(INVITED), PEER, 1000)
    return sessions


def test_an_invitation_is_accepted_by_name() -> None:
    _, answer = rtp_midi.command({}, hexed(INVITED), PEER, 1000)
    ours = b"Lamplighter".hex()
    assert answer == hexed("FFFF 4F4B 00000002 12345678 4C414D50", ours, "00")


def test_a_clock_question_is_answered_in_tenths_of_a_millisecond() -> None:
    asked = hexed("FFFF 434B AABBCCDD 00 000000 0000000000001234", "00" * 16)
    _, answer = rtp_midi.command(invited(), asked, PEER, 2000)
    assert answer == hexed(
        "FFFF 434B 4C414D50 01 000000 0000000000001234 0000000000004E20", "00" * 8
    )
    third = hexed("FFFF 434B AABBCCDD 02 000000", "00" * 24)
    assert rtp_midi.command(invited(), third, PEER, 2000)[1] is None


def test_who_says_goodbye_or_is_not_heard_for_a_minute_is_gone() -> None:
    ends = hexed("FFFF 4259 00000002 12345678 AABBCCDD")
    assert rtp_midi.command(invited(), ends, PEER, 2000)[0] == {}
    other = hexed("FFFF 494E 00000002 12345678 11111111 00")
    sessions, _ = rtp_midi.command(invited(), other, ("10.0.0.8", 5005), 62_000)
    assert list(sessions) == [("10.0.0.8", 5005)]


RTP = "8061 {sequence} 00000000 AABBCCDD "


def midi(section: str, sequence: str = "0001") -> list[str]:
    packet = hexed(RTP.format(sequence=sequence), section)
    _, heard, _ = rtp_midi.data(invited(), packet, PEER, 1000)
    return [m.hex(" ") for m in heard]


@pytest.mark.parametrize(
    ("section", "messages"),
    [
        ("02 F107", ["f1 07"]),
        ("21 00", []),  # Z: a delta time, and no command after it
        ("05 F107 05 F110", ["f1 07", "f1 10"]),
        ("06 F107 8105 F110", ["f1 07", "f1 10"]),  # a delta time of two bytes
        ("8005 F107 00 F110", ["f1 07", "f1 10"]),  # B: a length of twelve bits
        ("23 00 F107", ["f1 07"]),
        ("42 F107 C0FFEE", ["f1 07"]),  # J: a journal follows, which is not read
        ("07 903C40 00 3C00 00", ["90 3c 40", "90 3c 00"]),  # running status
        ("0A F07F7F0101211E2314F7", ["f0 7f 7f 01 01 21 1e 23 14 f7"]),
        ("0B F07F01F0 00 F70203F7 00F8", ["f0 7f 01 f0", "f7 02 03 f7", "f8"]),
    ],
)
def test_midi_lists(section: str, messages: list[str]) -> None:
    assert midi(section) == messages


@pytest.mark.parametrize(
    "section", ["", "80", "03 F107", "01 F1", "02 0707", "21 81", "05 8181818181", "02 F07F"]
)
def test_midi_lists_that_are_malformed(section: str) -> None:
    with pytest.raises(Malformed):
        midi(section)


def test_rtp_with_a_contributor_and_an_extension() -> None:
    head = "9161 0001 00000000 AABBCCDD 00000001 BEDE 0001 00000000"
    _, heard, _ = rtp_midi.data(invited(), hexed(head, "02 F107"), PEER, 1000)
    assert heard == (b"\xf1\x07",)


def test_a_packet_that_was_overtaken_says_nothing_and_senders_are_told_what_came() -> None:
    packet = lambda n: hexed(RTP.format(sequence=n), "02 F107")  # noqa: E731
    sessions, _, told = rtp_midi.data(invited(), packet("FFFF"), PEER, 1000)
    assert told == hexed("FFFF 5253 4C414D50 FFFF 0000")
    sessions, heard, told = rtp_midi.data(sessions, packet("0001"), PEER, 1500)
    assert (len(heard), told) == (1, None)
    sessions, heard, _ = rtp_midi.data(sessions, packet("0000"), PEER, 1501)
    assert heard == ()
    _, _, told = rtp_midi.data(sessions, packet("0002"), PEER, 2000)
    assert told == hexed("FFFF 5253 4C414D50 0002 0000")


def test_nobody_sends_who_was_not_invited() -> None:
    with pytest.raises(Malformed, match="no session"):
        rtp_midi.data({}, hexed(RTP.format(sequence="0001"), "02 F107"), PEER, 0)


def test_no_more_sessions_than_a_few() -> None:
    sessions: rtp_midi.Sessions = {}
    for n in range(rtp_midi.MOST):
        sessions, _ = rtp_midi.command(sessions, hexed(INVITED), ("10.0.0.1", n), 0)
    same, answer = rtp_midi.command(sessions, hexed(INVITED), PEER, 0)
    assert answer == hexed("FFFF 4E4F 00000002 12345678 4C414D50")
    assert same == sessions


# --- whatever comes is counted, never raised


def everything(packet: bytes) -> None:
    for hear in (
        lambda: artnet.read(packet, 0),
        lambda: reduce(lambda q, m: mtc.hear(q, m)[0], mtc.messages(packet), mtc.NONE_YET),
        lambda: rtp_midi.command(invited(), packet, PEER, 2000),
        lambda: rtp_midi.data(invited(), packet, PEER, 2000),
    ):
        try:
            hear()
        except Malformed:
            pass


PACKETS = st.one_of(
    st.binary(max_size=64),
    st.binary(max_size=32).map(lambda b: hexed(HEAD) + b),
    st.binary(max_size=32).map(lambda b: hexed(RTP.format(sequence="0001")) + b),
    st.tuples(st.sampled_from([b"IN", b"CK", b"BY", b"RS"]), st.binary(max_size=40)).map(
        lambda t: b"\xff\xff" + t[0] + t[1]
    ),
    st.lists(st.integers(0, 127).map(lambda n: bytes((0xF1, n))), max_size=40).map(b"".join),
    st.binary(min_size=4, max_size=4).map(
        lambda b: b"\xf0\x7f\x7f\x01\x01" + bytes(n & 0x7F for n in b) + b"\xf7"
    ),
)


@given(PACKETS)
@settings(max_examples=2000, deadline=None)
@example(b"\xf1\xff")
def test_whatever_comes_is_malformed_at_worst(packet: bytes) -> None:
    everything(packet)


@pytest.mark.soak
@given(PACKETS)
@settings(max_examples=100_000, deadline=None)
def test_a_hundred_thousand_packets_are_malformed_at_worst(packet: bytes) -> None:
    everything(packet)


@given(st.sampled_from(["24", "25", "29.97", "30"]), st.integers(0, 2_000_000))
def test_quarter_frames_say_any_label(rate: Rate, count: int) -> None:
    hours, minutes, seconds, frames = labelled(count, rate)
    kind = {"24": 0, "25": 1, "29.97": 2, "30": 3}[rate]
    parts = [frames & 15, frames >> 4, seconds & 15, seconds >> 4, minutes & 15, minutes >> 4]
    parts += [hours & 15, hours >> 4 | kind << 1]
    seen = pieces(*(f"F1 {n << 4 | nibble:02x}" for n, nibble in enumerate(parts)))[-1]
    assert seen is not None
    assert seen == Seen(nanos(4 * count + 7, rate) // 4, rate)
