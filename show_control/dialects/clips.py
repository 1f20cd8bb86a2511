"""Which clips a night file may have each output show."""

from __future__ import annotations

from show_control.model import NightFile


def clips_of(file: NightFile) -> dict[str, tuple[int | str, ...]]:
    """By output, each clip once, in the order of the file."""
    actions = [a for s in file.sequences.values() for c in s.cues for a in c.do]
    actions += [a for s in file.surfaces.values() for a in (*s.safe, *s.idle)]
    found: dict[str, dict[int | str, None]] = {o: {} for o in file.outputs}
    for action in actions:
        for output in action.outputs:
            if action.clip is not None:
                found.setdefault(output, {})[action.clip] = None
    return {output: tuple(clips) for output, clips in found.items()}
