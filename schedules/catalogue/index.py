"""A festival by its ids, and what follows from its references."""

from __future__ import annotations

from collections.abc import Iterable

from schedules.catalogue.machines import Server
from schedules.catalogue.model import Cue, Festival, Sequence, Work
from schedules.catalogue.speaking import Speaks, speaks

ALL_OF = "surface:"
"""Begins a name that means all outputs of a surface."""


class Index:
    """Look-ups by id. What is unknown is left out here: the rules have told of it."""

    def __init__(self, festival: Festival) -> None:
        self.festival = festival
        self.venues = {v.id: v for v in festival.venues}
        self.surfaces = {s.id: s for s in festival.surfaces}
        self.servers = {s.id: s for s in festival.servers}
        self.dialects = {d.name: d for d in festival.dialects}
        self.timecodes = {t.id: t for t in festival.timecodes}
        self.outputs = {o.id: o for o in festival.outputs}
        self.works = {w.id: w for w in festival.works}
        self.sequences = {s.id: s for s in festival.sequences}

    def speaks(self, server: Server) -> Speaks | None:
        """What a server takes, by its dialect; None where that is not known."""
        return speaks(server, self.dialects)

    def outputs_on(self, surface: str) -> tuple[str, ...]:
        """All outputs of a surface, in the order of the file."""
        return tuple(o.id for o in self.outputs.values() if o.surface == surface)

    def servers_on(self, surface: str) -> tuple[Server, ...]:
        """The servers that drive a surface, each once."""
        ids = dict.fromkeys(self.outputs[o].server for o in self.outputs_on(surface))
        return tuple(self.servers[i] for i in ids if i in self.servers)

    def expand(self, names: Iterable[str]) -> tuple[str, ...]:
        """Outputs by name or `surface:ID`, each once, in the order they are first named."""
        found: dict[str, None] = {}
        for name in names:
            if name.startswith(ALL_OF):
                found |= dict.fromkeys(self.outputs_on(name.removeprefix(ALL_OF)))
            elif name in self.outputs:
                found[name] = None
        return tuple(found)

    def by_surface(self, outputs: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Outputs grouped by their surface, in the order the surfaces first appear."""
        groups: dict[str, tuple[str, ...]] = {}
        for output in outputs:
            surface = self.outputs[output].surface
            groups[surface] = (*groups.get(surface, ()), output)
        return groups

    def driven(self, cues: Iterable[Cue]) -> tuple[str, ...]:
        """All outputs that some cue drives, those of the sequences that they start included."""
        names = [name for cue in cues for action in cue.do for name in action.outputs]
        for sequence in self.started(cues):
            names += [n for cue in sequence.cues for a in cue.do for n in a.outputs]
        return self.expand(names)

    def started(self, cues: Iterable[Cue]) -> list[Sequence]:
        """The sequences that cues start, one by way of another, each once."""
        return self._named(cues, ("start",))

    def named(self, cues: Iterable[Cue]) -> list[Sequence]:
        """Those, and the ones that cues only end: all that a night file needs to know of."""
        return self._named(cues, ("start", "end"))

    def _named(self, cues: Iterable[Cue], by: tuple[str, ...]) -> list[Sequence]:
        found: dict[str, Sequence] = {}
        ahead = [*cues]
        while ahead:
            for action in ahead.pop(0).do:
                sequence = self.sequences.get(action.sequence or "")
                if action.action in by and sequence and sequence.id not in found:
                    found[sequence.id] = sequence
                    ahead += sequence.cues
        return list(found.values())

    def known_works(self, ids: Iterable[str]) -> list[Work]:
        """The works that are there."""
        return [self.works[i] for i in ids if i in self.works]

    def works_length(self, ids: Iterable[str], surface: str) -> int | None:
        """Works one after another with the surface's changeover between, if all lengths are known."""
        works = [self.works.get(i) for i in ids]
        lengths = [w.duration for w in works if w is not None and w.duration is not None]
        if not works or len(lengths) != len(works):
            return None
        on = self.surfaces.get(surface)
        return sum(lengths) + (len(works) - 1) * (on.changeover if on else 0)

    def length(self, cue: Cue) -> int | None:
        """How long a cue lasts from when it goes, in milliseconds; None if no one can know.

        Its duration, else its longest work's, else its longest fade. A `play` of a bare
        clip goes on until something else is played.
        """
        if cue.duration is not None:
            return cue.duration
        plays = [a for a in cue.do if a.action == "play"]
        if not plays:
            return max((a.fade for a in cue.do), default=0)
        works = [self.works.get(a.work) if a.work else None for a in plays]
        lengths = [work.duration if work else None for work in works]
        known = [length for length in lengths if length is not None]
        return max(known) if len(known) == len(lengths) else None
