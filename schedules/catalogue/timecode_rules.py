"""What must hold of timecodes, and of the cues that go by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address

from schedules.catalogue.index import Index
from schedules.catalogue.machines import Timecode
from schedules.catalogue.model import Cue, Sequence
from schedules.catalogue.values import shown
from schedules.faults import Fault
from show_control import frames

_LISTEN = re.compile(r"udp://([0-9.]+):(\d{1,5})", re.ASCII)
_EXAMPLE = {"artnet": "udp://0.0.0.0:6454", "mtc": "udp://0.0.0.0:5004"}


def timecode_faults(index: Index) -> Iterator[Fault]:
    """All faults of timecodes, and of cues at one."""
    taken: dict[tuple[str, int], str] = {}
    for n, timecode in enumerate(index.festival.timecodes):
        path = f"timecodes[{n}]"
        yield from _listen(timecode, path)
        for place in _places(timecode):
            first = taken.setdefault(place, path)
            if first != path:
                yield Fault(
                    f"{path}.listen",
                    f"{place[0]} is listened to by {first} already",
                    _other(timecode),
                )
                break
    for n, sequence in enumerate(index.festival.sequences):
        yield from _sequence(index, sequence, f"sequences[{n}]")


def _other(timecode: Timecode) -> str:
    return "give it a stream of its own" if timecode.kind == "artnet" else "give each its own port"


def _places(timecode: Timecode) -> list[tuple[str, int]]:
    """What it takes of this machine: an address and, of Art-Net's, the stream."""
    found = _LISTEN.fullmatch(timecode.listen)
    if found is None:
        return []
    if timecode.kind == "artnet":
        return [(timecode.listen, timecode.stream)]
    above = f"udp://{found[1]}:{int(found[2]) + 1}"
    return [(timecode.listen, -1)] if _group(found[1]) else [(timecode.listen, -1), (above, -1)]


def _address(text: str) -> IPv4Address | None:
    try:
        return IPv4Address(text)
    except AddressValueError:
        return None


def _group(host: str) -> bool:
    address = _address(host)
    return address is not None and address.is_multicast


def _listen(timecode: Timecode, path: str) -> Iterator[Fault]:
    found = _LISTEN.fullmatch(timecode.listen)
    if not timecode.listen:
        return  # the walk has told that it is missing
    if found is None or _address(found[1]) is None:
        example = _EXAMPLE.get(timecode.kind, _EXAMPLE["artnet"])
        yield Fault(
            f"{path}.listen",
            f"{shown(timecode.listen)} is not an address to listen to",
            f'write udp://ADDRESS:PORT, such as "{example}"',
        )
        return
    group, port = _group(found[1]), int(found[2])
    last = 65535 if group or timecode.kind != "mtc" else 65534  # a session takes the one above it
    if not 1 <= port <= last:
        yield Fault(f"{path}.listen", f"{port} is not a port", f"from 1 to {last}")
    if group and timecode.kind == "artnet":
        right = "listen to an address of this machine, or to 0.0.0.0"
        yield Fault(f"{path}.listen", "Art-Net is broadcast or sent to one, not to a group", right)
    yield from _details(timecode, path, group=group)


def _details(timecode: Timecode, path: str, *, group: bool) -> Iterator[Fault]:
    if timecode.stream and timecode.kind == "mtc":
        yield Fault(f"{path}.stream", "only Art-Net has streams", "leave it out")
    if timecode.interface is None:
        return
    if not group:
        yield Fault(f"{path}.interface", "only a multicast group is joined by one", "leave it out")
    elif _address(timecode.interface) is None:
        yield Fault(
            f"{path}.interface",
            f"{shown(timecode.interface)} is not an address",
            'write the address that this machine has there, such as "10.0.0.5"',
        )


def _sequence(index: Index, sequence: Sequence, path: str) -> Iterator[Fault]:
    timecode = index.timecodes.get(sequence.timecode or "")
    for n, cue in enumerate(sequence.cues):
        if sequence.timecode is not None and cue.loop is not None:
            message, right = "a sequence at a timecode does not loop", "leave loop out"
            yield Fault(f"{path}.cues[{n}].loop", message, right)
        if cue.timecode is not None:
            yield from _cue(sequence, timecode, cue, f"{path}.cues[{n}]")
        elif sequence.timecode is not None and cue.at is not None:
            yield Fault(
                f"{path}.cues[{n}].at",
                "this sequence's timeline is its timecode",
                "give the cue a timecode instead",
            )
    if sequence.timecode is not None and not any(c.timecode for c in sequence.cues):
        yield Fault(
            f"{path}.timecode", "no cue goes at it", "give a cue its timecode, or leave it out"
        )


def _cue(sequence: Sequence, timecode: Timecode | None, cue: Cue, path: str) -> Iterator[Fault]:
    assert cue.timecode is not None, "asked for cues at one"
    if sequence.timecode is None:
        yield Fault(
            f"{path}.timecode",
            "its sequence follows no timecode",
            'give the sequence timecode = "ID", of a [[timecodes]]',
        )
    if cue.at is not None:
        yield Fault(f"{path}.at", "it has a timecode already", "leave one of them out")
    if cue.pre_wait:
        message = "it goes at its timecode: it waits for nothing"
        yield Fault(f"{path}.pre_wait", message, "leave it out, and write a later timecode")
    if cue.continues != "none":
        message = f"it goes at its timecode, not {cue.continues} another"
        yield Fault(f"{path}.continue", message, "leave continue out, or its timecode")
    if timecode is None or timecode.rate not in frames.RATES or not cue.timecode:
        return
    try:
        frames.counted(frames.read(cue.timecode), timecode.rate)
    except frames.NoSuchFrame as wrong:
        right = "write the label of a frame that is there"
        yield Fault(f"{path}.timecode", str(wrong), right)
