"""What must hold of sequences: numbers, what goes with and follows what, and what is not done yet."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.action_rules import action_faults
from schedules.catalogue.index import Index
from schedules.catalogue.model import Cue, Sequence
from schedules.faults import Fault


def sequence_faults(index: Index) -> Iterator[Fault]:
    """All faults of the sequences."""
    for n, sequence in enumerate(index.festival.sequences):
        path = f"sequences[{n}]"
        if not sequence.cues:
            yield Fault(f"{path}.cues", "a sequence without cues", "give at least one cue")
        yield from _numbers(sequence, path)
        yield from _continues(index, sequence, path)
        for m, cue in enumerate(sequence.cues):
            yield from _cue(index, cue, f"{path}.cues[{m}]")


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
        endless = next((c for c in group if index.length(c) is None), None)
        if cue.continues == "follow" and endless is not None:
            yield Fault(
                at,
                f"cue {cue.number} follows cue {endless.number}, whose end is not known",
                f"give cue {endless.number} a duration (or its work), or wait for GO",
            )
        group = [*group, cue] if cue.continues == "with" else [cue]


def _cue(index: Index, cue: Cue, path: str) -> Iterator[Fault]:
    if cue.at is not None:
        yield Fault(
            f"{path}.at",
            "not supported yet: timeline sequences",
            "use continue and pre_wait instead",
        )
    if cue.post_wait:
        yield Fault(
            f"{path}.post_wait",
            "not supported yet: post_wait",
            "give the cue a longer duration, or the next one a pre_wait",
        )
    if cue.skip:
        yield Fault(f"{path}.skip", "not supported yet: skip", "take the cue out")
    for n, action in enumerate(cue.do):
        yield from action_faults(index, action, f"{path}.do[{n}]")
