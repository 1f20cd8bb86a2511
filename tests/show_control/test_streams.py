"""Packets in a stream: RFC 1055's own bytes, OSC 1.0's length, Pixera's header, and bytes that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from show_control.model import Framing
from show_control.streams import LARGEST, Broken, framed, unframing

FRAMINGS: tuple[Framing, ...] = ("slip", "length", "pxr1")

# https://www.rfc-editor.org/rfc/rfc1055: END is C0, ESC DB; in a packet they are DB DC and DB DD.
AWKWARD = bytes.fromhex("01 c0 02 db 03 dbdc dbdd c0c0")
AWKWARD_SLIP = bytes.fromhex("c0 01 dbdc 02 dbdd 03 dbdddc dbdddd dbdcdbdc c0")


def test_slip_has_an_end_on_both_sides_and_escapes() -> None:
    assert framed("slip", AWKWARD) == AWKWARD_SLIP
    assert unframing("slip").feed(AWKWARD_SLIP) == [AWKWARD]


def test_single_and_double_ends_are_understood() -> None:
    single = b"\xc0".join([b"/a\0\0", b"/b\0\0", b""])
    double = b"\xc0/a\0\0\xc0\xc0/b\0\0\xc0"
    assert (
        unframing("slip").feed(single) == unframing("slip").feed(double) == [b"/a\0\0", b"/b\0\0"]
    )


def test_a_length_is_four_bytes_before_the_packet() -> None:
    assert framed("length", b"/wo/play/1\0\0,\0\0\0") == b"\0\0\0\x10/wo/play/1\0\0,\0\0\0"
    # Pixera's own example: 'pxr1', the size with the least significant byte first, the JSON.
    assert framed("pxr1", b"{}" * 200) == b"pxr1\x90\x01\0\0" + b"{}" * 200


@pytest.mark.parametrize("framing", FRAMINGS)
@given(packets=st.lists(st.binary(min_size=1, max_size=80), max_size=6), cut=st.integers(1, 7))
def test_however_the_stream_is_cut_the_packets_come_out(
    framing: Framing, packets: list[bytes], cut: int
) -> None:
    stream = b"".join(framed(framing, packet) for packet in packets)
    taken = unframing(framing)
    found = [p for n in range(0, len(stream), cut) for p in taken.feed(stream[n : n + cut])]
    assert found == packets
    assert taken.malformed == 0


@pytest.mark.parametrize("framing", FRAMINGS)
def test_a_large_reply_is_whole(framing: Framing) -> None:
    reply = bytes(range(256)) * 1024  # 256 KiB
    assert unframing(framing).feed(framed(framing, reply)) == [reply]


def test_a_wrong_escape_costs_its_own_packet_alone() -> None:
    taken = unframing("slip")
    assert taken.feed(b"\xc0/a\0\0\xc0\xdb\x01\xc0/b\0\0\xc0") == [b"/a\0\0", b"/b\0\0"]
    assert taken.malformed == 1


def test_a_packet_without_end_is_let_go_and_no_memory_with_it() -> None:
    taken = unframing("slip")
    for _ in range(2 * LARGEST // 65536 + 2):
        assert taken.feed(b"x" * 65536) == []
    assert taken.feed(b"\xc0/b\0\0\xc0") == [b"/b\0\0"]
    assert taken.malformed == 1


@pytest.mark.parametrize(
    ("framing", "stream"),
    [("length", b"\x7f\xff\xff\xff"), ("pxr1", b"pxr2\x01\0\0\0x"), ("pxr1", b"pxr1\0\0\0\x7f")],
)
def test_what_is_no_stream_is_broken(framing: Framing, stream: bytes) -> None:
    with pytest.raises(Broken):
        unframing(framing).feed(stream)


@given(st.lists(st.binary(max_size=200), max_size=10))
def test_any_bytes_end_in_packets_counts_or_a_break(chunks: list[bytes]) -> None:
    for framing in FRAMINGS:
        taken = unframing(framing)
        try:
            for chunk in chunks:
                taken.feed(chunk)
        except Broken:
            assert framing != "slip"
