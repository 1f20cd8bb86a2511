"""What evidence comes to: the life of servers, the agreement of outputs with their looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from show_control.evidence.happenings import SILENT_AFTER
from show_control.evidence.state import (
    FAR,
    NEVER,
    Agreement,
    AgreementChanged,
    Change,
    Evidence,
    Fact,
    Key,
    Life,
    LifeChanged,
    OutputEvidence,
    ServerEvidence,
)
from show_control.evidence.state import NOTHING as NO_CLIP
from show_control.looks import NOTHING, Look
from show_control.model import Millis

CONFIRMED_FOR: Final[Millis] = 3000
"""How long a report counts after it was heard."""

WHOLE_AFTER: Final[Millis] = 100
"""The quiet after which the answers about all clips of an output are taken to be complete."""

OFF_FROM: Final[Millis] = 1000
"""From how far off its place a clip is told to be off."""

_TOLERANCE: Final = 0.01
_JUMP: Final[Millis] = 500
_JUMPS_EVERY: Final[Millis] = 5000


class _Verdict(msgspec.Struct, frozen=True):
    """Of one thing asked: whether it agrees (None: not known), by which reports, until when."""

    agrees: bool | None
    facts: tuple[Fact, ...] = ()
    reported: dict[str, Any] = {}
    until: Millis = FAR


def judge(state: Evidence, looks: Mapping[str, Look], now: Millis) -> tuple[Evidence, list[Change]]:
    """What has become of everything, given the looks that outputs should have; what changed."""
    due = state.servers if now >= state.deadline else state.touched
    if not due:
        return state, []
    changes: list[Change] = []
    servers = dict(state.servers)
    for key in sorted(due):
        servers[key], found = _server(key, servers[key], looks, now)
        changes += found
    deadline = min((s.deadline for s in servers.values()), default=FAR)
    return Evidence(servers=servers, deadline=deadline), changes


def _server(
    key: Key, known: ServerEvidence, looks: Mapping[str, Look], now: Millis
) -> tuple[ServerEvidence, list[Change]]:
    name, which = key
    life, deadline = _life(known, now)
    changes: list[Change] = []
    if life != known.life:
        changes.append(LifeChanged(at=now, server=name, which=which, life=life))
    outputs = {}
    for output, one in known.outputs.items():
        judged, until = _output(known, life, one, looks.get(output, NOTHING), now)
        deadline = min(deadline, until)
        if _differs(one, judged):
            position = judged.reported.get("position")
            judged = replace(judged, entered=position, entered_at=judged.as_of or NEVER)
            changes.append(
                AgreementChanged(
                    at=now,
                    server=name,
                    which=which,
                    output=output,
                    agreement=judged.agreement,
                    reported=judged.reported,
                    as_of=judged.as_of,
                    last=_newest(one) if judged.as_of is None else None,
                )
            )
        outputs[output] = judged
    return replace(known, life=life, outputs=outputs, deadline=deadline), changes


def _life(known: ServerEvidence, now: Millis) -> tuple[Life, Millis]:
    if known.refused:
        return "unreachable", FAR
    if known.waits_since is not None:
        silent_from = known.waits_since + SILENT_AFTER
        if now >= silent_from:
            return "silent", FAR
        return ("not asked" if known.heard == NEVER else "alive"), silent_from
    return ("not asked" if known.heard == NEVER else "alive"), FAR


def _output(
    known: ServerEvidence, life: Life, one: OutputEvidence, look: Look, now: Millis
) -> tuple[OutputEvidence, Millis]:
    if not known.asks:
        return _settled(one, "cannot be asked"), FAR
    if life != "alive":
        return _settled(one, "no reply"), FAR
    verdicts = [_clip(one, look, now)]
    until = FAR
    if look.showing(now) is not None:
        verdicts.append(_name(one, look, now))
        if now >= look.settles():
            verdicts.append(_brightness(one, look, now))
        else:
            until = look.settles()
        if look.clears is not None:
            until = min(until, look.clears)
    reported = {k: v for verdict in verdicts for k, v in verdict.reported.items()}
    facts = [fact for verdict in verdicts for fact in verdict.facts]
    as_of = min((f.as_of for f in facts), default=None)
    if as_of is not None and reported.get("clip") is not None:
        times = _times(one, as_of, now)
        reported |= times | (_off(look, times, as_of) if verdicts[0].agrees else {})
    judged = _settled(one, _together(verdicts), reported, as_of)
    return judged, min(until, *(v.until for v in verdicts))


def _times(one: OutputEvidence, as_of: Millis, now: Millis) -> dict[str, Millis]:
    """Where the server is in what shows, in milliseconds, as of the reports that it stands beside."""
    position, duration = _counts(one.position, one.sent, now), one.duration
    if position is None:
        return {}
    times = {"position": round(float(position.value) * 1000) + as_of - position.as_of}
    if duration is not None and duration.as_of > one.sent and duration.value:
        times["duration"] = round(float(duration.value) * 1000)
    return times


def _off(look: Look, times: Mapping[str, Millis], as_of: Millis) -> dict[str, Millis]:
    """How far a clip is ahead of (or, below 0, behind) its place by the look, where that is much.

    A clip of known length begins again at its end; of another, nobody knows.
    """
    position, duration = times.get("position"), times.get("duration")
    if position is None or look.began is None:
        return {}
    off = position - (as_of - look.began)
    if duration:
        off = (off + duration // 2) % duration - duration // 2
    return {"off": off} if abs(off) >= OFF_FROM else {}


def _together(verdicts: list[_Verdict]) -> Agreement:
    said = [verdict.agrees for verdict in verdicts]
    if False in said:
        return "differs"
    return "no reply" if None in said else "confirmed"


def _newest(one: OutputEvidence) -> Millis | None:
    """The newest instant that anything was said of, whatever it is worth now."""
    single = (one.playing, one.brightness, one.position)
    facts = [*one.clips.values(), *one.names.values(), *(f for f in single if f is not None)]
    return max((fact.as_of for fact in facts), default=None)


def _settled(
    one: OutputEvidence,
    agreement: Agreement,
    reported: dict[str, Any] | None = None,
    as_of: Millis | None = None,
) -> OutputEvidence:
    return replace(one, agreement=agreement, reported=reported or {}, as_of=as_of)


def _differs(was: OutputEvidence, now: OutputEvidence) -> bool:
    """Whether it is worth an entry: another judgement, another picture that differs, or another time."""
    if was.agreement != now.agreement:
        return True
    if now.agreement == "differs" and _picture(was) != _picture(now):
        return True
    if ("off" in was.reported) != ("off" in now.reported):
        return (now.as_of or NEVER) - was.entered_at >= _JUMPS_EVERY
    return now.agreement in ("confirmed", "differs") and _jumped(was, now)


def _picture(one: OutputEvidence) -> dict[str, Any]:
    return {k: v for k, v in one.reported.items() if k not in ("position", "duration", "off")}


def _jumped(was: OutputEvidence, now: OutputEvidence) -> bool:
    """Whether the server's time is not what that of the last entry has come to by itself.

    Told of not too often: a clip that loops jumps at its end, and one that is paused all the time.
    """
    there = now.reported.get("position")
    if there is None or now.as_of is None:
        return False
    if was.entered is None:
        return True
    passed = now.as_of - was.entered_at
    return passed >= _JUMPS_EVERY and abs(there - was.entered - passed) > _JUMP


# ---------------------------------------------------------------- one thing at a time


def _counts(fact: Fact | None, sent: Millis, now: Millis) -> Fact | None:
    """A fact, if it was asked for after the newest send and is not too old."""
    if fact is None or fact.as_of <= sent or now >= fact.heard + CONFIRMED_FOR:
        return None
    return fact


def _verdict(agrees: bool | None, reported: dict[str, Any], *facts: Fact) -> _Verdict:
    until = min(fact.heard for fact in facts) + CONFIRMED_FOR
    return _Verdict(agrees, facts, reported, until)


def _clip(one: OutputEvidence, look: Look, now: Millis) -> _Verdict:
    said = {
        clip: fact
        for clip, known in one.clips.items()
        if (fact := _counts(known, one.sent, now)) is not None
    }
    wanted = look.showing(now)
    nothing = said.pop(NO_CLIP, None)
    shown = [clip for clip, fact in said.items() if fact.value is True]
    if one.playing is not None:
        playing = _counts(one.playing, one.sent, now)
        if playing is None:
            return _Verdict(None)
        if playing.value is False:
            return _verdict(wanted is None, {"clip": None}, playing)
    if nothing is not None and nothing.value is True:
        return _verdict(wanted is None, {"clip": None}, nothing)
    if nothing is not None and shown and wanted not in shown:
        return _verdict(False, {"clip": shown[0]}, said[shown[0]])
    if wanted is None:
        return _nothing(one, said, shown, now)
    fact = said.get(wanted)
    if fact is None:
        return _instead(said, shown, now)
    if fact.value is True:
        return _verdict(True, {"clip": wanted}, fact)
    # None where what shows instead is not known: one clip was asked, or nothing plays.
    return _verdict(False, {"clip": shown[0] if shown else None}, fact)


def _instead(said: dict[int | str, Fact], shown: list[int | str], now: Millis) -> _Verdict:
    """A server need not know the clip that is wanted: another that shows says enough."""
    if not shown:
        return _Verdict(None)
    whole = max(fact.heard for fact in said.values()) + WHOLE_AFTER
    if now < whole:
        return _Verdict(None, until=whole)
    return _verdict(False, {"clip": shown[0]}, said[shown[0]])


def _nothing(
    one: OutputEvidence, said: dict[int | str, Fact], shown: list[int | str], now: Millis
) -> _Verdict:
    """Nothing shows when every clip that is known of has said that it does not."""
    if shown:
        return _verdict(False, {"clip": shown[0]}, said[shown[0]])
    if not said or said.keys() != one.clips.keys() - {NO_CLIP}:
        return _Verdict(None)
    whole = max(fact.heard for fact in said.values()) + WHOLE_AFTER
    if now < whole:
        if one.agreement == "confirmed" and one.reported == {"clip": None}:
            return _verdict(True, {"clip": None}, *said.values())
        return _Verdict(None, until=whole)
    return _verdict(True, {"clip": None}, *said.values())


def _name(one: OutputEvidence, look: Look, now: Millis) -> _Verdict:
    """A name that was reported must be the one expected; it need not be reported."""
    fact = _counts(one.names.get(look.clip) or one.names.get(None), one.sent, now)
    if fact is None or look.clip_name is None:
        return _Verdict(True)
    return _verdict(fact.value == look.clip_name, {"clip_name": fact.value}, fact)


def _brightness(one: OutputEvidence, look: Look, now: Millis) -> _Verdict:
    since = max(one.sent, one.level_sent, look.settles() - 1)
    fact = _counts(one.brightness, since, now)
    if fact is None:
        return _Verdict(None)
    agrees = abs(float(fact.value) - look.brightness(now)) <= _TOLERANCE
    return _verdict(agrees, {"brightness": fact.value}, fact)
