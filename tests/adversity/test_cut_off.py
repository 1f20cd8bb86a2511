"""A server that nothing gets to for a while, main and backup: no burst of stale cues when it is back.

The cable is the wire between player and simulated servers: what is sent to those is dropped without
a word, as a switch that has lost its power does.
"""

from __future__ import annotations

from show_control.console.desk import Desk
from show_control.documents import Life
from tests.adversity.installation import Installation, call, confirmed, desk_at, stands_by
from tests.adversity.processes import until
from tests.adversity.wire import Packet

COUNTDOWN = 1000
PRESENT = 11
"""What cue 8 shows."""
STALE = (1, 10, 5)


def lives(desk: Desk, server: str) -> set[Life]:
    return {a.life for s in desk.board().servers if s.server == server for a in s.addresses}


async def test_a_server_cut_off_and_back_gets_its_present_look_and_no_backlog(
    alone: Installation,
) -> None:
    wire = alone.wire
    async with desk_at(alone) as desk:
        await confirmed(desk, await call(desk, "2"))
        wire.cut.add("west")
        since = desk.now
        await call(desk, "4")
        await until(lambda: alone.went("6", since), 10, "6 goes")
        await stands_by(desk, "8")
        called = await call(desk, "8")
        await until(lambda: lives(desk, "west") == {"silent"}, 10, "west is missed")
        assert lives(desk, "centre") == lives(desk, "east") == {"alive"}
        assert len(wire.in_vain) > 6
        healed = wire.packets[-1].at
        wire.cut.clear()
        await confirmed(desk, called)
        await until(lambda: lives(desk, "west") == {"alive"}, 10, "west is back")
    back = [p for p in wire.told(healed) if p.side[0] == "west"]
    for which in ("main", "backup"):
        pressed = [p.clip for p in back if p.side == ("west", which) and p.clip is not None]
        assert pressed == [PRESENT], "what it should show now, once, and nothing of before"
    others = [p for p in wire.told(healed) if p.side[0] != "west" and pressed_stale(p)]
    assert others == [], "nobody else is told anything again"
    # What was sent in vain is entered as sent: that it never came, only evidence can tell.
    ends = [e.data for e in alone.entries("result") if e.at >= since and e.output == "facade-west"]
    assert any(e.get("main") == "sent" for e in ends)
    evidence = [e for e in alone.entries("evidence") if e.at >= since and e.output == "facade-west"]
    assert "no reply" in {e.data["agreement"] for e in evidence}
    await alone.is_sound()


def pressed_stale(packet: Packet) -> bool:
    return packet.clip in STALE
