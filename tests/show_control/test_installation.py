"""`lamplighter.toml`: closed without it, every fault in one go with its place and what would be right."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from show_control.installation import CALLS, InstallationFaults, decode, read_installation

WHOLE = """
[remote]
udp = "192.168.10.5:53000"
tcp = "[::1]:53000"
allow = ["192.168.10.0/24", "10.0.0.7", "fd00::/64"]
passcode = "8842"
rights = ["see", "go", "fade_out"]
name = "Stage left"
"""


def faults(text: str) -> list[str]:
    with pytest.raises(InstallationFaults) as told:
        decode(text)
    return [str(fault).removeprefix("lamplighter.toml, ") for fault in told.value.faults]


def remote(**changed: str) -> str:
    lines = {"udp": '"127.0.0.1:53000"', "allow": '["127.0.0.1"]'} | changed
    return "[remote]\n" + "\n".join(f"{key} = {value}" for key, value in lines.items())


def test_without_the_file_nothing_is_opened(tmp_path: Path) -> None:
    assert read_installation(tmp_path).remote is None
    (tmp_path / "lamplighter.toml").write_text("# nothing yet\n", "utf-8")
    assert read_installation(tmp_path).remote is None


def test_every_key_is_read(tmp_path: Path) -> None:
    (tmp_path / "lamplighter.toml").write_text(WHOLE, "utf-8")
    found = read_installation(tmp_path).remote
    assert found is not None
    assert (found.udp, found.tcp) == (("192.168.10.5", 53000), ("::1", 53000))
    wanted = ("192.168.10.0/24", "10.0.0.7", "fd00::/64")
    assert found.allow == tuple(map(ip_network, wanted))
    assert (found.passcode, found.name) == ("8842", "Stage left")
    assert (found.sees, found.calls) == (True, {"go", "fade_out"})
    assert found.rights == ("see", "fade_out", "go")


def test_it_may_see_and_call_where_no_rights_are_named() -> None:
    found = decode(remote()).remote
    assert found is not None
    assert (found.sees, found.calls, found.name) == (True, CALLS, "remote")
    assert found.rights == ("see", "control")


@pytest.mark.parametrize(
    ("rights", "sees", "calls"),
    [
        ('["see"]', True, frozenset()),
        ("[]", False, frozenset()),
        ('["control"]', True, CALLS),
        ('["control", "go"]', True, CALLS),
        ('["fade_out"]', True, frozenset({"fade_out"})),
    ],
)
def test_rights_are_a_ceiling(rights: str, sees: bool, calls: frozenset[str]) -> None:
    found = decode(remote(rights=rights)).remote
    assert found is not None
    assert (found.sees, found.calls) == (sees, calls)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[remot]", ["remot: no such key; write remote"]),
        ("remote = 3", ["remote: it is no table; write [remote] on a line of its own"]),
        (remote(alow='["10.0.0.1"]'), ["remote.alow: no such key; write allow"]),
        (remote(udp='"stage:53000"'), ["remote.udp: 'stage' is not an address of this machine; "]),
        (remote(tcp='"10.0.0.1"'), ["remote.tcp: '10.0.0.1' is not an address and a port; "]),
        (remote(tcp='"10.0.0.1:530000"'), ["remote.tcp: "]),
        (remote(udp="53000"), ["remote.udp: 53000 is not an address and a port; "]),
        (remote(allow="[]"), ["remote.allow: nobody may call; "]),
        (remote(allow='"10.0.0.1"'), ["remote.allow: '10.0.0.1' is not a list; "]),
        (remote(allow="[5]"), ["remote.allow[0]: 5 is neither an address nor a network; "]),
        (
            remote(allow='["127.0.0.1", "10.0.0.1/8"]'),
            ["remote.allow[1]: '10.0.0.1/8' is an address with a network's length; write \"10.0"],
        ),
        (remote(allow='["0.0.0.0/0"]'), ["remote.allow: anybody at all may call, without a pass"]),
        (remote(rights='["edit"]'), ["remote.rights[0]: a remote never edits; leave it out"]),
        (remote(rights='["contol"]'), ["remote.rights[0]: 'contol' is no right; write control"]),
        (remote(rights='["fadeout"]'), ["remote.rights[0]: 'fadeout' is no right; write fade_out"]),
        (remote(name='""'), ["remote.name: it is not a text of 1 to 64 signs; "]),
        ('[remote]\nallow = ["10.0.0.1"]', ["remote: it listens nowhere; "]),
        (
            '[remote]\nudp = "x"\nrights = 3\n',
            ["remote.udp: ", "remote.allow: ", "remote.rights: "],
        ),
        ("[remote", ["line 1, column 8: not TOML: "]),
    ],
)
def test_faults_name_their_place_and_what_would_be_right(text: str, told: list[str]) -> None:
    found = faults(text)
    assert len(found) == len(told), found
    for fault, begins in zip(found, told, strict=True):
        assert fault.startswith(begins)


@pytest.mark.parametrize(
    "text",
    [
        remote(passcode="8842"),
        remote(passcode='"8842" 5'),
        remote(passcode='"' + "8842" * 20 + '"'),
    ],
)
def test_no_fault_tells_the_passcode(text: str) -> None:
    assert "8842" not in " ".join(faults(text))


def test_a_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "lamplighter.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InstallationFaults, match="not to be read"):
        read_installation(tmp_path)
