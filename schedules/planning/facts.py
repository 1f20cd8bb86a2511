"""What the windows of a pattern or a slot play, need and claim, found once for all nights."""

from __future__ import annotations

import re

import msgspec

from schedules.catalogue.index import Index
from schedules.catalogue.machines import Output
from schedules.catalogue.model import Pattern, Slot, Work
from show_control.model import Millis

_PATH = re.compile(r"(patterns|slots)\[(\d+)\]")


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """`sequence` is the id that it names, `listed` whether it plays works one after another.

    `played` are its works with each surface that they are on; `unfit` those without a clip there;
    `idle` says that its sequence drives outputs, and none of its own surface's.
    """

    works: tuple[Work, ...]
    played: tuple[tuple[str, str], ...]
    listed: bool
    needs: tuple[str, ...]
    claims: tuple[str, ...]
    length: Millis | None
    sequence: str | None
    missing: bool
    unfit: tuple[tuple[str, str], ...]
    idle: bool


class FactBook:
    """The facts of a festival, by the path that its windows carry."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.shared = _shared(index)
        self._known: dict[str, Facts] = {}

    def of(self, path: str) -> Facts:
        """Those of `patterns[n]` or `slots[n]`."""
        if path not in self._known:
            found = _PATH.fullmatch(path)
            assert found is not None, path
            made_by: Pattern | Slot = getattr(self.index.festival, found[1])[int(found[2])]
            self._known[path] = self._facts(made_by)
        return self._known[path]

    def _facts(self, made_by: Pattern | Slot) -> Facts:
        index, name = self.index, made_by.sequence if isinstance(made_by, Slot) else None
        sequence = index.sequences.get(name or "")
        played = _played(index, made_by, name)
        outputs = index.driven(sequence.cues) if sequence else ()
        if made_by.works:
            outputs = index.outputs_on(made_by.surface)
        surfaces = index.by_surface(outputs)
        own = [o for s, each in surfaces.items() if s not in made_by.shares for o in each]
        works = dict.fromkeys(work for work, _ in played)
        return Facts(
            works=tuple(index.works[w] for w in works if w in index.works),
            played=tuple(dict.fromkeys(played)),
            listed=bool(made_by.works),
            needs=made_by.needs,
            claims=tuple(dict.fromkeys(c for o in own for c in self.shared.get(o, ()))),
            length=_length(index, made_by, name),
            sequence=name,
            missing=name is not None and sequence is None,
            unfit=tuple(
                (w, s)
                for w, s in dict.fromkeys(played)
                if w in index.works and s not in index.works[w].clips
            ),
            idle=bool(surfaces) and made_by.surface not in surfaces,
        )


def _played(index: Index, made_by: Pattern | Slot, name: str | None) -> list[tuple[str, str]]:
    """Works, and the surfaces that they are played on."""
    found = [(work, made_by.surface) for work in made_by.works]
    sequence = index.sequences.get(name or "")
    if sequence is None:
        return found
    for each in (sequence, *index.started(sequence.cues)):
        for action in (a for cue in each.cues for a in cue.do if a.work is not None):
            found += [
                (action.work or "", s) for s in index.by_surface(index.expand(action.outputs))
            ]
    return found


def _length(index: Index, made_by: Pattern | Slot, name: str | None) -> Millis | None:
    """What its works last one after another; of a sequence, its longest cue of known length."""
    sequence = index.sequences.get(name or "")
    if sequence is not None:
        return max((index.length(cue) or 0 for cue in sequence.cues), default=0)
    return index.works_length(made_by.works, made_by.surface)


def _shared(index: Index) -> dict[str, tuple[str, ...]]:
    """By output, the heads and lamps that outputs of more than one surface lay claim to.

    Outputs of one server with the same params are one head of it; projectors at one address
    are one lamp.
    """
    claims: dict[str, list[Output]] = {}
    for output in index.outputs.values():
        head = "".join(f" {k}={v}" for k, v in sorted(output.params.items()))
        claims.setdefault(f"server {output.server}{head}", []).append(output)
    for projector in index.festival.projectors:
        fed = index.outputs.get(projector.output or "")
        if fed is not None:
            claims.setdefault(f"projector {projector.address}", []).append(fed)
    found: dict[str, tuple[str, ...]] = {}
    for claim, outputs in claims.items():
        if len({o.surface for o in outputs}) > 1:
            for output in outputs:
                found[output.id] = (*found.get(output.id, ()), claim)
    return found
