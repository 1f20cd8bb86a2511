"""Nights of any shape, whatever happens in them, and the engine watched as it steps through."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st

from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control import engine
from show_control.commands import AnyCommand, Record, Send
from show_control.engine.calls import CALLS
from show_control.events import AnyEvent, Call, Called, Loaded, Restarted, Tick
from show_control.model import Action, Cue, Millis, NightFile, Sequence, Surface
from show_control.timing import night_time
from tests.schedules.examples import GALLERY, RIVER, SEOUL
from tests.show_control.house import (
    LASER,
    SURFACES,
    at,
    blackout,
    level,
    night_file,
    play,
    sequence,
    slot,
    stop,
)
from tests.show_control.playbook import loaded

DAY = 24 * 3_600_000

Step = tuple[Millis, AnyEvent]


@cache
def compiled(festival: str, night: str) -> NightFile:
    return compile_nights(decode(festival), nights=[date.fromisoformat(night)]).night_file


SEOUL_NIGHT = compiled(SEOUL, "2025-08-28")
NIGHTS = st.sampled_from(
    [
        SEOUL_NIGHT,
        compiled(SEOUL, "2025-08-29"),
        compiled(RIVER, "2026-03-28"),
        compiled(GALLERY, "2025-11-01"),
    ]
)

FADES = st.sampled_from([0, 700, 5000])
ON = st.sampled_from([("left",), ("right",), ("left", "right"), (LASER,), ("left", LASER)])
NESTED = st.sampled_from(
    [
        Action(kind=kind, outputs=(), sequence=f"side{n}")
        for kind in ("start", "end")
        for n in (0, 1)
    ]
)
ACTIONS = st.one_of(
    NESTED,
    st.builds(lambda o: Action(kind="osc", address="/x", outputs=o), ON),
    st.builds(lambda o: Action(kind="load", clip=3, outputs=o), ON),
    st.builds(lambda o, t: Action(kind="seek", to=t, outputs=o), ON, st.sampled_from([0, 30_000])),
    st.builds(lambda c, o, f: play(c, *o, fade=f), st.integers(1, 4), ON, FADES),
    st.builds(lambda v, o, f: level(v, *o, fade=f), st.sampled_from([0.0, 0.4, 1.0]), ON, FADES),
    st.builds(lambda o, f: stop(*o, fade=f), ON, FADES),
    st.builds(lambda o, f: blackout(*o, fade=f), ON, FADES),
)


LENGTHS = st.sampled_from([0, 1000, 60_000, 600_000])


@st.composite
def cues_of(draw: st.DrawFn) -> list[Cue]:
    """Chains, timelines, loops; some of it passed over, all with waits."""
    kind, place = draw(st.sampled_from(["chain", "timeline", "loop"])), 0
    cues: list[Cue] = []
    for n in range(1, draw(st.integers(2, 6))):
        place += draw(st.sampled_from([0, 500, 20_000, 400_000]))
        turns = kind == "loop" and draw(st.booleans())
        timed = kind == "timeline" and draw(st.integers(0, 2)) > 0
        cues.append(
            Cue(
                number=str(n),
                do=tuple(draw(st.lists(ACTIONS, max_size=2))),
                length=600_000 if turns else draw(LENGTHS),  # else a night is all loop
                pre_wait=0 if timed else draw(st.sampled_from([0, 0, 2500])),
                post_wait=draw(st.sampled_from([0, 0, 1500])),
                continues="none" if timed else draw(st.sampled_from(["none", "with", "follow"])),
                at=place if timed else None,
                loop=str(draw(st.integers(1, n))) if turns else None,
                times=draw(st.sampled_from([None, 2, 5])),
                skip=draw(st.integers(0, 5)) == 0,
                group=draw(st.sampled_from([{}, {"en": "1"}, {"en": "Finale"}])),
            )
        )
    return cues


@st.composite
def sequences(draw: st.DrawFn, name: str) -> Any:
    cues = draw(cues_of())
    return sequence(
        name,
        *cues,
        late=draw(st.sampled_from(["fire", "skip", "hold"])),
        resume=draw(st.sampled_from(["rejoin", "hold"])),
    )


def _nothing_in_turn(side: Sequence, n: int) -> Sequence:
    """As `check` has it: what is started starts nobody that started it."""
    kept = tuple(
        msgspec.structs.replace(
            c, do=tuple(a for a in c.do if a.kind != "start" or (a.sequence, n) == ("side1", 0))
        )
        for c in side.cues
    )
    return msgspec.structs.replace(side, cues=kept)


@st.composite
def made_nights(draw: st.DrawFn) -> NightFile:
    """Slots one after another on the wall and on the bridge, by hand and by themselves."""
    shows = [draw(sequences(f"show{n}")) for n in range(2)]
    shows += [_nothing_in_turn(draw(sequences(f"side{n}")), n) for n in range(2)]
    slots, hour = [], 19 * 60
    for n in range(draw(st.integers(1, 4))):
        hour += draw(st.sampled_from([0, 0, 20]))
        length = draw(st.sampled_from([10, 30]))
        outputs = draw(st.sampled_from([("left", "right"), ("left",), ("left", "right", LASER)]))
        begins = f"{hour // 60}:{hour % 60:02}"
        latest = draw(st.none() | st.sampled_from([0, 5, 40]))
        slots.append(
            slot(
                f"s{n}",
                begins,
                f"{(hour + length) // 60}:{(hour + length) % 60:02}",
                draw(st.sampled_from(["show0", "show1"])),
                start=draw(st.sampled_from(["auto", "manual"])),
                meets=draw(st.sampled_from(["wait", "take over", "skip"])),
                latest_start=None if latest is None else at(begins) + latest * 60_000,
                outputs=outputs,
            )
        )
        hour += length
    bright = SURFACES | {
        "bridge": Surface(id="bridge", safe=(level(0.2, LASER),), idle=(play(9, LASER),))
    }
    return night_file(
        tuple(shows), tuple(slots), curfew=draw(st.sampled_from([None, "20:30"])),
        surfaces=draw(st.sampled_from([SURFACES, bright])),
    )  # fmt: skip


WAITS = st.sampled_from([0, 1, 250, 300, 1500, 10_000, 60_000, 300_000, 1_200_000])


class Played:
    """A night file, and what happens; told in a few words where it fails."""

    def __init__(self, file: NightFile, steps: list[Step]) -> None:
        self.file, self.steps = file, steps

    def __repr__(self) -> str:
        zone, night = self.file.time_zone, self.file.nights[0]
        told = [
            f"{night_time(at, night.date, zone)} {happening(event)}" for at, event in self.steps
        ]
        return "\n".join([self.file.festival, *map(repr, night.slots), *self.cues(), *told])

    def cues(self) -> list[str]:
        made_up = self.file.festival == "small"
        return [repr(s) for s in self.file.sequences.values()] if made_up else []


def happening(event: AnyEvent) -> str:
    return type(event).__name__ if isinstance(event, Loaded) else repr(event)


@st.composite
def plays(draw: st.DrawFn, files: st.SearchStrategy[NightFile]) -> Played:
    """A night and what happens in it: calls that may be right, stalls, restarts, another file."""
    file = draw(files)
    night = file.nights[0]
    names = [s.id for s in night.slots] or ["none"]
    names += [f"{name}:side{n}" for name in names[:1] for n in (0, 1)]
    numbers = sorted({c.number for s in file.sequences.values() for c in s.cues})
    outputs = list(file.outputs)
    now = night.slots[0].starts - 600_000 if night.slots else night.starts
    steps: list[Step] = [(now, loaded(file))]
    calls = st.builds(
        lambda name, run, standby, output, count, by, request, to: Call(
            call=name,
            run=run,
            standby=standby,
            output=output,
            standby_count=count,
            by=by,
            request=request,
            to=to if name == "route" else None,
            outputs=(output,) if name == "route" else (),
        ),
        st.sampled_from([*CALLS, "go", "go", "go", "resume", "enable"]),
        st.none() | st.sampled_from(names),
        st.none() | st.none() | st.sampled_from(numbers or ["1"]),
        st.sampled_from([*[o for o in outputs if file.outputs[o].hazard], *outputs]),
        st.none() | st.none() | st.integers(1, 5),
        st.sampled_from(["Kim", "Lee", ""]),
        st.none() | st.none() | st.sampled_from(["r1", "r2", "r3"]),
        st.sampled_from(["wire", "record only", "simulator"]),
    )
    other = msgspec.structs.replace(file, version=7)
    for _ in range(draw(st.integers(1, 14))):
        now += draw(WAITS)
        which = draw(st.integers(0, 19))
        if which < 14:
            made = draw(calls)
            steps.append((now, Called(call=made)))
        elif which < 17:
            steps.append((now, Tick()))
        elif which < 19:
            steps.append((now, Restarted(same_engine=draw(st.booleans()))))
        else:
            steps.append((now, loaded(draw(st.sampled_from([file, other])))))
    return Played(file, steps)


LIVELY = ("go",) * 6 + ("standby",) * 3 + (
    "hold", "resume", "resume", "leave", "leave", "skip", "back", "end", "fade_out", "restore", "enable",
    "take_over", "show_stop",
)  # fmt: skip


@st.composite
def called_nights(draw: st.DrawFn) -> Played:
    """One slot of random cues and what they start, in somebody's hand all the time: calls that are right
    as often as not, seconds and minutes apart, with stalls and restarts between."""
    shows = [draw(sequences("show")), draw(sequences("side0"))]
    shows = [shows[0], _nothing_in_turn(shows[1], 0), _nothing_in_turn(draw(sequences("side1")), 1)]
    start = draw(st.sampled_from(["auto", "manual"]))
    outputs = ("left", "right", LASER)
    file = night_file(
        tuple(shows),
        (
            slot("s0", "20:00", draw(st.sampled_from(["20:30", "22:00"])), "show", start=start, outputs=outputs),
            slot("s1", "22:00", "22:30", "show", outputs=outputs),
        ),
        curfew=draw(st.sampled_from([None, "21:30"])),
    )  # fmt: skip
    now = file.nights[0].slots[0].starts
    steps: list[Step] = [(now - 1000, loaded(file)), (now, Tick())]
    for _ in range(draw(st.integers(4, 24))):
        now += draw(st.sampled_from([301, 1000, 2500, 20_000, 60_000, 60_000, 300_000]))
        if draw(st.integers(0, 9)) == 0:
            event: AnyEvent = draw(
                st.sampled_from([Restarted(), Restarted(same_engine=False), Tick()])
            )
        else:
            name = draw(st.sampled_from(LIVELY))
            event = Called(
                call=Call(
                    call=name,
                    by=draw(st.sampled_from(["Kim", "Kim", "Lee"])),
                    run=draw(st.sampled_from(["s0", "s0", "s0", "s0:side0", "s0:side1"])),
                    standby=draw(st.sampled_from("1234")) if name == "standby" else None,
                    output=LASER if name in ("enable", "restore") else None,
                )
            )
        steps.append((now, event))
    return Played(file, steps)


ANY = plays(NIGHTS | made_nights()) | called_nights()


class Watched:
    """The engine under a script; every step is judged."""

    def __init__(self, steps: list[Step], *, stalled: bool = False) -> None:
        self.state = engine.EMPTY
        self.files: dict[str, NightFile] = {}
        self.told: list[tuple[Millis, list[AnyCommand]]] = []
        for when, event in steps:
            while not stalled and (due := engine.deadline(self.state)) is not None and due <= when:
                self.step(Tick(), due)
            self.step(event, when)
        if not stalled:
            end = steps[-1][0] + DAY
            while (due := engine.deadline(self.state)) is not None and due <= end:
                self.step(Tick(), due)

    def step(self, event: AnyEvent, now: Millis) -> None:
        if isinstance(event, Loaded):
            self.files[event.hash] = event.file
        before = self.state
        self.state, told = engine.step(before, event, now)
        self.told.append((now, told))
        self.judge(before, told, now)

    def judge(self, before: engine.State, told: list[AnyCommand], now: Millis) -> None:
        state = self.state
        due = engine.deadline(state)
        assert due is None or due > now, "nothing due is left behind"
        assert state.through >= before.through
        patch = msgspec.msgpack.decode(msgspec.msgpack.encode(engine.patch(before, state)))
        folded = engine.apply(before, patch, self.files)
        assert folded == state
        assert list(folded.runs) == list(state.runs)
        assert list(folded.answered) == list(state.answered)
        for run in state.runs.values():
            was = before.runs.get(run.id)
            assert run.count >= (was.count if was else 0)
            assert run.file in state.files
            assert was is None or (was.file, was.sequence) == (run.file, run.sequence)
            assert was is None or was.live or not run.live, "what is over stays over"
            assert run.live or not run.pending
            assert run.standby is None or run.live
        for output, owner in state.owners.items():
            assert state.runs[owner].live
            assert output in state.runs[owner].outputs
        lit_unasked = {
            o
            for o, look in state.looks.items()
            if look.lit(now) and self.hazard(o) and not self.enabled(o, now)
        }
        assert not lit_unasked, "a hazard output is never lit without tonight's enable"
        assert all(c.at <= now for c in told if isinstance(c, Record | Send))

    def hazard(self, output: str) -> bool:
        return any(
            f.outputs[output].hazard for f in self.state.files.values() if output in f.outputs
        )

    def enabled(self, output: str, now: Millis) -> bool:
        enabled = self.state.enabled.get(output)
        nights = [n for f in self.state.files.values() for n in f.nights]
        return enabled is not None and any(
            n.date == enabled.night and n.starts <= now <= n.ends for n in nights
        )

    def commands(self) -> list[AnyCommand]:
        return [c for _, told in self.told for c in told]
