"""What a cue does on outputs and tells their servers, and what it may not."""

from __future__ import annotations

import msgspec

from show_control.engine import on_air, runs
from show_control.engine.stage import Stage, lights
from show_control.engine.state import Run
from show_control.model import MOMENTARY, Action, Cue, Millis
from show_control.sentences import Sentence, hazard_word, said
from show_control.timing import LATE_AFTER


def act(stage: Stage, run: Run, cue: Cue, at: Millis, due: Millis) -> None:
    """Every action of a cue but those that start and end sequences; `due` is when it should have gone."""
    for action in cue.do:
        if action.kind == "osc":
            tell_servers(stage, run, cue, action, at, due)
            continue
        if action.kind == "on_air":
            on_air.act(stage, run, cue, action, at)
            continue
        for output in action.outputs:
            why = barred(stage, run, output, action, due) or idle_seek(stage, output, action, at)
            if why is not None:
                refuse_action(stage, run, cue, action, at, why, output)
            elif action.kind in MOMENTARY:
                stage.tell(output, action, at, run, cue)
            else:
                stage.give((output,), action, at, "cue", run=run, cue=cue)


def tell_servers(stage: Stage, run: Run, cue: Cue, action: Action, at: Millis, due: Millis) -> None:
    """Raw OSC goes once to each server of its outputs, once for each of their routings; not at all where
    one of those outputs may not be lit."""
    by_server: dict[tuple[str, str], list[str]] = {}
    for output in action.outputs:
        there = (stage.output(run, output).server, stage.state.route(output))
        by_server.setdefault(there, []).append(output)
    for outputs in by_server.values():
        reasons = [(o, why) for o in outputs if (why := barred(stage, run, o, action, due))]
        if reasons:
            output, why = reasons[0]
            refuse_action(stage, run, cue, action, at, why, output)
        else:
            stage.tell(outputs[0], action, at, run, cue)


def idle_seek(stage: Stage, output: str, action: Action, at: Millis) -> Sentence | None:
    """Why there is no place to go to: nothing plays."""
    nothing = stage.look(output).showing(at) is None
    return said("nothing_plays") if action.kind == "seek" and nothing else None


def barred(stage: Stage, run: Run, output: str, action: Action, due: Millis) -> Sentence | None:
    """Why a cue's action may not be sent to an output; None where it may.

    A late cue that was due before a curfew still to be dealt with goes: curfew ends it in this same
    step. A hazard output is judged as of now.
    """
    definition = stage.output(run, output)
    curfew = stage.curfew(run.night, definition.surface, run)
    ahead = curfew is not None and stage.state.through < curfew and definition.hazard is None
    at = due if ahead else stage.now
    past_curfew = curfew is not None and at >= curfew and lights(action)
    if definition.hazard is None:
        late_run = past_curfew and not runs.called_by_hand(stage, run)
        return said("past_curfew") if late_run else None
    enabled = stage.state.enabled.get(output)
    if enabled is None or enabled.night != run.night:
        return said("not_enabled", hazard=hazard_word(definition.hazard))
    if not lights(action):
        return None
    if past_curfew:
        return said("past_curfew")
    if at >= run.ends:
        return said("past_slot")
    late = at - due > LATE_AFTER
    return said("never_lit_late", hazard=hazard_word(definition.hazard)) if late else None


def refuse_action(
    stage: Stage,
    run: Run,
    cue: Cue,
    action: Action,
    at: Millis,
    why: Sentence,
    output: str | None = None,
) -> None:
    """Enter an action that was not sent."""
    stage.record(
        "not_sent",
        at,
        run,
        surface=stage.output(run, output).surface if output else run.surface,
        cue=cue.number,
        output=output,
        why=why,
        data={"action": msgspec.to_builtins(action)},
    )
