"""The edges of the screen: the clock above, what lies across it, and what a call came to. Pure."""

from __future__ import annotations

from typing import get_args

from show_control.console.last_resort import SafeLook
from show_control.console.outcome import Came, Outcome, proof
from show_control.console.rows import Bit, Row, clock, left, span, spread
from show_control.console.scene import Scene
from show_control.console.standby import place
from show_control.documents import Routing
from show_control.model import Millis

MOST_ALARMS = 2
TOLD_FOR: Millis = 60_000
"""How long a caller is told that control was taken; who has it is told for good."""


def top(scene: Scene, width: int) -> Row:
    """The venue's clock, the night and its version, and the time to the next curfew."""
    words, board = scene.words, scene.board
    bits = [Bit(clock(scene.now, board.time_zone), "strong")]
    night = words.night.format(night=board.night) if board.night else words.no_night
    bits.append(Bit(f"  {night}"))
    if board.version is not None:
        bits.append(Bit(f"  {words.version.format(version=board.version)}", "quiet"))
    bits.append(Bit(f"  {scene.text(board.title)}", "quiet"))
    return spread(width, tuple(bits), (curfew(scene),))


def curfew(scene: Scene) -> Bit:
    """The next one tonight, counted down."""
    coming = sorted(
        (s.curfew, s.surface)
        for s in scene.board.surfaces
        if s.curfew is not None and s.curfew > scene.now
    )
    if not coming:
        return Bit(scene.words.no_curfew, "quiet")
    at, surface = coming[0]
    told = scene.words.curfew.format(surface=surface, left=left(at - scene.now))
    return Bit(told, "sent" if at - scene.now < 600_000 else "plain")


def bands(scene: Scene) -> list[Row]:
    """What nobody may miss, each across the whole screen, the worst first."""
    words, board = scene.words, scene.board
    told = [*_link(scene)]
    if board.stopped is not None:
        stop = board.stopped
        at = clock(stop.at, board.time_zone)
        reason = f": {stop.reason}" if stop.reason else ""
        told.append(words.stopped.format(by=stop.by or "?", at=at, reason=reason))
    if (off := board.automation_off) is not None:
        at = clock(off.at, board.time_zone)
        reason = f": {off.reason}" if off.reason else ""
        told.append(words.automation_off.format(by=off.by or "?", at=at, reason=reason))
    told += waiting(scene)
    if board.volatile:
        told.append(words.volatile)
    told += control(scene)
    newest = board.alarms[-MOST_ALARMS:]
    told += [words.alarm.format(text=scene.text(a.texts) or a.text) for a in newest]
    if len(board.alarms) > len(newest):
        told.append(words.more_alarms.format(count=len(board.alarms) - len(newest)))
    return [(Bit(text, "bad"),) for text in told]


def waiting(scene: Scene) -> list[str]:
    """Runs whose cues wait for a timecode that does not run."""
    return [
        scene.words.waits.format(title=scene.text(run.title) or run.slot, why=why)
        for run in scene.live
        if (why := scene.text(run.waits))
    ]


def rehearsal(scene: Scene, width: int) -> list[Row]:
    """Across the whole screen while an output is off the wire: what goes where."""
    words, board = scene.words, scene.board
    if not board.rehearsal:
        return []
    told = []
    for to in get_args(Routing):
        outputs = tuple(o.output for o in board.outputs if o.routing == to)
        if outputs:
            told.append(words.routed.format(to=words.routings[to], what=place(scene, outputs)))
    row = (Bit(f" {words.rehearsal}  ", "strong"), Bit("  ".join(told), "strong"))
    return [spread(width, row)]


def control(scene: Scene) -> list[str]:
    """That somebody asks this caller for control of a run, or has just taken it."""
    words, told = scene.words, []
    for run in scene.live:
        held = run.control
        if held is None:
            continue
        if held.by == scene.by and held.asked_by and held.asked_at is not None:
            at = clock(held.asked_at, scene.board.time_zone)
            told.append(words.asked_for.format(by=held.asked_by, at=at))
        elif held.before == scene.by and scene.now - held.since < TOLD_FOR:
            at = clock(held.since, scene.board.time_zone)
            told.append(words.taken_over.format(by=held.by, at=at))
    return told


def _link(scene: Scene) -> list[str]:
    words = scene.words
    told = []
    if not scene.connected:
        told.append(f"{words.no_player} {words.no_player_help}")
    if scene.unread is not None:
        told.append(words.unread.format(what=scene.unread[:60]))
    if scene.silent is None:
        told.append(words.never)
    elif scene.stale:
        told.append(words.stale.format(seconds=scene.silent // 1000))
    return told


def answer(scene: Scene, came: Came | None, looked: SafeLook | None) -> Row:
    """What the newest call came to, and how far the servers confirm it."""
    if looked is not None:
        return (_safe_look(scene, looked),)
    if came is None:
        return (Bit(scene.words.ready.format(by=scene.by), "quiet"),)
    return tuple(_answer(scene, came))


def _answer(scene: Scene, came: Came) -> list[Bit]:
    words, outcome = scene.words, came.outcome
    call = " ".join(w for w in (words.calls[came.call], came.what) if w)
    if outcome is None:
        return [Bit(words.asked.format(call=call), "sent")]
    match outcome.phase:
        case "unknown":
            return [Bit(words.unknown.format(call=call), "bad")]
        case "not sent":
            return [Bit(words.not_sent.format(call=call), "bad")]
        case "refused":
            who = ""
            if (
                outcome.by
                and outcome.by_at is not None
                and outcome.by not in (outcome.reason or "")
            ):
                ago = span(max(0, scene.now - outcome.by_at) // 100 * 100)
                who = words.by_ago.format(by=outcome.by, ago=ago)
            reason = scene.text(outcome.reasons) or outcome.reason
            told = words.refused.format(call=call, reason=reason, who=who)
            return [Bit(told, "bad"), *_way_out(scene, outcome)]
        case "done":
            told = words.went if came.call == "go" else words.done
            at = clock(outcome.at, scene.board.time_zone)
            done = told.format(call=call, at=at)
            return [Bit(done, "strong"), *_recorded(scene, came), *_proof(scene, came)]


def _way_out(scene: Scene, outcome: Outcome) -> list[Bit]:
    """What to press where control is what is missing."""
    held = scene.run.control if scene.run is not None else None
    missing = held is not None and held.by != scene.by and outcome.by == held.by
    return [Bit(f". {scene.words.take_over_first}", "strong")] if missing else []


def _recorded(scene: Scene, came: Came) -> list[Bit]:
    if came.outcome is None or came.outcome.recorded == "on disk":
        return [Bit(f" · {scene.words.on_disk}")]
    return [Bit(" · "), Bit(scene.words.not_recorded, "bad")]


def _proof(scene: Scene, came: Came) -> list[Bit]:
    found, words = proof(came, scene.board), scene.words
    off = [Bit(" · "), Bit(words.rehearsed.format(count=found.rehearsed), "choose")]
    if not found.asked:
        return off if found.rehearsed else []
    told = words.confirmed.format(confirmed=found.confirmed, asked=found.asked)
    whole = found.confirmed == found.asked
    bits = [Bit(" · "), Bit(told, "good" if whole else "sent")]
    if found.differs:
        bits += [Bit(" · "), Bit(words.differs.format(count=found.differs), "bad")]
    return bits + off if found.rehearsed else bits


def _safe_look(scene: Scene, looked: SafeLook) -> Bit:
    words = scene.words
    if looked.held:
        process = f"process {looked.holder}" if looked.holder else words.another_process
        return Bit(words.safe_look_held.format(process=process), "bad")
    if not looked.ready:
        return Bit(words.safe_look_none, "bad")
    faults = f": {'; '.join(looked.faults)}" if looked.faults else ""
    told = words.safe_look_left.format(left=looked.left, ready=looked.ready, faults=faults)
    return Bit(told, "bad" if looked.left < looked.ready else "strong")
