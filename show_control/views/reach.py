"""Which surfaces a slot may move, worked out once for a sequence of a file. Pure."""

from __future__ import annotations

from functools import lru_cache

from show_control.engine import nested
from show_control.model import NightFile, Slot
from show_control.views.once import PartOf


@lru_cache(maxsize=4096)
def _moved(of: PartOf) -> frozenset[str]:
    return frozenset(of.file.outputs[o].surface for o in nested.outputs_of(of.file, of.name))


def surfaces_of(file: NightFile, key: str, slot: Slot) -> tuple[str, ...]:
    """Those of its outputs, of what its cues move beside, and of the sequences that they start."""
    claimed = {file.outputs[o].surface for o in slot.outputs}
    return tuple(sorted({slot.surface} | claimed | _moved(PartOf(file, key, slot.sequence))))
