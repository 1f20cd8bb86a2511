"""What every dialect keeps, and what a later list of messages takes back."""

from __future__ import annotations

import itertools

import pytest

from show_control import packets
from show_control.commands import Send
from show_control.dialects import DIALECTS, Inexpressible, Timed, dialect_of, supersede
from show_control.dialects.resolume import RESOLUME
from show_control.looks import NOTHING, after
from show_control.model import Action, ActionKind, Millis, Server
from tests.show_control.dialects.examples import EXAMPLES, output_of, server_of

AT: Millis = 1_000_000
KINDS: tuple[ActionKind, ...] = ("play", "stop", "level", "blackout")
"""What makes a look."""


def action(kind: ActionKind, fade: Millis = 0, clip: int | str = 1) -> Action:
    return Action(
        kind=kind,
        outputs=("w",),
        clip=clip if kind == "play" else None,
        value=0.5 if kind == "level" else None,
        fade=fade,
    )


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_says_what_repeating_each_action_does(name: str) -> None:
    assert DIALECTS[name].name == name
    assert set(DIALECTS[name].repeating) >= set(KINDS)
    assert dialect_of(Server(id="x", dialect=name, main="udp://h:1")) is DIALECTS[name]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fade", [0, 100])
def test_whatever_is_expressed_can_be_encoded_and_lies_ahead(
    name: str, kind: ActionKind, fade: Millis
) -> None:
    server, clip = server_of(name), EXAMPLES[name].clips[0]
    done = action(kind, fade, clip)
    before = after(NOTHING, action("play", clip=clip), AT - 1000)
    wanted = after(before, done, AT)
    send = Send(output="o", before=before, after=wanted, at=AT, why="", action=done)
    try:
        told = dialect_of(server).express(server, output_of(name), send, AT)
    except Inexpressible:
        assert name == "pixera", "it alone has no level here"
        assert kind == "level" or fade
        return
    assert told or name == "generic"
    for timed in told:
        assert timed.at >= AT
        assert packets.encode(server, timed.address, timed.args)


@pytest.mark.parametrize("name", EXAMPLES)
def test_only_a_dialect_that_asks_has_questions_and_a_ping(name: str) -> None:
    server = server_of(name)
    dialect = dialect_of(server)
    clips = EXAMPLES[name].clips
    if dialect.asks and not dialect.tells:
        assert dialect.questions(server, output_of(name), NOTHING, clips)
        assert dialect.ping(server)
    if not dialect.asks:
        assert dialect.questions(server, output_of(name), NOTHING, clips) == []
        assert dialect.ping(server) == []


# ---------------------------------------------------------------- supersede


def expressed(first: Action, second: Action, gap: Millis) -> tuple[list[Timed], list[Timed]]:
    """What the first action tells, what is unsent of it when the second comes, and what then is."""
    server = Server(id="west", dialect="resolume", main="udp://h:1")
    looked = after(NOTHING, action("play", clip=9), AT - 60_000)
    told = []
    for done, at in ((first, AT), (second, AT + gap)):
        then = after(looked, done, at)
        send = Send(output="w", before=looked, after=then, at=at, why="", action=done)
        told.append(RESOLUME.express(server, output_of("resolume"), send, at))
        looked = then
    return told[0], told[1]


def test_a_new_fade_takes_the_rest_of_the_old_one_back() -> None:
    old, new = expressed(action("blackout", 1000), action("level", 1000), 500)
    left = [t for t in old if t.at > AT + 500]
    assert supersede(left, new) == new


def test_a_play_during_a_fading_stop_takes_its_clear_back_with_its_release() -> None:
    old, new = expressed(action("stop", 1000), action("play"), 500)
    left = [t for t in old if t.at > AT + 500]
    assert any(t.address.endswith("/clear") for t in left)
    assert sorted(t.address for t in supersede(left, new)) == sorted(t.address for t in new)


def test_a_release_is_sent_when_its_press_was() -> None:
    old, new = expressed(action("stop", 1000), action("play"), 1020)
    left = [t for t in old if t.at > AT + 1020]
    assert [(t.address.rsplit("/", 1)[1], t.release) for t in left] == [("clear", True)]
    assert left[0] in supersede(left, new)


def test_presses_that_are_due_at_the_same_instant_all_go_in_order() -> None:
    old, new = expressed(action("stop"), action("play"), 0)
    words = [(t.address.rsplit("/", 1)[1], t.args[0].value) for t in supersede(old, new)]
    assert words[:2] == [("clear", 1), ("connect", 1)]


def test_a_level_that_is_due_stays_where_the_new_list_has_none() -> None:
    level, play = expressed(action("level"), action("play"), 0)
    assert [t.ramp for t in play] == [None, None], "the level is right already"
    assert level[0] in supersede(level, play)


def test_nothing_new_takes_nothing_back() -> None:
    old, _ = expressed(action("blackout", 1000), action("level"), 500)
    assert supersede(old, []) == old


@pytest.mark.parametrize(
    ("first", "second"), [*itertools.product(itertools.product(KINDS, [0, 300]), repeat=2)]
)
@pytest.mark.parametrize("gap", [0, 20, 60, 320, 1000])
def test_what_is_left_ends_where_the_last_look_does(
    first: tuple[ActionKind, Millis], second: tuple[ActionKind, Millis], gap: Millis
) -> None:
    """Whatever interrupts whatever: the server's last clip and level are those of the last look."""
    one, two = action(*first), action(*second, clip=2)
    old, new = expressed(one, two, gap)
    due, left = [t for t in old if t.at < AT + gap], [t for t in old if t.at >= AT + gap]
    clip, level = 9, 1.0
    shown: int | None = clip
    for timed in [*sorted(due, key=lambda t: t.at), *supersede(left, new)]:
        value = timed.args[0].value
        match timed.address.split("/")[4:]:
            case ["clips", number, "connect"] if value == 1:
                shown = int(number)
            case ["clear"] if value == 1:
                shown = None
            case ["video", "opacity"]:
                assert isinstance(value, float)
                level = value
            case _:
                assert value == 0, "a release"
    looked = after(after(NOTHING, action("play", clip=9), AT - 60_000), one, AT)
    looked = after(looked, two, AT + gap)
    end = AT + gap + 10_000
    assert shown == looked.showing(end)
    if shown is not None:
        assert level == looked.brightness(end)
