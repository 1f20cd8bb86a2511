"""What planning finds, told once for all the nights that it holds on."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Literal, NamedTuple

from schedules.faults import Fault


class _Finding(NamedTuple):
    path: str
    message: str
    right: str
    severity: Literal["fault", "notice"]


class Findings:
    """Gathers faults and notices by night; `told` names the first night and counts the rest."""

    def __init__(self) -> None:
        self._nights: dict[_Finding, list[date]] = defaultdict(list)

    def fault(self, night: date, path: str, message: str, right: str) -> None:
        """Something without which the plan cannot stand."""
        self._nights[_Finding(path, message, right, "fault")].append(night)

    def notice(self, night: date, path: str, message: str) -> None:
        """Something that the check only says."""
        self._nights[_Finding(path, message, "", "notice")].append(night)

    def told(self, severity: Literal["fault", "notice"]) -> tuple[Fault, ...]:
        """All of one severity, in the order they were found."""
        return tuple(
            Fault(f.path, f"{f.message} on {_on(nights)}", f.right, f.severity)
            for f, nights in self._nights.items()
            if f.severity == severity
        )


def _on(nights: list[date]) -> str:
    first, more = nights[0], len(set(nights)) - 1
    return f"{first}" + (f" and {more} more night{'s' if more > 1 else ''}" if more else "")
