"""What is worked out once for a part of a night file (pure)."""

from __future__ import annotations

from show_control.model import NightFile


class PartOf:
    """A part of a night file by its name, told apart by the file's hash: what a cache remembers by."""

    def __init__(self, file: NightFile, key: str, name: str) -> None:
        self.file, self.name, self._both = file, name, (key, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartOf) and other._both == self._both

    def __hash__(self) -> int:
        return hash(self._both)
