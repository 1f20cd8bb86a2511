"""Which surfaces a slot may move, worked out once for a sequence of a file. Pure."""

from __future__ import annotations

from functools import lru_cache

from show_control.engine import nested
from show_control.model import NightFile, Slot


class _Of:
    """A sequence of a file, told apart by the file's hash."""

    def __init__(self, file: NightFile, key: str, sequence: str) -> None:
        self.file, self.sequence, self.key = file, sequence, (key, sequence)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Of) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=4096)
def _moved(of: _Of) -> frozenset[str]:
    return frozenset(of.file.outputs[o].surface for o in nested.outputs_of(of.file, of.sequence))


def surfaces_of(file: NightFile, key: str, slot: Slot) -> tuple[str, ...]:
    """Those of its outputs, of what its cues move beside, and of the sequences that they start."""
    claimed = {file.outputs[o].surface for o in slot.outputs}
    return tuple(sorted({slot.surface} | claimed | _moved(_Of(file, key, slot.sequence))))
