"""The middle of the screen: the cue that stands by, what it does and brings, and what runs. Pure."""

from __future__ import annotations

from show_control.console.rows import Bit, Row, Tone, clock, left, minute, span
from show_control.console.scene import Scene, warned
from show_control.documents import CueView, DoView, RunView


def head(scene: Scene) -> Row:
    """Which run, what it is doing, whether by hand; and that Tab shows others."""
    words, run = scene.words, scene.run
    bits = [Bit(words.standing_by, "lamp")]
    if run is None:
        return tuple(bits)
    bits.append(Bit(f"  {scene.text(run.title) or run.slot}", "strong"))
    if run.status != "standing by":
        bits.append(Bit(f" · {words.slot_status[run.status]}"))
    if (parent := _parent(scene, run)) is not None:
        bits.append(Bit(f" · {words.started_by.format(title=parent)}", "quiet"))
    if run.in_hand:
        bits.append(Bit(f" · {words.in_hand}", "quiet"))
    runs = [r.run for r in scene.live]
    if len(runs) > 1 and run.run in runs:
        number = runs.index(run.run) + 1
        bits.append(Bit(f" · {words.other_runs.format(number=number, count=len(runs))}", "strong"))
    return tuple(bits)


def _parent(scene: Scene, run: RunView) -> str | None:
    runs = (r for r in scene.board.runs if r.run == run.parent)
    return next((scene.text(r.title) or r.slot for r in runs), None)


def loop(scene: Scene) -> list[Row]:
    """The loop of the run in front: its turn, what GO does to it, and how it is left."""
    words, run = scene.words, scene.run
    if run is None or run.looping is None:
        return []
    found, then = run.looping, _then(scene, run)
    counted = words.turn if found.times is None else words.turn_of
    turn = counted.format(turn=found.turn, times=found.times)
    named = Bit(words.loop.format(from_=found.to, to=found.cue, turn=turn), "strong")
    if found.leaving:
        return [(named, Bit(f" · {words.loop_last.format(then=then)}"))]
    rows: list[Row] = [(named, Bit(f" · {words.loop_leave.format(then=then)}"))]
    if found.times is not None:
        rows.append((Bit(words.loop_until.format(times=found.times, then=then), "quiet"),))
    if run.standby is not None:
        rows.append((Bit(words.loop_go.format(number=run.standby), "sent"),))
    return rows


def _then(scene: Scene, run: RunView) -> str:
    """What comes when a loop's last turn is over."""
    words = scene.words
    numbers = [c.number for c in run.cues]
    after = numbers.index(run.looping.cue) + 1 if run.looping else 0
    cue = next((c for c in run.cues[after:] if not c.skip), None)
    if cue is None:
        return words.then_ends
    told = words.then_waits if cue.continues == "none" else words.then_goes
    return told.format(number=cue.number)


def control(scene: Scene) -> list[Row]:
    """Who has control of the run in front, while it is not over."""
    words, run = scene.words, scene.run
    if run is None or run not in scene.live:
        return []
    if run.control is None:
        return [(Bit(words.controls_nobody, "quiet"),)]
    at = clock(run.control.since, scene.board.time_zone)
    if run.control.by == scene.by:
        return [(Bit(words.controls_you.format(at=at)),)]
    return [(Bit(words.controls.format(by=run.control.by, at=at), "sent"),)]


def name(scene: Scene) -> Row:
    """The cue's name beside its number; or why there is none."""
    if scene.cue is not None:
        return (Bit(scene.text(scene.cue.name) or scene.cue.number, "lamp"),)
    none = scene.run is None or scene.run not in scene.live
    return (Bit(scene.words.no_run if none else scene.words.nothing_stands_by, "strong"),)


def details(scene: Scene) -> list[Row]:
    """What the caller waits for and says; what GO does, brings and drops."""
    words, run, cue = scene.words, scene.run, scene.cue
    if run is None or cue is None:
        return [(Bit(_help(scene), "quiet"),)]
    rows: list[Row] = []
    if cue.on:
        rows.append(_labelled(words.wait_for, Bit(cue.on, "strong")))
    for say in cue.calls:
        whom = words.to.format(whom=say.to)
        rows.append(_labelled(words.say, Bit(f"{whom}: "), Bit(say.say, "strong")))
    does = "; ".join(deed(scene, cue, d) for d in cue.does)
    rows.append(_labelled(words.does, Bit(does or words.memo)))
    if cue.timecode is not None:
        rows.append((Bit(cue.timecode, "quiet"),))
    if run.timeline and cue.at is not None:
        told = words.timeline.format(number=cue.number, at=left(cue.at))
        rows.append((Bit(told),))
    if cue.post_wait:
        rows.append((Bit(words.post_wait.format(span=span(cue.post_wait)), "quiet"),))
    if run.brings:
        rows.append(_labelled(words.brings, Bit(_named(scene, run))))
    if cue.note:
        rows.append(_labelled(words.note, Bit(cue.note)))
    if run.drops:
        drops = words.drops.format(number=cue.number, cues=", ".join(run.drops))
        rows.append((Bit(drops, "sent"),))
    return rows


def running(scene: Scene) -> list[Row]:
    """What runs with the time left, and what goes by itself at a known instant."""
    words = scene.words
    rows: list[Row] = []
    for run in scene.live:
        for cue in run.cues:
            if (time := _time(scene, run, cue)) is not None:
                other = "" if run is scene.run else f"{scene.text(run.title) or run.slot}: "
                named = f"{other}{cue.number} {scene.text(cue.name)}"
                tone: Tone = "sent" if warned(run, cue, scene.now) else "strong"
                rows.append((Bit(f"{time}  ", tone), Bit(named)))
    return rows or [(Bit(words.nothing_runs, "quiet"),)]


def deed(scene: Scene, cue: CueView, do: DoView) -> str:
    """An action: `facade: clip VALLEY_LIGHT, 3:00`, `facade west: level 25 %, fade 2 s`."""
    words = scene.words
    parts = [words.kinds.get(do.kind, do.kind)]
    if do.kind == "play":
        parts = [words.clip.format(clip=do.clip_name or do.clip)]
        parts += [span(cue.length)] if cue.length else []
    elif do.kind == "level":
        parts = [words.level.format(percent=round((do.value or 0) * 100))]
    else:
        parts += _of_what(do)
    if do.fade:
        parts.append(words.fade.format(span=span(do.fade)))
    where = place(scene, do.outputs)
    return (
        f"{where}: {', '.join(parts)}"
        if where
        else ", ".join(parts)
        if do.outputs
        else " ".join(parts)
    )


def _of_what(do: DoView) -> list[str]:
    """What a load, a seek, raw OSC, a start or an end is of."""
    match do.kind:
        case "load":
            return [str(do.clip_name or do.clip)]
        case "seek":
            return [span(do.to or 0)]
        case "osc":
            return [" ".join((do.address or "", *do.args))]
        case "on_air":
            return [f"{do.server} {do.which}"]
        case _:
            return [do.sequence] if do.sequence else []


def place(scene: Scene, outputs: tuple[str, ...]) -> str:
    """Outputs by surface: its name alone where all of several are meant."""
    by_surface: dict[str, list[str]] = {}
    for output in scene.board.outputs:
        by_surface.setdefault(output.surface, []).append(output.output)
    whole = [s for s, mine in by_surface.items() if len(mine) > 1 and set(mine) <= set(outputs)]
    rest = [o for o in outputs if not any(o in by_surface[s] for s in whole)]
    return ", ".join((*whole, *rest))


def _help(scene: Scene) -> str:
    words = scene.words
    if scene.run is not None and scene.run in scene.live:
        return words.nothing_stands_by_help
    coming = (s for s in scene.board.slots if s.starts > scene.now and s.status == "planned")
    slot = next(coming, None)
    if slot is None:
        return words.no_run_help
    at = minute(slot.starts, scene.board.time_zone)
    return words.next_slot.format(title=scene.text(slot.title) or slot.slot, at=at)


def _labelled(label: str, *bits: Bit) -> Row:
    return (Bit(f"{label}: ", "quiet"), *bits)


def _named(scene: Scene, run: RunView) -> str:
    names = {c.number: scene.text(c.name) for c in run.cues}
    return ", ".join(f"{n} {names.get(n, '')}".strip() for n in run.brings)


def _time(scene: Scene, run: RunView, cue: CueView) -> str | None:
    """The time left of a cue that runs, or till it goes; None for one that does neither."""
    words = scene.words
    if cue.due is not None:
        goes = words.held_due if run.status == "holding" else words.goes_in
        told = goes.format(left=left(cue.due - scene.now))
        return words.coming_up.format(goes=told) if warned(run, cue, scene.now) else told
    if cue.status != "running" or cue.went is None:
        return None
    if cue.length is None:
        return words.until_told
    ends = cue.went + cue.length
    return words.left.format(left=left(ends - scene.now)) if ends > scene.now else None
