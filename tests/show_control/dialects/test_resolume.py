"""Resolume's messages, by https://www.resolume.com/support/en/osc, down to their bytes."""

from __future__ import annotations

from typing import Any

import pytest

from show_control.commands import Send
from show_control.dialects import Inexpressible, Timed
from show_control.dialects.resolume import RESOLUME
from show_control.evidence import Report
from show_control.looks import NOTHING, Look, after
from show_control.model import Action, ActionKind, Argument, Message, Output, Server
from show_control.osc import decode, encode

SERVER = Server(id="west", dialect="resolume", main="udp://127.0.0.1:7000", feedback_port=7001)
OUTPUT = Output(id="w", server="west", surface="facade", params={"layer": 1})
AT = 1_000_000
CONNECT = "/composition/layers/1/clips/{}/connect"
OPACITY = "/composition/layers/1/video/opacity"
CLEAR = "/composition/layers/1/clear"


def do(kind: ActionKind, **rest: Any) -> Action:
    return Action(kind=kind, outputs=("w",), **rest)


def told(
    before: Look,
    action: Action | None,
    *,
    at: int = AT,
    now: int | None = None,
    look: Look | None = None,
) -> list[Timed]:
    wanted = look if look is not None else after(before, action or do("stop"), at)
    send = Send(output="w", before=before, after=wanted, at=at, why="test", action=action)
    return RESOLUME.express(SERVER, OUTPUT, send, at if now is None else now)


def short(timed: list[Timed]) -> list[tuple[int, str, Any]]:
    """Milliseconds from AT, the last word of the address with its clip, the value."""
    names = {OPACITY: "opacity", CLEAR: "clear"}
    return [
        (
            t.at - AT,
            names.get(t.address, t.address.removeprefix("/composition/layers/1/")),
            t.args[0].value,
        )
        for t in timed
    ]


def showing(clip: int, **rest: Any) -> Look:
    return Look(clip=clip, since=AT - 60_000, **rest)


def test_connecting_a_clip_is_these_bytes() -> None:
    press, release, opacity = told(NOTHING, do("play", clip=1))
    address = "2f636f6d706f736974696f6e2f6c61796572732f312f636c6970732f312f636f6e6e656374000000"
    assert encode(press.address, press.args) == bytes.fromhex(address + "2c690000 00000001")
    assert encode(release.address, release.args) == bytes.fromhex(address + "2c690000 00000000")
    assert release.at == press.at + 50
    assert encode(opacity.address, opacity.args) == bytes.fromhex(
        "2f636f6d706f736974696f6e2f6c61796572732f312f766964656f2f6f706163697479002c660000 3f800000"
    )


def test_play_brings_the_level_back_only_where_it_may_differ() -> None:
    played = [(0, "clips/2/connect", 1), (50, "clips/2/connect", 0)]
    assert short(told(showing(1), do("play", clip=2))) == played
    level = [*played, (0, "opacity", 1.0)]
    assert short(told(NOTHING, do("play", clip=2))) == level
    assert short(told(showing(1, dark=True), do("play", clip=2))) == level


def test_a_clip_comes_before_its_level_and_darkness_before_a_clip() -> None:
    dimmed = told(showing(1, level=0.5, dark=True), do("play", clip=2))
    assert [t.address for t in dimmed] == [CONNECT.format(2)] * 2 + [OPACITY]
    black = told(showing(1, level=0.0, dark=True), do("play", clip=2), look=showing(2, level=0.0))
    assert short(black)[0][1] == "clips/2/connect"
    asserted = told(NOTHING, None, look=showing(2, dark=True))
    assert short(asserted)[0] == (0, "opacity", 0.0)


def test_a_fade_is_25_values_a_second_and_ends_exactly() -> None:
    faded = told(showing(1), do("level", value=0.3, fade=1000))
    assert [t.at - AT for t in faded] == list(range(40, 1001, 40))
    assert faded[-1].args == (Argument(tag="f", value=0.3),)
    assert faded[0].args[0].value == 0.972
    assert {t.ramp for t in faded} == {"opacity"}


def test_a_fade_that_no_step_divides_ends_at_its_instant() -> None:
    faded = short(told(showing(1), do("blackout", fade=100)))
    assert faded == [(40, "opacity", 0.6), (80, "opacity", 0.2), (100, "opacity", 0.0)]
    assert short(told(showing(1), do("blackout", fade=10))) == [(10, "opacity", 0.0)]


def test_level_and_blackout_without_a_fade_are_one_message() -> None:
    assert short(told(showing(1), do("level", value=0.25))) == [(0, "opacity", 0.25)]
    assert short(told(showing(1), do("blackout"))) == [(0, "opacity", 0.0)]


def test_a_play_with_a_fade_begins_in_the_dark() -> None:
    faded = short(told(NOTHING, do("play", clip=3, fade=80)))
    assert faded == [
        (0, "opacity", 0.0),
        (0, "clips/3/connect", 1),
        (50, "clips/3/connect", 0),
        (40, "opacity", 0.5),
        (80, "opacity", 1.0),
    ]


def test_a_play_with_a_fade_over_what_is_lit_goes_on_from_there() -> None:
    faded = short(told(showing(1, level=0.5), do("play", clip=3, fade=80)))
    assert faded[0] == (0, "clips/3/connect", 1)
    assert [f for f in faded if f[1] == "opacity"] == [(40, "opacity", 0.5), (80, "opacity", 0.5)]


def test_a_stop_clears_at_once_or_at_the_end_of_its_fade() -> None:
    assert short(told(showing(1), do("stop"))) == [(0, "clear", 1), (50, "clear", 0)]
    assert short(told(showing(1), do("stop", fade=80))) == [
        (40, "opacity", 0.5),
        (80, "opacity", 0.0),
        (80, "clear", 1),
        (130, "clear", 0),
    ]


def test_of_a_late_ramp_the_newest_value_goes_at_once() -> None:
    late = told(showing(1), do("blackout", fade=200), now=AT + 90)
    assert short(late) == [
        (90, "opacity", 0.6),
        (120, "opacity", 0.4),
        (160, "opacity", 0.2),
        (200, "opacity", 0.0),
    ]
    assert short(told(showing(1), do("blackout", fade=200), now=AT + 500)) == [
        (500, "opacity", 0.0)
    ]
    gone = told(showing(1), do("stop", fade=200), now=AT + 500)
    assert short(gone) == [(500, "opacity", 0.0), (500, "clear", 1), (550, "clear", 0)]


def test_nothing_is_told_for_before_now() -> None:
    for kind in ("play", "level", "blackout", "stop"):
        for fade in (0, 100, 1000):
            clip = 2 if kind == "play" else None
            action = do(kind, clip=clip, fade=fade, value=0.5 if kind == "level" else None)
            for late in (0, 39, 40, 41, 100, 5000):
                assert all(t.at >= AT + late for t in told(showing(1), action, now=AT + late))


def test_asserting_connects_only_where_the_clip_differs() -> None:
    assert short(told(showing(1), None, look=showing(1))) == [(0, "opacity", 1.0)]
    assert short(told(showing(2), None, look=showing(1, level=0.5))) == [
        (0, "clips/1/connect", 1),
        (50, "clips/1/connect", 0),
        (0, "opacity", 0.5),
    ]
    assert told(NOTHING, None, look=NOTHING) == []
    assert short(told(showing(1), None, look=NOTHING)) == [(0, "clear", 1), (50, "clear", 0)]


def test_asserting_goes_on_with_a_ramp() -> None:
    fading = after(showing(1), do("stop", fade=200), AT - 100)
    assert short(told(showing(1), None, look=fading)) == [
        (0, "opacity", 0.6),
        (20, "opacity", 0.4),
        (60, "opacity", 0.2),
        (100, "opacity", 0.0),
        (100, "clear", 1),
        (150, "clear", 0),
    ]


def test_asserting_after_a_stop_has_faded_clears() -> None:
    faded = after(showing(1), do("stop", fade=200), AT - 1000)
    assert short(told(showing(1), None, look=faded)) == [(0, "clear", 1), (50, "clear", 0)]


@pytest.mark.parametrize("clip", ["ONE", None])
def test_a_clip_without_a_column_is_refused(clip: str | None) -> None:
    with pytest.raises(Inexpressible, match="number of its column"):
        told(NOTHING, do("play", clip=clip))


@pytest.mark.parametrize("params", [{}, {"layer": "1"}, {"layer": True}])
def test_an_output_without_a_layer_is_refused(params: dict[str, Any]) -> None:
    output = Output(id="w", server="west", surface="facade", params=params)
    with pytest.raises(Inexpressible, match=r"params\.layer"):
        RESOLUME.questions(SERVER, output, NOTHING)


def test_questions_are_these_bytes() -> None:
    first, *_ = RESOLUME.questions(SERVER, OUTPUT, showing(1))
    assert encode(first.address, first.args) == (
        b"/composition/layers/1/clips/1/connected\0,s\0\0?\0\0\0"
    )
    addresses = [q.address for q in RESOLUME.questions(SERVER, OUTPUT, showing(4, clip_name="X"))]
    layer = "/composition/layers/1"
    clip = f"{layer}/clips/4"
    time = f"{clip}/transport/position"
    assert addresses == [
        f"{clip}/connected",
        OPACITY,
        time,
        f"{time}/behaviour/duration",
        f"{clip}/name",
    ]
    [every] = RESOLUME.questions(SERVER, OUTPUT, NOTHING)
    assert every.address == "/composition/layers/1/clips/*/connected"
    [ping] = RESOLUME.ping(SERVER)
    assert ping == Message(address=OPACITY, args=(Argument(tag="s", value="?"),))


@pytest.mark.parametrize(
    ("packet", "expected"),
    [
        (
            b"/composition/layers/1/clips/3/connected\0,i\0\0\0\0\0\x03",
            Report(output="w", what="clip", value=True, clip=3),
        ),
        (
            b"/composition/layers/1/clips/3/connected\0,i\0\0\0\0\0\x04",
            Report(output="w", what="clip", value=True, clip=3),
        ),
        (
            b"/composition/layers/1/clips/3/connected\0,i\0\0\0\0\0\x02",  # previewing only
            Report(output="w", what="clip", value=False, clip=3),
        ),
        (
            b"/composition/layers/1/video/opacity\0,f\0\0\x3f\x00\0\0",
            Report(output="w", what="brightness", value=0.5),
        ),
        (
            b"/composition/layers/1/clips/12/name\0,s\0\0WASH\0\0\0\0",
            Report(output="w", what="clip_name", value="WASH", clip=12),
        ),
        (
            b"/composition/layers/1/clips/3/transport/position\0\0\0\0,f\0\0\x3f\x00\0\0",
            Report(output="w", what="part", value=0.5, clip=3),
        ),
        (b"/composition/layers/2/video/opacity\0,f\0\0\x3f\x00\0\0", None),
        (b"/composition/layers/1/clips/3/connected\0,s\0\0?\0\0\0", None),
        (b"/composition/layers/1/video/opacity\0,\0\0\0", None),
        (b"/composition/columns/1/connected\0\0\0\0,i\0\0\0\0\0\x03", None),
    ],
)
def test_answers_are_read(packet: bytes, expected: Report | None) -> None:
    [message] = decode(packet)
    reports = RESOLUME.read(SERVER, [OUTPUT], message)
    assert reports == ([] if expected is None else [expected])
