"""The safe look over what the cues made: fade out, show stop, and back."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from show_control.engine import nested
from show_control.engine.stage import Stage
from show_control.engine.state import Run
from show_control.looks import NOTHING
from show_control.model import Action, Millis
from show_control.sentences import Sentence, hazard_word, said

replace = msgspec.structs.replace

CUT_AFTER: Millis = 300
"""A new fade out this long after the first cuts what is still fading."""


def all_outputs(stage: Stage) -> list[str]:
    """Every output of the file in force."""
    return list(stage.state.file.outputs) if stage.state.file else []


def driven(stage: Stage, run: Run) -> list[str]:
    """The outputs that a run's cues drive, those it shares with others included, and those of the
    sequences that they start."""
    acted = nested.outputs_of(stage.file_of(run), run.sequence)
    return list(dict.fromkeys((*run.outputs, *acted)))


def fade_out(stage: Stage, run: Run | None, by: str) -> None:
    """Fade a run's outputs, or all, to the safe look; runs on them hold."""
    if run is None:
        cover_all(stage, "fade out")
    else:
        cover(stage, driven(stage, run), "fade out", run)
    for other in list(stage.state.runs.values()):
        if run is None or set(driven(stage, other)) & set(driven(stage, run)):
            hold_under(stage, other, by)


def cover_all(stage: Stage, why: str) -> None:
    """Give every output its safe look, those too that only the file of a live run still has."""
    known = all_outputs(stage)
    cover(stage, known, why)
    for run in [r for r in stage.state.runs.values() if r.live]:
        cover(stage, [o for o in driven(stage, run) if o not in known], why, run)


def cover(stage: Stage, outputs: Iterable[str], why: str, run: Run | None = None) -> None:
    """Give outputs their surfaces' safe look; those faded out a moment ago cut to it."""
    now, file = stage.now, stage.file_of(run) if stage.state.loaded else None
    if file is None:
        return
    wanted = list(outputs)
    faded = stage.state.faded
    cutting = [o for o in wanted if o in faded and now - faded[o] >= CUT_AFTER]
    fading = [o for o in wanted if o not in faded]
    night = stage.night_now()
    for surface in file.surfaces.values():
        for action in surface.safe:
            for group, act in ((cutting, replace(action, fade=0)), (fading, action)):
                named = [o for o in act.outputs if o in group]
                stage.give(named, act, now, why, run=run, night=night.date if night else None)
    stage.change(faded={**stage.state.faded, **dict.fromkeys(fading, now)})


def hold_under(stage: Stage, run: Run, by: str) -> None:
    """A run whose outputs are covered fires no cue by itself until a person resumes it or says GO.

    It is not in hand by that: an auto run still ends with its slot, and the next one starts.
    """
    if run.phase == "running":
        stage.put(replace(run, phase="holding", held_at=stage.now, faded=True, by=by or run.by))


def unrestorable(stage: Stage, output: str, run: Run | None) -> Sentence | None:
    """Why an output's look may not be brought back: a hazard output needs tonight's enable."""
    hazard = stage.output(run, output).hazard
    night = stage.night_now()
    enabled = stage.state.enabled.get(output)
    lit = stage.state.cued.get(output, NOTHING).lit(stage.now)
    if hazard and lit and (enabled is None or night is None or enabled.night != night.date):
        return said("not_enabled", hazard=hazard_word(hazard))
    return None


def leave_covered(stage: Stage, output: str, why: Sentence, run: Run | None) -> None:
    """Enter a look that is not brought back."""
    cued = stage.state.cued.get(output, NOTHING)
    action = Action(kind="play", outputs=(output,), clip=cued.clip, clip_name=cued.clip_name)
    data = {"action": msgspec.to_builtins(action)}
    stage.record("not_sent", stage.now, run, output=output, why=why, data=data)


def uncover(stage: Stage, outputs: Iterable[str], run: Run | None) -> None:
    """Give outputs the looks that their cues made of them."""
    night = stage.night_now()
    for output in outputs:
        cued = stage.state.cued.get(output, NOTHING)
        stage.change(faded={o: at for o, at in stage.state.faded.items() if o != output})
        stage.send(output, cued, stage.now, "restore", run=run, night=night.date if night else None)
