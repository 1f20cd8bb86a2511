"""Messages with places in braces, filled in: the clip, a value, a fade, an output's params."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from show_control.dialects.dialect import Inexpressible, Timed
from show_control.model import Argument, Message, Millis, OscTag

Values = Mapping[str, int | float | str]

_PLACE: Final = re.compile(r"\{(\w+)\}")
_WHOLE: Final = ("i", "h", "t")
_BROKEN: Final = ("f", "d")


def places(message: Message) -> Iterator[str]:
    """The words in braces of a message."""
    yield from _PLACE.findall(message.address)
    for argument in message.args:
        if isinstance(argument.value, str):
            yield from _PLACE.findall(argument.value)


def timed(message: Message, values: Values, at: Millis, ramp: str | None = None) -> Timed:
    """A message to leave at an instant."""
    full = filled(message, values)
    return Timed(at, full.address, full.args, ramp)


def filled(message: Message, values: Values) -> Message:
    """A message with what is known filled in.

    An argument that is one place and nothing else takes the value under the argument's own tag; within
    longer text it is written out.
    """
    args = tuple(_argument(argument, values) for argument in message.args)
    return Message(address=written(message.address, values), args=args)


def written(text: str, values: Values) -> str:
    """Text with what is known written into it."""
    return _PLACE.sub(lambda f: _text(values[f[1]]) if f[1] in values else f[0], text)


def _argument(argument: Argument, values: Values) -> Argument:
    if not isinstance(argument.value, str):
        return argument
    place = _PLACE.fullmatch(argument.value)
    whole = place is not None and place[1] in values
    value = values[place[1]] if place and whole else written(argument.value, values)
    return Argument(tag=argument.tag, value=_typed(argument.tag, value))


def _typed(tag: OscTag, value: int | float | str) -> int | float | str:
    try:
        if tag in _WHOLE:
            return int(value) if isinstance(value, str) else round(value)
        return float(value) if tag in _BROKEN else _text(value)
    except ValueError as e:
        raise Inexpressible(f"{value!r} is no number, and its argument is {tag}") from e


def _text(value: int | float | str) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)
