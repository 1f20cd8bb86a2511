"""One folder, one sender: a second player is refused, and a stale one is silent."""

from __future__ import annotations

from tests.adversity.installation import Installation, call, confirmed, desk_at, put, stands_by
from tests.adversity.processes import until

CLIPS = (10, 5)


async def test_a_second_player_is_refused_with_the_holders_process(alone: Installation) -> None:
    await until(lambda: alone.player_pid, 10, "a player has the folder")
    said = await alone.command("player", code=1)
    assert f"held by process {alone.player_pid}" in said


async def test_a_player_that_lost_its_folder_sends_nothing_any_more(alone: Installation) -> None:
    """Its lock is taken away under it, as a folder put back from a backup would do, and it lives on:
    the follow that both have pending comes once, from the new one's ports."""
    wire = alone.wire
    async with desk_at(alone) as desk:
        await confirmed(desk, await call(desk, "2"))
        run = await put(desk, "4")
        stale = alone.player_pid
        assert stale is not None
        came = await desk.go(run)
        assert came.outcome is not None
        since = came.outcome.at
        (alone.folder / "lock").unlink()
        alone.play()
        newer = await until(
            lambda: alone.player_pid not in (None, stale) and alone.player_pid,
            10,
            "a second player",
        )
        started = max(p.at for p in wire.packets)
        await until(lambda: all(wire.counts(CLIPS[1], since).values()), 10, "6 is on the wire")
        await stands_by(desk, "8")
        await confirmed(desk, since)
        assert stale in alone.processes.alive("player")
        assert newer in alone.processes.alive("player")
        for clip in CLIPS:
            assert set(wire.counts(clip, since).values()) == {1}, clip
        sources = {p.source for p in wire.packets if p.at > started}
        per_side = {(p.side, p.source) for p in wire.packets if p.at > started}
        assert len(sources) == len({side for side, _ in per_side}), (
            "one port for each address: one sender"
        )
