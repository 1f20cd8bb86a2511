"""The festival file's own messages, filled in."""

from __future__ import annotations

from typing import Any

import pytest

from show_control.commands import Send
from show_control.dialects import Inexpressible, Timed
from show_control.dialects.generic import GENERIC
from show_control.looks import NOTHING, Look, after
from show_control.model import Action, ActionKind, Argument, Message, OscTag, Output, Server

OUTPUT = Output(id="laser", server="laser", surface="bridge", hazard="laser")
AT = 1_000_000


def message(address: str, *args: tuple[OscTag, Any]) -> Message:
    return Message(address=address, args=tuple(Argument(tag=t, value=v) for t, v in args))


LASER = {
    "play": message("/laser/play", ("s", "{clip}")),
    "stop": message("/laser/stop"),
    "level": message("/laser/level", ("f", "{value}")),
    "blackout": message("/laser/off"),
}


def told(
    messages: dict[str, Message],
    action: Action | None,
    *,
    before: Look = NOTHING,
    look: Look | None = None,
    now: int = AT,
) -> list[Timed]:
    server = Server(id="laser", dialect="generic", main="udp://127.0.0.1:9000", messages=messages)
    wanted = look if look is not None else after(before, action or do("stop"), AT)
    send = Send(output="laser", before=before, after=wanted, at=AT, why="test", action=action)
    return GENERIC.express(server, OUTPUT, send, now)


def do(kind: ActionKind, **rest: Any) -> Action:
    return Action(kind=kind, outputs=("laser",), **rest)


def values(timed: list[Timed]) -> list[tuple[str, list[Any]]]:
    return [(t.address, [a.value for a in t.args]) for t in timed]


def test_the_seoul_lasers_messages() -> None:
    [play] = told(LASER, do("play", clip="LASER"))
    assert play == Timed(AT, "/laser/play", (Argument(tag="s", value="LASER"),))
    assert values(told(LASER, do("level", value=0.5, fade=2000))) == [("/laser/level", [0.5])]
    assert values(told(LASER, do("stop"))) == [("/laser/stop", [])]
    assert values(told(LASER, do("blackout"))) == [("/laser/off", [])]


def test_an_action_without_a_message_sends_nothing() -> None:
    assert told({"play": LASER["play"]}, do("stop")) == []


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("i", "{clip}", 7),
        ("h", "{clip}", 7),
        ("f", "{clip}", 7.0),
        ("s", "{clip}", "7"),
        ("s", "cue {clip} at {value} in {seconds} s", "cue 7 at 1 in 1.5 s"),
        ("i", "{fade}", 1500),
        ("f", "{seconds}", 1.5),
        ("d", "{seconds}", 1.5),
        ("i", "{seconds}", 2),
        ("i", "{value}", 1),
        ("s", "{value}", "1"),
        ("s", "{other}", "{other}"),
        ("s", "{{clip}}", "{7}"),
        ("i", "12{clip}", 127),
        ("i", 3, 3),
        ("T", None, None),
    ],
)
def test_a_place_takes_its_value_under_the_arguments_own_tag(
    tag: OscTag, text: Any, expected: Any
) -> None:
    [timed] = told({"play": message("/x", (tag, text))}, do("play", clip=7, fade=1500))
    assert timed.args == (Argument(tag=tag, value=expected),)


def test_an_address_is_filled_in_too() -> None:
    [timed] = told({"play": message("/x/{clip}/go")}, do("play", clip="A"))
    assert timed.address == "/x/A/go"


def test_a_name_does_not_fit_a_number() -> None:
    with pytest.raises(Inexpressible, match="'LASER' is no number"):
        told({"play": message("/x", ("i", "{clip}"))}, do("play", clip="LASER"))


def test_a_level_is_told_as_it_will_be_at_the_end_of_its_fade() -> None:
    level = {"level": message("/l", ("f", "{value}"), ("i", "{fade}"))}
    assert values(told(level, do("level", value=0.25, fade=800))) == [("/l", [0.25, 800])]


def test_late_is_now() -> None:
    [timed] = told(LASER, do("stop"), now=AT + 70)
    assert timed.at == AT + 70


def test_asserting_makes_the_whole_look() -> None:
    lit = Look(clip="LASER", since=AT, level=0.5)
    assert values(told(LASER, None, look=lit)) == [
        ("/laser/play", ["LASER"]),
        ("/laser/level", [0.5]),
    ]
    assert values(told(LASER, None, before=lit, look=lit)) == [("/laser/level", [0.5])]
    assert values(told(LASER, None, look=NOTHING)) == [("/laser/stop", [])]
    fading = after(lit, do("stop", fade=1000), AT)
    assert values(told(LASER, None, look=fading)) == [("/laser/stop", [])]


def test_a_dark_look_is_asserted_without_lighting_anything() -> None:
    dark = Look(clip="LASER", since=AT, dark=True)
    assert values(told(LASER, None, look=dark)) == [("/laser/off", [])]
    without = {k: m for k, m in LASER.items() if k != "blackout"}
    assert values(told(without, None, look=dark)) == [("/laser/stop", [])]


def test_what_is_left_of_a_fade_is_asserted() -> None:
    level = {"level": message("/l", ("f", "{value}"), ("i", "{fade}"))}
    lit = Look(clip="LASER", since=AT - 9000)
    fading = after(lit, do("level", value=0.5, fade=1000), AT - 400)
    assert values(told(level, None, before=lit, look=fading)) == [("/l", [0.5, 600])]


# ---------------------------------------------------------------- ramps, where no message carries a fade

LAMP = Output(id="lamp", server="laser", surface="bridge")
LIT = Look(clip="A", since=AT - 60_000)


def lamp(action: Action | None, before: Look, look: Look | None = None, **messages: Message) -> list[Timed]:  # fmt: skip
    server = Server(id="laser", dialect="generic", main="udp://127.0.0.1:9000", messages={**LASER, **messages})  # fmt: skip
    wanted = look if look is not None or action is None else after(before, action, AT)
    assert wanted is not None
    send = Send(output="lamp", before=before, after=wanted, at=AT, why="test", action=action)
    return GENERIC.express(server, LAMP, send, AT)


def test_a_fade_that_no_message_carries_is_a_ramp_of_levels() -> None:
    ramp = lamp(do("level", value=0.5, fade=1000), LIT)
    assert {t.address for t in ramp} == {"/laser/level"}
    assert [t.at - AT for t in ramp] == [*range(40, 1000, 40), 1000]
    assert ramp[-1].args[0].value == 0.5


def test_a_play_fades_in_and_a_stop_fades_out_before_it_stops() -> None:
    first, second, *rest = lamp(do("play", clip="B", fade=1000), NOTHING)
    assert values([first, second]) == [("/laser/level", [0.0]), ("/laser/play", ["B"])]
    assert values(rest)[-1] == ("/laser/level", [1.0])
    *ramp, stopped = lamp(do("stop", fade=1000), LIT)
    assert values(ramp)[-1] == ("/laser/level", [0.0])
    assert (stopped.address, stopped.at - AT) == ("/laser/stop", 1000)


def test_the_next_play_brings_the_servers_level_back() -> None:
    gone = after(LIT, do("stop", fade=1000), AT - 5000)
    assert values(lamp(do("play", clip="B"), gone)) == [
        ("/laser/play", ["B"]),
        ("/laser/level", [1.0]),
    ]
    assert values(lamp(do("play", clip="B"), LIT)) == [("/laser/play", ["B"])]


def test_a_blackout_of_its_own_comes_after_the_ramp() -> None:
    *ramp, dark = lamp(do("blackout", fade=1000), LIT)
    assert values(ramp)[-1] == ("/laser/level", [0.0])
    assert (dark.address, dark.at - AT) == ("/laser/off", 1000)
    assert values(lamp(do("blackout"), LIT)) == [("/laser/off", [])]


def test_what_carries_its_fade_is_left_alone() -> None:
    own = {"level": message("/l", ("f", "{value}"), ("f", "{seconds}"))}
    assert values(lamp(do("level", value=0.5, fade=1000), LIT, **own)) == [("/l", [0.5, 1.0])]
    stop = {"stop": message("/s", ("i", "{fade}"))}
    assert values(lamp(do("stop", fade=1000), LIT, **stop)) == [("/s", [1000])]


def test_what_is_left_of_a_ramp_goes_on_after_a_restart() -> None:
    fading = after(LIT, do("level", value=0.0, fade=2000), AT - 1000)
    rest = lamp(None, fading, fading)
    assert values(rest)[0] == ("/laser/level", [0.5])
    assert (rest[-1].at - AT, rest[-1].args[0].value) == (1000, 0.0)


def test_a_hazard_goes_dark_at_once() -> None:
    assert values(told(LASER, do("blackout", fade=2000), before=LIT)) == [("/laser/off", [])]
    assert values(told(LASER, do("stop", fade=2000), before=LIT)) == [("/laser/stop", [])]
