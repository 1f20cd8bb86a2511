"""Packets on their way: what a later action of the same step takes back of an earlier one's fade."""

from __future__ import annotations

from show_control.commands import Send
from show_control.looks import Look, after
from show_control.model import Action, NightFile, Output, Server, Surface
from show_control.outgoing import Outgoing, Packet, packets_of

FILE = NightFile(
    festival="f",
    time_zone="UTC",
    servers={
        "s": Server(
            id="s",
            dialect="resolume",
            main="udp://127.0.0.1:7000",
            backup="udp://127.0.0.1:7100",
        )
    },
    outputs={"o": Output(id="o", server="s", surface="wall", params={"layer": 1})},
    surfaces={"wall": Surface(id="wall")},
)
AT = 1_000_000
LIT = Look(clip=1, since=0)


def step(*actions: Action) -> list[Packet]:
    """The packets of actions that go together at AT, as the player makes them."""
    look, packets = LIT, []
    for n, action in enumerate(actions, 1):
        wanted = after(look, action, AT)
        send = Send(output="o", before=look, after=wanted, at=AT, why="cue", action=action)
        packets += packets_of(FILE, send, (1, n), AT)
        look = wanted
    return packets


def said(outgoing: Outgoing) -> list[tuple[int, str, object, str]]:
    """All that leaves, by instant."""
    return [
        (p.at - AT, p.address.rsplit("/", 1)[1], p.args[0].value, p.side)
        for p in outgoing.take_due(AT + 60_000)
    ]


def action(kind: str, **values: object) -> Action:
    return Action(kind=kind, outputs=("o",), **values)  # type: ignore[arg-type]  # kinds by name


def test_a_blackout_with_a_fading_level_ends_dark() -> None:
    outgoing = Outgoing()
    lost = outgoing.add(step(action("level", value=0.2, fade=200), action("blackout")))
    assert said(outgoing) == [(0, "opacity", 0.0, "main"), (0, "opacity", 0.0, "backup")]
    assert lost == {(1, 1)}, "the level's intent ends as not sent"


def test_two_fades_of_one_step_do_not_flicker() -> None:
    outgoing = Outgoing()
    outgoing.add(step(action("level", value=0.0, fade=200), action("level", value=0.5, fade=400)))
    values = [v for _, _, v, side in said(outgoing) if side == "main"]
    assert values == sorted(values, reverse=True), "one fade, from what is seen to 0.5"
    assert (len(values), values[-1]) == (10, 0.5)


def test_what_is_due_at_once_still_goes_in_order() -> None:
    outgoing = Outgoing()
    outgoing.add(step(action("level", value=0.4), action("play", clip=2)))
    main = [(at, what, v) for at, what, v, side in said(outgoing) if side == "main"]
    assert main[0] == (0, "opacity", 0.4)
    assert (0, "connect", 1) in main
    assert (50, "connect", 0) in main


def test_a_look_asserted_at_one_side_leaves_the_others_fade() -> None:
    outgoing = Outgoing()
    outgoing.add(step(action("level", value=0.0, fade=400)))
    send = Send(output="o", before=Look(), after=LIT, at=AT, why="server returned")
    outgoing.add(packets_of(FILE, send, (1, 9), AT, ("backup",)))
    ends = {side: v for _, what, v, side in said(outgoing) if what == "opacity"}
    assert ends == {"main": 0.0, "backup": 1.0}
