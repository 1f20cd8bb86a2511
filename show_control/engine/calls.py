"""A call is taken: carried out or refused, entered and answered, and its repeat answered the same.

A refusal names who did what, when. `fade_out` is never refused here: the right to it is the shell's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from show_control.commands import Answer
from show_control.engine import control, going, on_air, on_outputs, on_runs, on_schedule, routing
from show_control.engine.asked import Refusal, asked_by, named, night_date
from show_control.engine.stage import Stage
from show_control.engine.state import Answered, Run
from show_control.events import Call
from show_control.model import Millis
from show_control.sentences import said, say, texts

VALIDITY: Millis = 1500
"""A call older than this is refused, never carried out late."""
NEVER_LATE = frozenset({"fade_out", "note"})
"""What does no harm by coming late, and some by being lost."""
REMEMBERED = 256
"""How many requests' answers are kept for their repeats."""


def take(stage: Stage, call: Call) -> None:
    """Carry out a call, or refuse it; the same request again gets the same answer and does nothing."""
    call = _without_empty_names(call)
    known = stage.state.answered.get(_asked(call)) if call.request else None
    if known is not None:
        stage.commands.append(Answer(request=call.request, **msgspec.structs.asdict(known)))
        return
    try:
        check_validity(stage, call)
        run = CALLS[call.call](stage, call)
        control.take_if_free(stage, call, run)
    except Refusal as refusal:
        refuse(stage, call, refusal)
    else:
        accept(stage, call, run)


def _without_empty_names(call: Call) -> Call:
    """An empty name names nothing: as one that is left out. A cue's is never that of the one meant."""
    empty = [f for f in ("run", "output", "surface", "server") if getattr(call, f) == ""]
    if call.standby == "":
        call = msgspec.structs.replace(call, standby='""')
    return msgspec.structs.replace(call, **dict.fromkeys(empty)) if empty else call


def check_validity(stage: Stage, call: Call) -> None:
    """Refuse what comes too late to be meant; a fade out is never too late, nor is a note."""
    age = stage.now - call.made_at if call.made_at is not None else 0
    if age > VALIDITY and call.call not in NEVER_LATE:
        raise Refusal(said("came_late", late=age / 1000))


def accept(stage: Stage, call: Call, run: Run | None) -> None:
    """Answer what the call came to, as the run is now."""
    run = stage.state.runs.get(run.id, run) if run else None
    went = run.last_go if run and call.call == "go" else None
    answer(
        stage,
        call,
        Answered(
            accepted=True, at=stage.now, by=call.by or None, went=went, **_standing(stage, run)
        ),
    )


def refuse(stage: Stage, call: Call, refusal: Refusal) -> None:
    """Enter a refusal and answer it, with the run that was named as it stands."""
    run = refusal.run or named(stage, call)
    stage.record(
        "refused",
        stage.now,
        run,
        **({} if run else {"run": call.run, "night": night_date(stage)}),
        cue=call.standby,
        output=call.output,
        by=call.by or None,
        why=refusal.why,
        data={"call": call.call, **asked_by(call)},
    )
    answer(
        stage,
        call,
        Answered(
            accepted=False,
            at=stage.now,
            reason=say(refusal.why),
            reasons=texts(refusal.why),
            by=refusal.by,
            by_at=refusal.at,
            **_standing(stage, run),
        ),
    )


def _standing(stage: Stage, run: Run | None) -> dict[str, Any]:
    if run is None:
        return {}
    standby = stage.cues(run)[run.standby].number if run.standby is not None else None
    return {"run": run.id, "standby": standby, "standby_count": run.count}


def answer(stage: Stage, call: Call, answered: Answered) -> None:
    """Answer, and keep the answer for a repeat of the request."""
    if call.request:
        kept = dict(list(stage.state.answered.items())[-(REMEMBERED - 1) :])
        stage.change(answered={**kept, _asked(call): answered})
    stage.commands.append(Answer(request=call.request, **msgspec.structs.asdict(answered)))


def _asked(call: Call) -> str:
    """What makes a repeat: the same person, the same call, the same id. Else one whose program counts
    its ids from 1 would hear another's answer, and their fade out would be no fade out."""
    return "\0".join((call.by, call.call, call.request or ""))


CALLS: dict[str, Callable[[Stage, Call], Run | None]] = {
    "go": going.go,
    "standby": on_runs.standby,
    "back": on_runs.back,
    "hold": on_runs.hold,
    "resume": on_runs.resume,
    "skip": on_runs.skip,
    "leave": on_runs.leave,
    "end": on_runs.end,
    "start": on_schedule.start,
    "fade_out": on_outputs.fade_out,
    "show_stop": on_outputs.show_stop,
    "restore": on_outputs.restore,
    "automation_off": on_schedule.automation_off,
    "automation_on": on_schedule.automation_on,
    "enable": on_outputs.enable,
    "disable": on_outputs.disable,
    "route": routing.route,
    "on_air": on_air.on_air,
    "ask": control.ask,
    "take_over": control.take_over,
    "hand_back": control.hand_back,
    "note": on_runs.note,
}
