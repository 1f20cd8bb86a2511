"""The festival file in: TOML text to a Festival, or all its faults in one go."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any

import msgspec

from schedules.catalogue.dialect_rules import dialect_faults
from schedules.catalogue.machines import Dialect
from schedules.catalogue.model import Festival
from schedules.catalogue.rules import cross_faults
from schedules.catalogue.walk import Walk
from schedules.faults import Fault, FestivalFaults

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def decode(text: str, dialects: Iterable[Dialect] = ()) -> Festival:
    """Read a festival file; raises FestivalFaults with every fault that it has.

    `dialects` are those of the data folder; they stand beside the file's own.
    """
    festival, faults = read(text, dialects)
    if faults:
        raise FestivalFaults(faults)
    return festival


def read(text: str, dialects: Iterable[Dialect] = ()) -> tuple[Festival, tuple[Fault, ...]]:
    """Read what can be read, beside all faults; raises FestivalFaults for what is not TOML.

    Where there are faults the festival is for judging what else is wrong, never to run:
    what could not be read is left at its default.
    """
    walk = Walk()
    festival: Festival = walk.table(_parsed(text), Festival)
    own = {d.name for d in festival.dialects}
    more = (d for d in dialects if d.name not in own)
    festival = msgspec.structs.replace(festival, dialects=(*festival.dialects, *more))
    faults = [*walk.faults, *cross_faults(festival, walk)]
    return festival, tuple(sorted(faults, key=lambda fault: _order(fault.path)))


def read_dialect(text: str) -> Dialect:
    """Read a dialect's own file; raises FestivalFaults with every fault that it has."""
    walk = Walk()
    dialect: Dialect = walk.table(_parsed(text), Dialect)
    told = [fault.path for fault in walk.faults]
    found = [f for f in dialect_faults(dialect, "") if not any(f.path.startswith(p) for p in told)]
    if faults := [*walk.faults, *found]:
        raise FestivalFaults(sorted(faults, key=lambda fault: _order(fault.path)))
    return dialect


def _order(path: str) -> list[tuple[int, str]]:
    """Lists by their numbers, not their digits; tables in the alphabet's order."""
    parts = re.split(r"[.\[\]]+", path)
    return [(int(p), "") if p.isdecimal() else (-1, p) for p in parts]


def _parsed(text: str) -> dict[str, Any]:
    text = text.removeprefix("\ufeff")  # some editors of Windows put one there
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FestivalFaults([_not_toml(str(error), text)]) from None
    except (ValueError, RecursionError) as error:  # 5,000 digits; 1,000 brackets
        raise FestivalFaults([Fault("line 1", f"not to be read: {error}")]) from None


def _not_toml(reason: str, text: str) -> Fault:
    lines = text.splitlines() or [""]
    where = _WHERE.search(reason)
    line, column = len(lines), len(lines[-1]) + 1
    if where and where[1]:
        line, column = int(where[1]), int(where[2])
    shown = lines[min(line, len(lines)) - 1].strip()
    return Fault(
        f"line {line}, column {column}",
        f"not TOML: {_WHERE.sub('', reason)}",
        f"the line reads: {shown}" if shown else "the line is empty",
    )
