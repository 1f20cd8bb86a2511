"""What must hold of sequences: numbers, what goes with and follows what, and what is passed over."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.action_rules import action_faults
from schedules.catalogue.index import Index
from schedules.catalogue.loop_rules import loop_faults
from schedules.catalogue.model import Cue, Sequence
from schedules.catalogue.timeline_rules import timeline_faults
from schedules.faults import Fault


def sequence_faults(index: Index) -> Iterator[Fault]:
    """All faults of the sequences."""
    for n, sequence in enumerate(index.festival.sequences):
        path = f"sequences[{n}]"
        if not sequence.cues:
            yield Fault(f"{path}.cues", "a sequence without cues", "give at least one cue")
        elif all(cue.skip for cue in sequence.cues):
            yield Fault(f"{path}.cues", "every cue is passed over", "leave one without skip")
        yield from _numbers(sequence, path)
        yield from _continues(index, sequence, path)
        yield from _starts_itself(index, sequence, path)
        yield from timeline_faults(sequence, path)
        yield from loop_faults(index, sequence, path)
        for m, cue in enumerate(sequence.cues):
            for k, action in enumerate(cue.do):
                yield from action_faults(index, action, f"{path}.cues[{m}].do[{k}]")


def _starts_itself(index: Index, sequence: Sequence, path: str) -> Iterator[Fault]:
    """A sequence that started itself would never end."""
    for n, cue in enumerate(sequence.cues):
        for m, action in enumerate(cue.do):
            other = index.sequences.get(action.sequence or "")
            if action.action != "start" or other is None:
                continue
            if sequence.id in (other.id, *(s.id for s in index.started(other.cues))):
                way = "" if other.id == sequence.id else f", by way of {other.id}"
                yield Fault(
                    f"{path}.cues[{n}].do[{m}].sequence",
                    f"{sequence.id} would start itself{way}",
                    "start another one, or write loop",
                )


def _numbers(sequence: Sequence, path: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for n, cue in enumerate(sequence.cues):
        if cue.number and first.setdefault(cue.number, n) != n:
            yield Fault(
                f"{path}.cues[{n}].number",
                f"the number {cue.number} is taken: the first is at"
                f" {path}.cues[{first[cue.number]}].number",
                "give each its own",
            )


def _continues(index: Index, sequence: Sequence, path: str) -> Iterator[Fault]:
    """`with` and `follow` need a cue before them; `follow` a group whose end is known."""
    group: list[Cue] = []
    for n, cue in enumerate(sequence.cues):
        at = f"{path}.cues[{n}].continue"
        if not group and cue.continues != "none":
            message = f"the first cue cannot {cue.continues}: no cue goes before it"
            yield Fault(at, message, 'write "none", or leave it out')
        endless = next((c for c in group if not c.skip and index.length(c) is None), None)
        if cue.continues == "follow" and endless is not None:
            yield Fault(
                at,
                f"cue {cue.number} follows cue {endless.number}, whose end is not known",
                f"give cue {endless.number} a duration (or its work), or wait for GO",
            )
        group = [*group, cue] if cue.continues == "with" else [cue]
