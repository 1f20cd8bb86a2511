"""The installation's own settings: `lamplighter.toml` in the data folder, as the player reads it at its start.

Every fault is found in one go, with its place and what would be right. Nothing here keeps a show
from starting: what a fault lies in stays closed.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, get_args

import msgspec

from show_control.engine.state import MINIMUM_SPAN
from show_control.events import CallName
from show_control.model import Millis

FILE: Final = "lamplighter.toml"
CALLS: Final[frozenset[CallName]] = frozenset(get_args(CallName))
RIGHTS: Final = ("see", "control")
NAME: Final = "remote"

_WHERE: Final = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = tuple[str, int]


class Fault(msgspec.Struct, frozen=True):
    """One thing to put right: its place, what is wrong, and what would be right."""

    place: str
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{FILE}, {self.place}: {self.wrong}; {self.right}"


class InstallationFaults(ValueError):
    """All the faults of the file at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))


class RemoteSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where a remote listens, whom it hears, and what they may do at most.

    `name` is in whose name its calls are made; without a `passcode` every address allowed may call.
    Whoever may make any call also sees what it calls: the ceiling is over calls.
    """

    udp: Address | None = None
    tcp: Address | None = None
    allow: tuple[Network, ...]
    passcode: str | None = None
    sees: bool = True
    calls: frozenset[CallName] = CALLS
    name: str = NAME

    @property
    def rights(self) -> tuple[str, ...]:
        """As they would be written: `control` for every call."""
        calls = ("control",) if self.calls == CALLS else tuple(sorted(self.calls))
        return (*(("see",) if self.sees else ()), *calls)


class Installation(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says; without a file, nothing is opened."""

    remote: RemoteSettings | None = None
    minimum_span: Millis = MINIMUM_SPAN


def read_installation(data_dir: Path) -> Installation:
    """Read the file of a data folder; raises InstallationFaults."""
    try:
        text = (data_dir / FILE).read_text("utf-8-sig")
    except FileNotFoundError:
        return Installation()
    except (OSError, UnicodeDecodeError) as fault:
        raise InstallationFaults(
            [Fault("line 1", f"not to be read: {fault}", "write it as text in UTF-8")]
        ) from None
    return decode(text)


def decode(text: str) -> Installation:
    """Read the file's text; raises InstallationFaults."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise InstallationFaults([_not_toml(str(fault), text)]) from None
    except (ValueError, RecursionError) as fault:  # numbers of 5,000 digits, 1,000 brackets
        raise InstallationFaults(
            [Fault("line 1", f"not to be read: {fault}", "see docs/remote.md")]
        ) from None
    walk = _Walk()
    walk.known(document, "", ("remote", "calling"))
    remote = None
    if "remote" in document and (table := walk.table(document, "remote")) is not None:
        remote = _remote(walk, table)
    span = MINIMUM_SPAN
    if "calling" in document and (table := walk.table(document, "calling")) is not None:
        span = _minimum_span(walk, table)
    if walk.faults:
        raise InstallationFaults(walk.faults)
    return Installation(remote=remote, minimum_span=span)


_SPAN: Final = re.compile(r"(\d{1,5})(ms|s)", re.ASCII)


def _minimum_span(walk: _Walk, table: Mapping[str, Any]) -> Millis:
    """How far apart two GOs on one run are at least: up to ten seconds."""
    walk.known(table, "calling.", ("minimum_span",))
    value = table.get("minimum_span", "300ms")
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    span = int(found[1]) * (1 if found[2] == "ms" else 1000) if found else -1
    if not 0 <= span <= 10_000:
        wrong = f"{value!r} is not a length of time of up to 10 s"
        walk.wrong("calling.minimum_span", wrong, 'write minimum_span = "300ms"')
    return span


def _not_toml(reason: str, text: str) -> Fault:
    lines = text.splitlines() or [""]
    where = _WHERE.search(reason)
    at_end = where is None or where[1] is None
    line, column = (len(lines), len(lines[-1]) + 1) if at_end else (int(where[1]), int(where[2]))  # type: ignore[index]  # at_end has asked
    shown = lines[min(line, len(lines)) - 1].strip()
    wrong = f"not TOML: {_WHERE.sub('', reason)}"
    secret = "passcode" in shown  # faults are shown to everybody
    right = "see how TOML writes a text" if secret else f"the line reads: {shown}"
    return Fault(f"line {line}, column {column}", wrong, right)


class _Walk:
    """Gathers faults while values are read; a value that is wrong is None."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def wrong(self, place: str, wrong: str, right: str) -> None:
        self.faults.append(Fault(place, wrong, right))

    def known(self, table: Mapping[str, Any], place: str, names: tuple[str, ...]) -> None:
        """Every other key is a fault."""
        for key in sorted(table.keys() - set(names)):
            close = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
            right = f"write {close[0]}" if close else f"known are {', '.join(names)}"
            self.wrong(f"{place}{key}", "no such key", right)

    def table(self, document: Mapping[str, Any], key: str) -> Mapping[str, Any] | None:
        found = document[key]
        if isinstance(found, dict):
            return found
        self.wrong(key, "it is no table", f"write [{key}] on a line of its own")
        return None

    def text(self, table: Mapping[str, Any], key: str, right: str, most: int = 64) -> str | None:
        """A text that is there and not too long; None where the key is not."""
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, str) and value.strip() and len(value) <= most:
            return value.strip()
        # Not the value itself: faults are shown to everybody, and this may be a passcode.
        self.wrong(f"remote.{key}", f"it is not a text of 1 to {most} signs", right)
        return None

    def each(self, table: Mapping[str, Any], key: str, right: str, read: _Read) -> list[Any]:
        """What is read of each text of a list."""
        values = table.get(key, [])
        if not isinstance(values, list):
            self.wrong(f"remote.{key}", f"{values!r} is not a list", right)
            return []
        found = [read(f"remote.{key}[{n}]", value) for n, value in enumerate(values)]
        return [value for value in found if value is not None]


_Read = Callable[[str, Any], Any]
_KEYS: Final = ("udp", "tcp", "allow", "passcode", "rights", "name")
_ALLOW: Final = 'write networks or addresses: allow = ["192.168.10.0/24"]'


def _remote(walk: _Walk, table: Mapping[str, Any]) -> RemoteSettings | None:
    before = len(walk.faults)
    walk.known(table, "remote.", _KEYS)
    udp, tcp = (_address(walk, table, key) for key in ("udp", "tcp"))
    if "udp" not in table and "tcp" not in table:
        walk.wrong("remote", "it listens nowhere", 'write udp = "192.168.10.5:53000", or tcp')
    allow = walk.each(table, "allow", _ALLOW, lambda place, value: _network(walk, place, value))
    if not table.get("allow"):
        walk.wrong("remote.allow", "nobody may call", _ALLOW)
    passcode = walk.text(table, "passcode", 'write passcode = "7391"')
    if passcode is None and "passcode" not in table and any(n.prefixlen == 0 for n in allow):
        right = "give a passcode, or allow the remote's own network alone"
        walk.wrong("remote.allow", "anybody at all may call, without a passcode", right)
    sees, calls = _rights(walk, table)
    name = walk.text(table, "name", 'write name = "Stage left"') or NAME
    if len(walk.faults) > before:
        return None
    return RemoteSettings(
        udp=udp,
        tcp=tcp,
        allow=tuple(allow),
        passcode=passcode,
        sees=sees,
        calls=calls,
        name=name,
    )


def _address(walk: _Walk, table: Mapping[str, Any], key: str) -> Address | None:
    if key not in table:
        return None
    value, right = table[key], f'write {key} = "192.168.10.5:53000", or 0.0.0.0 for all of ours'
    host, _, port = value.rpartition(":") if isinstance(value, str) else ("", "", "")
    if not port.isascii() or not port.isdigit() or not 0 < int(port[:6]) < 65536:
        walk.wrong(f"remote.{key}", f"{value!r} is not an address and a port", right)
        return None
    try:
        return str(ipaddress.ip_address(host.strip("[]"))), int(port)
    except ValueError:
        walk.wrong(f"remote.{key}", f"{host!r} is not an address of this machine", right)
        return None


def _network(walk: _Walk, place: str, value: Any) -> Network | None:
    try:
        network = ipaddress.ip_network(str(value) if isinstance(value, str) else "", strict=False)
    except ValueError:
        walk.wrong(place, f"{value!r} is neither an address nor a network", _ALLOW)
        return None
    if ipaddress.ip_address(value.partition("/")[0]) != network.network_address:
        wrong = f"{value!r} is an address with a network's length"
        walk.wrong(place, wrong, f'write "{network}", or the address alone')
        return None
    return network


def _rights(walk: _Walk, table: Mapping[str, Any]) -> tuple[bool, frozenset[CallName]]:
    right = 'write rights = ["see", "control"], or the names of single calls'
    told = walk.each(table, "rights", right, lambda place, value: _right(walk, place, value))
    if "rights" not in table:
        return True, CALLS
    calls = CALLS if "control" in told else frozenset(c for c in CALLS if c in told)
    return "see" in told or bool(calls), calls


def _right(walk: _Walk, place: str, value: Any) -> str | None:
    known = (*RIGHTS, *sorted(CALLS))
    if isinstance(value, str) and value in known:
        return value
    if value == "edit":
        walk.wrong(place, "a remote never edits", "leave it out")
        return None
    close = difflib.get_close_matches(str(value), known, n=1, cutoff=0.5)
    right = f"write {close[0]}" if close else "write see, control, or a call's name"
    walk.wrong(place, f"{value!r} is no right", right)
    return None
