"""With neither service nor PostgreSQL, a night is called from the console: on the player alone."""

from __future__ import annotations

from tests.adversity.installation import Installation, call, confirmed, desk_at, put
from tests.adversity.processes import LAMPLIGHTER, note, until
from tests.adversity.terminal import terminal

CLIP = 10


async def test_cue_4_is_called_from_a_desk(alone: Installation) -> None:
    assert alone.service_pid is None
    assert alone.postmaster_pid is None
    async with desk_at(alone) as desk:
        since = await call(desk, "4")
        assert desk.came is not None
        assert desk.came.outcome is not None
        assert desk.came.outcome.went == "4"
        assert desk.came.outcome.recorded == "on disk"
        await until(lambda: set(alone.wire.counts(CLIP, since).values()) == {1}, 5, "all have it")
        await confirmed(desk, since)
        await until(lambda: alone.went("6", since), 10, "6 follows")


async def test_space_at_the_console_is_go(alone: Installation) -> None:
    console = [LAMPLIGHTER, "console", "--data-dir", alone.data, "--by", "Lee"]
    async with desk_at(alone) as desk:
        await put(desk, "4")
        since = desk.now
        async with terminal(console, alone.processes.environment) as screen:
            await until(lambda: "Countdown" in screen.drawn, 20, "the cue is on the screen")
            assert alone.wire.presses(CLIP, since) == []
            screen.press("t")  # the desk put the cue in standby, and has control by that
            await until(lambda: alone.entries("call")[-1].data["call"] == "take_over", 5, "control")
            screen.press(" ")
            await until(lambda: set(alone.wire.counts(CLIP, since).values()) == {1}, 5, "GO")
            screen.forget()
            await until(lambda: "confirmed" in screen.drawn, 10, "the screen says so")
        (went,) = alone.went("4", since)
        (called,) = [e for e in alone.entries("call") if e.at >= since and e.data["call"] == "go"]
        assert called.by == "Lee"
        first = alone.wire.presses(CLIP, since)[0].at
        note(f"on the wire {first - went.at:+.1f} ms from the entry")
