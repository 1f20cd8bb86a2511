"""What must hold of a timeline: of the cues that have a place on it, and of what lies between."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.model import Cue, Sequence
from schedules.faults import Fault


def timeline_faults(sequence: Sequence, path: str) -> Iterator[Fault]:
    """A cue on a timeline goes at its place, and by nothing else; the file has them in that order."""
    before: Cue | None = None
    for n, cue in enumerate(sequence.cues):
        if cue.at is None:
            continue
        yield from _placed(cue, f"{path}.cues[{n}]")
        if before is not None and before.at is not None and cue.at < before.at:
            yield Fault(
                f"{path}.cues[{n}].at",
                f"cue {cue.number} lies before cue {before.number} on the timeline, and after it"
                " in the file",
                "put the cues in the order of their at",
            )
        before = cue


def _placed(cue: Cue, path: str) -> Iterator[Fault]:
    if cue.continues != "none":
        yield Fault(
            f"{path}.continue",
            f"cue {cue.number} goes at its place on the timeline, and not {cue.continues}",
            "leave continue out, or at",
        )
    if cue.pre_wait:
        yield Fault(
            f"{path}.pre_wait",
            f"cue {cue.number} has its place on the timeline: it waits for nothing",
            "leave it out, and write a later at",
        )
