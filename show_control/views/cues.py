"""The cues of a run as the board shows them: what each is, worked out once for a sequence, and what has
come of it, at each look. Of hundreds of cues most are still to come: theirs is the same view each time."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from show_control.documents import CueStatus, CueView, DoView, SayView
from show_control.engine.state import Run
from show_control.model import Action, Cue, Millis
from show_control.timing import ended

replace = msgspec.structs.replace


class Known(msgspec.Struct, frozen=True):
    """A cue as it is before anything has come of it; the outputs that it plays on, and takes."""

    view: CueView
    plays: frozenset[str]
    takes: frozenset[str]


class _Of:
    """The cues of a sequence, told apart as the one object that a file has them in."""

    def __init__(self, cues: tuple[Cue, ...]) -> None:
        self.cues = cues

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Of) and other.cues is self.cues

    def __hash__(self) -> int:
        return id(self.cues)


def cue_views(run: Run, cues: tuple[Cue, ...], now: Millis) -> tuple[CueView, ...]:
    """Each cue with what has come of it; a held run keeps the instants that its cues had."""
    known = _known(_Of(cues))
    come, went, due = come_of(run, cues, known, now), dict(run.past), dict(run.pending)
    return tuple(
        replace(
            one.view,
            status=come[i],
            went=went.get(i),
            due=due.get(i),
            warn_at=warn_at(cues[i], due.get(i)),
        )
        if i in come
        else one.view
        for i, one in enumerate(known)
    )


def come_of(
    run: Run, cues: tuple[Cue, ...], known: tuple[Known, ...], now: Millis
) -> dict[int, CueStatus]:
    """What has come of cues, by index. Standing by is said before all else: a cue that went may stand
    by again."""
    come = went(run, cues, known, now)
    come |= dict.fromkeys(run.dropped, "dropped")
    come |= dict.fromkeys(run.skipped, "skipped")
    come |= {i: "pending" for i, _ in run.pending}
    if run.standby is not None:
        come[run.standby] = "standing by"
    return come


def went(
    run: Run, cues: tuple[Cue, ...], known: tuple[Known, ...], now: Millis
) -> dict[int, CueStatus]:
    """Which of the cues that went still run: not those of which later ones took every picture."""
    come, taken = dict[int, CueStatus](), set[str]()
    for i, at in reversed(run.past):
        end = ended(cues[i], at)
        overtaken = bool(known[i].plays) and known[i].plays <= taken
        over = (end is not None and end <= now) or overtaken
        come[i] = "running" if run.live and not over else "ended"
        taken |= known[i].takes
    return come


def warn_at(cue: Cue, due: Millis | None) -> Millis | None:
    """The instant from which to warn of a cue that is to come."""
    return due - cue.warn if due is not None and cue.warn is not None else None


@lru_cache(maxsize=16)
def _known(of: _Of) -> tuple[Known, ...]:
    return tuple(
        Known(cue_view(cue), pictures(cue, "play"), pictures(cue, "play", "stop"))
        for cue in of.cues
    )


def pictures(cue: Cue, *kinds: str) -> frozenset[str]:
    """The outputs on which a cue does such an action."""
    return frozenset(o for a in cue.do if a.kind in kinds for o in a.outputs)


def cue_view(cue: Cue) -> CueView:
    """A cue that is to come."""
    return CueView(
        number=cue.number,
        name=cue.name,
        status="to come",
        continues=cue.continues,
        does=tuple(do_view(a) for a in cue.do),
        on=cue.on,
        calls=tuple(SayView(to=s.to, say=s.say) for s in cue.calls),
        note=cue.note,
        colour=cue.colour,
        length=cue.length,
        due=None,
        went=None,
        at=cue.at,
        post_wait=cue.post_wait,
        group=cue.group,
        skip=cue.skip,
        timecode=cue.timecode,
        warn_at=None,
    )


def do_view(action: Action) -> DoView:
    """An action with every one of its values."""
    args = tuple(f"{a.tag} {a.value}" for a in action.args)
    return DoView(**{**msgspec.structs.asdict(action), "args": args})
