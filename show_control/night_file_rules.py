"""What makes a night file legal: that what it names is there, and that nothing is said by halves (pure)."""

from __future__ import annotations

from collections.abc import Collection

from show_control.model import Action, ActionKind, NightFile, Sequence, Slot


def faults(file: NightFile) -> list[str]:
    """What makes a night file illegal, each in a sentence; empty for a legal one."""
    found = faults_but_cues(file)
    for sequence in file.sequences.values():
        found += sequence_faults(file, sequence)
    return found + without_cues(file, {k for k, s in file.sequences.items() if not s.cues})


def faults_but_cues(file: NightFile) -> list[str]:
    """Those of everything but what lies in its sequences."""
    found = [
        f"{what} {key}: it calls itself {of.id}"
        for what, parts in (
            ("server", file.servers),
            ("output", file.outputs),
            ("surface", file.surfaces),
        )
        for key, of in parts.items()
        if of.id != key
    ]
    found += [
        f"output {o.id}: there is no {what} {ref}"
        for o in file.outputs.values()
        for what, ref, known in (
            ("server", o.server, file.servers),
            ("surface", o.surface, file.surfaces),
        )
        if ref not in known
    ]
    found += [
        f"server {s.id}: there is no server {s.on_air.via}"
        for s in file.servers.values()
        if s.on_air is not None and s.on_air.via not in file.servers
    ]
    for surface in file.surfaces.values():
        actions = [(f"surface {surface.id}", a) for a in (*surface.safe, *surface.idle)]
        found += _action_faults(file, actions)
    for night in file.nights:
        for slot in night.slots:
            found += _slot_faults(file, slot)
    return found


def sequence_faults(file: NightFile, sequence: Sequence) -> list[str]:
    """Those of one sequence, which need not be the file's own unpacked one."""
    cued = [(f"sequence {sequence.id}, cue {c.number}", a) for c in sequence.cues for a in c.do]
    return _action_faults(file, cued) + _timecode_faults(file, sequence)


def without_cues(file: NightFile, empty: Collection[str]) -> list[str]:
    """The slots that play one of the sequences that have no cues."""
    return [
        f"{_where(s)}: its sequence has no cues"
        for n in file.nights
        for s in n.slots
        if s.sequence in empty
    ]


def _action_faults(file: NightFile, actions: list[tuple[str, Action]]) -> list[str]:
    found = []
    for where, action in actions:
        found += [
            f"{where}: there is no output {o}" for o in action.outputs if o not in file.outputs
        ]
        if action.kind in NEEDS and getattr(action, NEEDS[action.kind]) is None:
            found.append(f"{where}: {action.kind} without {NEEDS[action.kind]}")
        if action.sequence is not None and action.sequence not in file.sequences:
            found.append(f"{where}: there is no sequence {action.sequence}")
        switched = file.servers.get(action.server or "")
        if action.kind == "on_air" and (
            switched is None or switched.on_air is None or action.which is None
        ):
            found.append(f"{where}: nothing puts {action.server} {action.which} on the picture")
        if action.kind == "level" and not (action.value is not None and 0 <= action.value <= 1):
            found.append(f"{where}: a level is from 0 to 1")
    return found


NEEDS: dict[ActionKind, str] = {
    "play": "clip",
    "load": "clip",
    "seek": "to",
    "osc": "address",
    "start": "sequence",
    "end": "sequence",
    "on_air": "server",
}
"""What an action says nothing without."""


def _timecode_faults(file: NightFile, sequence: Sequence) -> list[str]:
    where = f"sequence {sequence.id}"
    if sequence.timecode is not None and sequence.timecode not in file.timecodes:
        return [f"{where}: there is no timecode {sequence.timecode}"]
    return [
        f"{where}, cue {cue.number}: it has no place on a timecode"
        for cue in sequence.cues
        if cue.timecode is not None and (cue.at is None or sequence.timecode is None)
    ]


def _where(slot: Slot) -> str:
    return f"slot {slot.id} of {slot.night}"


def _slot_faults(file: NightFile, slot: Slot) -> list[str]:
    where = _where(slot)
    found = []
    if slot.surface not in file.surfaces:
        found.append(f"{where}: there is no surface {slot.surface}")
    if slot.sequence not in file.sequences:
        found.append(f"{where}: there is no sequence {slot.sequence}")
    if slot.ends <= slot.starts:
        found.append(f"{where}: it ends before it starts")
    return found + [
        f"{where}: there is no output {o}" for o in slot.outputs if o not in file.outputs
    ]
