"""OSC 1.0 on the wire: bytes written out by hand from https://opensoundcontrol.stanford.edu/spec-1_0.html."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from show_control.model import Argument, Message, OscTag
from show_control.osc import Malformed, Unencodable, decode, encode


def arg(tag: OscTag, value: Any = None) -> Argument:
    return Argument(tag=tag, value=value)


# The specification's own examples.
OSCILLATOR = bytes.fromhex(
    "2f6f7363 696c6c61 746f722f 342f6672 65717565 6e637900 2c660000 43dc0000"
)
FOO = bytes.fromhex(
    "2f666f6f 00000000 2c696973 66660000 000003e8 ffffffff 68656c6c 6f000000 3f9df3b6 40b5b22d"
)

PACKETS = [
    (OSCILLATOR, "/oscillator/4/frequency", [arg("f", 440.0)]),
    (
        bytes.fromhex("2f610000 2c544e46 00000000".replace(" ", "")),
        "/a",
        [arg("T", True), arg("N"), arg("F", False)],
    ),
    (
        bytes.fromhex("2f610000 2c680000 ffffffff fffffffe"),
        "/a",
        [arg("h", -2)],
    ),
    (bytes.fromhex("2f610000 2c640000 3fe00000 00000000"), "/a", [arg("d", 0.5)]),
    (bytes.fromhex("2f610000 2c740000 00000000 00000001"), "/a", [arg("t", 1)]),
    (bytes.fromhex("2f610000 2c620000 00000003 c0ffee00"), "/a", [arg("b", "c0ffee")]),
    (bytes.fromhex("2f610000 2c620000 00000000"), "/a", [arg("b", "")]),
    (bytes.fromhex("2f610000 2c730000 ebb98400"), "/a", [arg("s", "비")]),
    (bytes.fromhex("2f616263 00000000 2c000000"), "/abc", []),
]


@pytest.mark.parametrize(("packet", "address", "args"), PACKETS)
def test_a_message_is_these_bytes_both_ways(
    packet: bytes, address: str, args: list[Argument]
) -> None:
    assert encode(address, args) == packet
    assert decode(packet) == [Message(address=address, args=tuple(args))]


def test_the_specifications_second_example_is_read() -> None:
    [message] = decode(FOO)
    assert [a.tag for a in message.args] == ["i", "i", "s", "f", "f"]
    assert [a.value for a in message.args[:3]] == [1000, -1, "hello"]
    assert encode(message.address, message.args) == FOO


def test_a_bundle_is_opened_and_its_time_tag_ignored() -> None:
    inner = b"#bundle\0" + bytes(8) + len(FOO).to_bytes(4, "big") + FOO
    far = bytes.fromhex("ffffffff ffffffff")
    bundle = b"#bundle\0" + far
    for element in (OSCILLATOR, inner):
        bundle += len(element).to_bytes(4, "big") + element
    assert [m.address for m in decode(bundle)] == ["/oscillator/4/frequency", "/foo"]
    assert decode(b"#bundle\0" + far) == []


def test_tags_may_be_left_out_where_there_are_no_arguments() -> None:
    assert decode(b"/go\0") == [Message(address="/go")]


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("i", 2**31),
        ("i", -(2**31) - 1),
        ("i", 1.0),
        ("i", True),
        ("i", None),
        ("h", 2**63),
        ("t", -1),
        ("t", 2**64),
        ("f", math.nan),
        ("f", math.inf),
        ("f", 1e300),
        ("f", "1"),
        ("f", False),
        ("d", -math.inf),
        ("s", 1),
        ("s", "a\0b"),
        ("s", "\ud800"),
        ("b", "not hex"),
        ("b", 1),
        ("T", False),
        ("F", 1),
        ("N", 0),
    ],
)
def test_what_a_tag_cannot_carry_is_refused_by_name(tag: OscTag, value: Any) -> None:
    with pytest.raises(Unencodable, match=f"^{tag} cannot carry"):
        encode("/a", [arg(tag, value)])


def test_the_greatest_and_least_numbers_are_carried() -> None:
    args = [arg("i", 2**31 - 1), arg("i", -(2**31)), arg("h", 2**63 - 1), arg("t", 2**64 - 1)]
    assert list(decode(encode("/a", args))[0].args) == args


@pytest.mark.parametrize("address", ["", "a", "a/b", "/a\0b"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises((Unencodable, ValueError)):
        encode(address)


@pytest.mark.parametrize(
    "packet",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"abc", id="not a multiple of four"),
        # disguise sends addresses without the slash; python-osc drops them without a word.
        pytest.param(b"d3/showcontrol\0\0,\0\0\0", id="no slash"),
        # python-osc reads the c as nothing and takes 65 for the i.
        pytest.param(bytes.fromhex("2f610000 2c636900 00000041 00000007"), id="unknown tag"),
        pytest.param(bytes.fromhex("2f610000 2c536900 73790000 00000007"), id="symbol"),
        pytest.param(bytes.fromhex("2f610000 2c690000"), id="no bytes for the int"),
        # python-osc pads it.
        pytest.param(bytes.fromhex("2f610000 2c660000"), id="no bytes for the float"),
        pytest.param(bytes.fromhex("2f610000 2c690000 00000001 00000002"), id="bytes left over"),
        pytest.param(bytes.fromhex("2f610000 69000000 00000001"), id="tags without a comma"),
        pytest.param(b"/aaa", id="an address without an end"),
        pytest.param(bytes.fromhex("2f610000 2c730000 61626364"), id="text without an end"),
        pytest.param(bytes.fromhex("2f610000 2c730000 ff000000"), id="text that is not UTF-8"),
        pytest.param(bytes.fromhex("2f610000 2c620000 00000009 00000000"), id="a short blob"),
        pytest.param(bytes.fromhex("2f610000 2c620000 fffffff8"), id="a blob of negative size"),
        pytest.param(bytes.fromhex("2f610000 2c660000 7fc00000"), id="not a number"),
        pytest.param(bytes.fromhex("2f610000 2c640000 7ff00000 00000000"), id="infinite"),
        pytest.param(b"#bundle\0" + bytes(4), id="a bundle without a time"),
        pytest.param(b"#bundle\0" + bytes(8) + bytes(4), id="an element of no size"),
        pytest.param(b"#bundle\0" + bytes(8) + b"\0\0\0\x08/a\0\0", id="a short element"),
        pytest.param(b"#bundle\0" + bytes(8) + b"\xff\xff\xff\xfc/a\0\0", id="an endless element"),
    ],
)
def test_what_is_not_osc_as_we_read_it_is_malformed(packet: bytes) -> None:
    with pytest.raises(Malformed):
        decode(packet)


def test_bundles_in_bundles_come_to_an_end() -> None:
    packet = OSCILLATOR
    for _ in range(3000):
        packet = b"#bundle\0" + bytes(8) + len(packet).to_bytes(4, "big") + packet
    with pytest.raises(Malformed, match="too deep"):
        decode(packet)


_ARGUMENTS = st.one_of(
    st.integers(-(2**31), 2**31 - 1).map(lambda v: arg("i", v)),
    st.integers(-(2**63), 2**63 - 1).map(lambda v: arg("h", v)),
    st.integers(0, 2**64 - 1).map(lambda v: arg("t", v)),
    st.floats(width=32, allow_nan=False, allow_infinity=False).map(lambda v: arg("f", v)),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda v: arg("d", v)),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])).map(
        lambda v: arg("s", v)
    ),
    st.binary().map(lambda v: arg("b", v.hex())),
    st.sampled_from([arg("T", True), arg("F", False), arg("N")]),
)


@given(st.lists(_ARGUMENTS))
def test_what_is_encoded_is_decoded(args: list[Argument]) -> None:
    assert decode(encode("/a/b", args)) == [Message(address="/a/b", args=tuple(args))]


DATAGRAMS = st.one_of(
    st.binary(),
    st.binary().map(lambda b: b"/a\0\0" + b + bytes(-len(b) % 4)),
    st.tuples(st.text("ifsbTFNhdtcSrmI[]", max_size=6), st.binary()).map(
        lambda t: b"/a\0\0" + (f",{t[0]}".encode() + bytes(7))[:8] + t[1] + bytes(-len(t[1]) % 4)
    ),
    st.lists(st.binary(max_size=200).map(lambda b: b + bytes(-len(b) % 4))).map(
        lambda parts: (
            b"#bundle\0" + bytes(8) + b"".join(bytes([0, 0, 0, len(p)]) + p for p in parts)
        )
    ),
)


def decodes_or_is_malformed(datagram: bytes) -> None:
    try:
        messages = decode(datagram)
    except Malformed:
        return
    # What was read can be said again, and is read the same.
    for message in messages:
        assert decode(encode(message.address, message.args)) == [message]


@given(DATAGRAMS)
def test_decoding_raises_malformed_and_nothing_else(datagram: bytes) -> None:
    decodes_or_is_malformed(datagram)


@pytest.mark.soak
@settings(max_examples=100_000, deadline=None)
@given(DATAGRAMS)
def test_a_hundred_thousand_datagrams_raise_malformed_and_nothing_else(datagram: bytes) -> None:
    decodes_or_is_malformed(datagram)
