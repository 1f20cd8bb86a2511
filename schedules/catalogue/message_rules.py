"""What must hold of an OSC message with places to fill in: its address and its arguments."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping

from schedules.catalogue.machines import Message
from schedules.catalogue.values import shown
from schedules.faults import Fault, one_of

PLACES = ("clip", "value", "fade", "seconds")

_NOT_IN_ADDRESS = re.compile(r"[\s#*,?\[\]]|[^\x20-\x7e]")
_WORD_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_RANGES = {
    "i": (-(2**31), 2**31 - 1),
    "h": (-(2**63), 2**63 - 1),
    "t": (0, 2**64 - 1),
}
FLOAT32_MAX = 3.4028234663852886e38
FLOAT64_MAX = sys.float_info.max
_TAGS = ("i", "f", "s", "b", "T", "F", "N", "h", "d", "t")


def message_faults(message: Message, path: str, places: Collection[str]) -> Iterator[Fault]:
    """All faults of one message."""
    yield from _osc_address(message.address, f"{path}.address", places)
    for n, argument in enumerate(message.args):
        yield from _argument(argument, f"{path}.args[{n}]", places)


def _osc_address(address: str, path: str, places: Collection[str]) -> Iterator[Fault]:
    yield from _braces(address, path, places)
    plain = _WORD_IN_BRACES.sub("", address)
    if address and (not address.startswith("/") or _NOT_IN_ADDRESS.search(plain)):
        yield Fault(
            path,
            f"{shown(address)} is not an OSC address",
            "begin with / and use no spaces and none of # * , ? [ ]",
        )


def _braces(text: str, path: str, places: Collection[str]) -> Iterator[Fault]:
    words = _WORD_IN_BRACES.findall(text)
    for word in words:
        if word not in places:
            yield Fault(
                path,
                f"nothing is filled in for {{{word}}}",
                one_of(word, places),
            )
    rest = _WORD_IN_BRACES.sub("", text)
    if "{" in rest or "}" in rest:
        yield Fault(path, f"a brace without its other in {shown(text)}", "write {clip}")


def _argument(
    argument: Mapping[str, object], path: str, places: Collection[str]
) -> Iterator[Fault]:
    if len(argument) != 1:
        yield Fault(
            path,
            "an argument has one OSC type and its value",
            'write { i = 1 } or { s = "{clip}" }',
        )
        return
    ((tag, value),) = argument.items()
    if tag not in _TAGS:
        yield Fault(
            f"{path}.{tag}",
            f"there is no OSC type {tag}",
            f"one of {' '.join(_TAGS)}",
        )
    elif isinstance(value, str):
        yield from _text_value(tag, value, f"{path}.{tag}", places)
    elif not _carries(tag, value):
        yield Fault(f"{path}.{tag}", f"{tag} cannot carry {shown(value)}", _right(tag))


def _text_value(tag: str, value: str, path: str, places: Collection[str]) -> Iterator[Fault]:
    faults = list(_braces(value, path, places))
    yield from faults
    whole = _WORD_IN_BRACES.fullmatch(value)
    hexed = tag == "b" and re.fullmatch(r"([0-9A-Fa-f]{2})*", value)
    if tag == "s" and "\0" in value:
        yield Fault(path, "an OSC text ends at its first NUL", "leave the NUL out")
    if not (faults or tag == "s" or hexed or (whole and tag in "ihtfd")):
        yield Fault(path, f"{tag} cannot carry the text {shown(value)}", _right(tag))


def _carries(tag: str, value: object) -> bool:
    if tag in "TFN":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if tag in _RANGES:
        low, high = _RANGES[tag]
        return isinstance(value, int) and low <= value <= high
    largest = FLOAT32_MAX if tag == "f" else FLOAT64_MAX
    return tag in "fd" and isinstance(value, int | float) and abs(value) <= largest


def _right(tag: str) -> str:
    if tag in "TFN":
        return f"write {{ {tag} = true }}: the type says it all"
    if tag in "ih":
        return f'write {{ {tag} = 1 }}, {{ {tag} = "{{clip}}" }}, or a text as s'
    return {
        "t": "write the 64 bits of the time tag as a number",
        "b": 'write bytes in hex, such as { b = "00ff" }',
        "s": 'write { s = "..." }',
    }.get(tag, f'write {{ {tag} = 0.5 }}, {{ {tag} = "{{value}}" }}, or a text as s')
