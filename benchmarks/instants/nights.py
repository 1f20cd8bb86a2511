"""Night files of one night for the benchmarks."""

from __future__ import annotations

from collections.abc import Sequence as Many

from show_control.model import (
    Action,
    Argument,
    Cue,
    Message,
    Millis,
    Night,
    NightFile,
    Output,
    Say,
    Sequence,
    Server,
    Slot,
    Surface,
)

HOUR: Millis = 3_600_000
DATE = "2027-01-15"
PLAIN = {"play": Message(address="/cue", args=(Argument(tag="i", value="{clip}"),))}


def plain_servers(ports: Many[int]) -> dict[str, Server]:
    """Servers that answer nothing: one message for each cue."""
    return {
        f"server-{n}": Server(
            id=f"server-{n}", dialect="generic", main=f"udp://127.0.0.1:{port}", messages=PLAIN
        )
        for n, port in enumerate(ports)
    }


def asked_server(port: int, feedback_port: int) -> Server:
    """One that is asked and heard, and has no part in the cues."""
    main = f"udp://127.0.0.1:{port}"
    return Server(id="asked", dialect="resolume", main=main, feedback_port=feedback_port)


def play(clip: int, *outputs: str) -> Action:
    return Action(kind="play", outputs=outputs, clip=clip)


def chain(count: int, every: Millis, outputs: Many[str]) -> tuple[Cue, ...]:
    """Cues that follow each other: clip n at the n-th."""
    return tuple(
        Cue(
            number=str(n + 1),
            do=(play(n, *outputs),),
            length=every,
            continues="follow" if n else "none",
        )
        for n in range(count)
    )


def together(outputs: Many[str]) -> tuple[Cue, ...]:
    """As many cues at one instant as there are outputs."""
    return tuple(
        Cue(number=str(n + 1), do=(play(n, output),), continues="with" if n else "none")
        for n, output in enumerate(outputs)
    )


def steps(count: int, output: str) -> tuple[Cue, ...]:
    """Cues that each wait for a GO."""
    return tuple(Cue(number=str(n + 1), do=(play(n, output),), length=None) for n in range(count))


def night(
    now: Millis,
    servers: dict[str, Server],
    sequences: dict[str, tuple[Cue, ...]],
    slots: Many[tuple[str, Millis]],
    *,
    manual: bool = False,
    lasts: Millis = HOUR,
) -> NightFile:
    """One output for each server, and a slot for each (sequence, start)."""
    outputs = {
        f"on-{s.id}": Output(
            id=f"on-{s.id}",
            server=s.id,
            surface="wall",
            params={"layer": 1} if s.dialect == "resolume" else {},
        )
        for s in servers.values()
    }
    claimed = tuple(o for o in outputs if o != "on-asked")
    starts, ends = now - HOUR, now + 12 * HOUR
    return NightFile(
        festival="benchmark",
        time_zone="Asia/Seoul",
        servers=servers,
        outputs=outputs,
        surfaces={"wall": Surface(id="wall")},
        sequences={k: Sequence(id=k, cues=cues) for k, cues in sequences.items()},
        nights=(
            Night(
                date=DATE,
                starts=starts,
                ends=ends,
                slots=tuple(
                    Slot(
                        id=f"slot-{n}" if manual else f"slot-{n}-{at}",
                        night=DATE,
                        surface="wall",
                        sequence=sequence,
                        starts=at,
                        ends=ends if manual else at + lasts,
                        start="manual" if manual else "auto",
                        outputs=claimed,
                    )
                    for n, (sequence, at) in enumerate(slots)
                ),
            ),
        ),
    )


def many_cues(count: int, in_each: int = 300) -> dict[str, tuple[Cue, ...]]:
    """Sequences as a large festival has them: names in two languages, words to say, works."""
    return {
        f"large-{first}": tuple(
            Cue(
                number=str(n + 1),
                name={"en": f"Look {n + 1} of {first}", "ko": f"장면 {n + 1}"},
                do=(
                    Action(
                        kind="play",
                        outputs=("on-server-0",),
                        clip=n % 40 + 1,
                        clip_name=f"clip {n % 40 + 1}",
                        work=f"work-{n % 40}",
                        fade=500,
                    ),
                ),
                length=20_000,
                continues="follow" if n else "none",
                calls=(Say(to="Video", say=f"Video {n + 1}, go"),),
                note="watch the wind",
            )
            for n in range(in_each)
        )
        for first in range(0, count, in_each)
    }
