"""The lists: the cues around, tonight's slots, the outputs with their evidence, and what ran. Pure."""

from __future__ import annotations

from show_control.console.rows import Bit, Row, Tone, hours, left, minute, pad, span, spread, window
from show_control.console.scene import Scene, said, warned
from show_control.documents import (
    CueStatus,
    CueView,
    OutputView,
    RunView,
    SlotStatus,
    SlotView,
)

MARKS: dict[CueStatus, str] = {"standing by": "▶", "running": "●", "pending": "○"}
CUE_TONES: dict[CueStatus, Tone] = {
    "standing by": "lamp",
    "running": "strong",
    "pending": "strong",
    "to come": "plain",
}
SLOT_TONES: dict[SlotStatus, Tone] = {
    "standing by": "lamp",
    "running": "strong",
    "holding": "strong",
    "waiting": "sent",
    "planned": "plain",
}
SAID_TONES: dict[str, Tone] = {
    "confirmed": "good",
    "sent": "sent",
    "differs": "bad",
    "no reply": "strong",
    "cannot be asked": "quiet",
    "record only": "sent",
}


def cues(scene: Scene, width: int, rows: int) -> list[Row]:
    """The last two as they went, the one that stands by, and what comes."""
    if scene.run is None:
        return []
    listed = scene.run.cues
    went = [i for i, c in enumerate(listed) if c.status in ("running", "ended")]
    standing = [i for i, c in enumerate(listed) if c.status == "standing by"]
    at = standing[0] if standing else went[-1] if went else 0
    shown: list[Row] = []
    seen = 0
    for index, cue in enumerate(listed):
        before = listed[index - 1].group if index else {}
        if cue.group and cue.group != before:
            shown.append(spread(width, (Bit(f"  {scene.text(cue.group)}", "quiet"),)))
        if index == at:
            seen = len(shown)
        shown.append(_cue(scene, scene.run, cue, width))
    return [shown[i] for i in window(len(shown), seen, rows)] if shown else []


def _cue(scene: Scene, run: RunView, cue: CueView, width: int) -> Row:
    over = cue.skip and cue.status == "to come"
    tone = "quiet" if over else CUE_TONES.get(cue.status, "quiet")
    mark = MARKS.get(cue.status, " ")
    status = Bit(_how(scene, run, cue), "sent" if warned(run, cue, scene.now) else tone)
    named = f"{mark} {pad(cue.number, 4)} {scene.text(cue.name)}"
    return spread(width, (Bit(named, tone),), (status,) if status.text else ())


def _how(scene: Scene, run: RunView, cue: CueView) -> str:
    """What has come of a cue, or how it comes: in how long, or where on its timeline."""
    words = scene.words
    if cue.skip and cue.status == "to come":
        return words.passed_over
    if cue.status == "pending" and cue.due is not None and run.status != "holding":
        return left(cue.due - scene.now)
    if cue.status == "to come" and cue.timecode is not None:
        return cue.timecode
    if cue.status == "to come" and cue.at is not None:
        return f"+{left(cue.at)}"
    return words.cue_status[cue.status]


def slots(scene: Scene, width: int, rows: int) -> list[Row]:
    """Tonight's slots around now, each with its status and the reason for it."""
    listed = scene.board.slots
    if not listed:
        return [(Bit(scene.words.no_slots, "quiet"),)]
    over = ("ended", "displaced", "lapsed", "skipped")
    at = next((i for i, s in enumerate(listed) if s.status not in over), len(listed) - 1)
    return [_slot(scene, listed[i], width) for i in window(len(listed), at, rows)]


def _slot(scene: Scene, slot: SlotView, width: int) -> Row:
    tone = SLOT_TONES.get(slot.status, "quiet")
    words = scene.words
    starts = minute(slot.starts, scene.board.time_zone)
    title = f"{starts} {scene.text(slot.title) or slot.slot}"
    status = words.slot_status[slot.status]
    if reason := scene.text(slot.reasons) or slot.reason:
        # The reason is what must not be cut; the title is known by its hour.
        why = reason if status in reason else f"{status}: {reason}"
        return spread(width, (Bit(title, tone), Bit(f"  {why}", "quiet")))
    if slot.status == "planned":
        status = words.manual if slot.start == "manual" else words.auto
        if slot.start == "auto" and slot.meets != "wait":
            status = words.meets[slot.meets]
    return spread(width, (Bit(title, tone),), (Bit(status, tone),))


def predictions(scene: Scene, width: int) -> list[Row]:
    """When tonight ends on each surface; where that is too late, by how much, and what would mend it."""
    words, zone = scene.words, scene.board.time_zone
    rows: list[Row] = []
    fine = [f"{p.surface} {minute(p.ends, zone)}" for p in scene.board.predictions if not p.over]
    if fine:
        rows.append(spread(width, (Bit(words.ends.format(all=", ".join(fine)), "quiet"),)))
    for one in (p for p in scene.board.predictions if p.over):
        at = minute(one.ends, zone)
        told = words.over.format(surface=one.surface, at=at, span=span(one.over))
        cuts = "; ".join(scene.text(cut.texts) for cut in one.cuts)
        mends = words.cut.format(cuts=cuts) if cuts else words.no_cut
        rows += [spread(width, (Bit(told, "sent"),)), spread(width, (Bit(mends),))]
    return rows


def outputs(scene: Scene, width: int, rows: int) -> list[Row]:
    """Each output with what main and backup say; of more than fit, those that need a look first."""
    listed = scene.board.outputs
    shown = sorted(listed, key=_calm) if len(listed) > rows else listed
    longest = min(max((len(o.output) for o in listed), default=0), width // 2)
    found = [_output(scene, o, width, longest) for o in shown[:rows]]
    if len(listed) > rows:
        rest = scene.words.more.format(count=len(listed) - rows + 1)
        found[-1] = (Bit(rest, "quiet"),)
    return found


def _calm(output: OutputView) -> bool:
    return output.routing == "wire" and output.agreement in ("confirmed", "cannot be asked")


def _output(scene: Scene, output: OutputView, width: int, longest: int) -> Row:
    named = Bit(pad(output.output, longest + 1))
    found = [said(e.agreement, output.sent_at, scene.now) for e in output.evidence]
    found = found or [output.agreement]  # what is recorded only is heard by nobody
    off = output.routing != "wire"
    bits = [Bit(scene.words.said[s], "choose" if off else SAID_TONES[s]) for s in found]
    if len(bits) == 2 and bits[0] == bits[1]:
        bits = [Bit(scene.words.both.format(said=bits[0].text), bits[0].tone)]
    elif len(bits) == 2:
        bits.insert(1, Bit(" · "))
    if output.routing == "simulator":
        bits.insert(0, Bit(f"{scene.words.routings[output.routing]}: ", "choose"))
    return spread(width, (named, *bits))


def hazards(scene: Scene, width: int) -> list[Row]:
    """Whether each hazard output is enabled tonight, and by whom."""
    rows: list[Row] = []
    for output in scene.board.outputs:
        if output.hazard is None:
            continue
        kind = scene.words.hazards[output.hazard]
        if output.enabled_by is None:
            state = Bit(scene.words.not_enabled.format(hazard=kind), "quiet")
        else:
            state = Bit(scene.words.enabled_by.format(hazard=kind, by=output.enabled_by), "sent")
        rows.append(spread(width, (Bit(f"{output.output} "), state)))
    return rows


def on_air(scene: Scene, width: int) -> list[Row]:
    """Which side of each server is on the picture, where that can be changed, and what its switch says."""
    rows: list[Row] = []
    for server in scene.board.servers:
        air = server.on_air
        if air is not None:
            word = said(air.agreement, air.since, scene.now)
            told = scene.words.on_air.format(which=scene.words.which[air.which])
            bits = (Bit(f"{server.server} {told} "), Bit(scene.words.said[word], SAID_TONES[word]))
            rows.append(spread(width, bits))
    return rows


def timecodes(scene: Scene, width: int) -> list[Row]:
    """Where each timecode is while it goes on; how it is with it where it does not."""
    rows: list[Row] = []
    for code in scene.board.timecodes:
        told = Bit(scene.text(code.reasons) or code.reason, "sent")
        if code.status == "running":
            position = hours(code.position + max(0, scene.now - code.at))
            runs = scene.words.timecode_runs
            told = Bit(runs.format(timecode=code.timecode, position=position), "quiet")
        rows.append(spread(width, (told,)))
    return rows


def remote(scene: Scene, width: int) -> list[Row]:
    """That a remote is heard, where, and from whom."""
    found, words = scene.board.remote, scene.words
    if found is None:
        return []
    at = ", ".join(f"{k} {v}" for k, v in (("udp", found.udp), ("tcp", found.tcp)) if v)
    told = Bit(words.remote.format(at=at, allow=", ".join(found.allow)), "quiet")
    bare = () if found.passcode else (Bit(words.no_passcode, "strong"),)
    return [spread(width, (told,), bare)]


def lines(scene: Scene, width: int, rows: int) -> list[Row]:
    """The last lines as they ran, the newest at the bottom."""
    newest = scene.board.lines[-rows:] if rows > 0 else ()
    if not newest:
        return [(Bit(scene.words.no_lines, "quiet"),)]
    found: list[Row] = []
    for line in newest:
        # What has no cue, or is of another run than the one in front, says where it was.
        known = scene.run is not None and line.run == scene.run.run and line.cue
        where = " ".join(w for w in (None if known else line.slot or line.surface, line.cue) if w)
        bits = (
            Bit(f"{line.night_time[:8]} ", "quiet"),
            Bit(f"{where}  " if where else "", "quiet"),
            Bit(scene.text(line.texts) or line.text),
        )
        found.append(spread(width, bits))
    return found
