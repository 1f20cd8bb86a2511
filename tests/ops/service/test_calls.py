"""Calls relayed to a real player, which decides."""

from __future__ import annotations

import asyncio
import re
import signal
from itertools import count
from typing import Any

import httpx
import pytest

from tests.ops.service.world import SLOT, Serving, World, standing_by, until

pytestmark = pytest.mark.usefixtures("free")

REQUESTS = (f"request-{n}" for n in count())
GO = f"/api/v1/runs/{SLOT}/go"


async def stand_by(kim: httpx.AsyncClient, serving: Serving, cue: str) -> dict[str, Any]:
    """Put a cue in standby; what a GO on it says."""
    answer = await kim.post(
        f"/api/v1/runs/{SLOT}/standby", json={"standby": cue, "request": next(REQUESTS)}
    )
    assert answer.status_code == 200, answer.text
    await until(lambda: getattr(standing_by(serving), "standby", None) == cue)
    told = answer.json()
    # A minimum span holds between two GOs.
    await asyncio.sleep(0.35)  # noqa: TID251 - the player is another process
    return {"standby": cue, "standby_count": told["standby_count"], "request": next(REQUESTS)}


async def test_go_answers_what_went(world: World, serving: Serving) -> None:
    async with serving.person() as kim:
        body = await stand_by(kim, serving, "2")
        answer = await kim.post(GO, json=body | {"by": "Mallory"})
        assert answer.status_code == 200
        told = answer.json()
        at = told.pop("at")
        assert len(at) == len("2025-08-28T11:30:00.000Z")
        assert at.endswith("Z")
        assert told == {
            "request": body["request"],
            "run": f"lights.2025-08-28.{SLOT}",
            "went": "2",
            "standby": "3",
            "standby_count": body["standby_count"] + 1,
            "by": "Kim",
            "recorded": "on disk",
        }
        # The same request again is the same GO.
        again = await kim.post(f"/api/v1/runs/{told['run']}/go", json=body)
        assert again.json()["went"] == "2"
    world.osc.settimeout(5)
    assert world.osc.recv(1000).startswith(b"/composition/")


async def test_a_stale_go_is_refused_with_who_was_first(serving: Serving) -> None:
    async with serving.person() as kim:
        body = await stand_by(kim, serving, "1")
        assert (await kim.post(GO, json=body)).status_code == 200
        answer = await kim.post(GO, json=body | {"request": next(REQUESTS)})
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["by"] == "Kim"
    assert told["standby"] == "2"
    assert told["standby_count"] == body["standby_count"] + 1
    assert told["at"].endswith("Z")
    assert "Kim" in told["reason"]


async def test_of_two_sessions_that_press_go_at_once_one_goes_and_the_other_reads_who_was_first(
    serving: Serving,
) -> None:
    async with serving.person() as kim, serving.person("Park") as park:
        body = await stand_by(kim, serving, "1")
        handed = await kim.post(f"/api/v1/runs/{SLOT}/hand_back", json={})
        assert handed.status_code == 200, "nobody has control now"
        people = {"Kim": kim, "Park": park}
        answers = await asyncio.gather(
            *(one.post(GO, json=body | {"request": next(REQUESTS)}) for one in people.values())
        )
        won, lost = sorted(answers, key=lambda answer: answer.status_code)
        assert (won.status_code, lost.status_code) == (200, 409)
        first, told = won.json()["by"], lost.json()
        assert re.fullmatch(rf"1 went 0\.\d s ago, by {first}", told["reason"])
        assert told["reasons"]["en"] == told["reason"]
        assert re.fullmatch(
            rf"1번 큐가 0\.\d초 전에 실행되었습니다 \({first}\)", told["reasons"]["ko"]
        )
        assert (told["by"], told["standby"]) == (first, "2")
        # Whoever was first has control from then on, until the other takes it over in one press.
        (other,) = set(people) - {first}
        going = {"standby": "2", "standby_count": body["standby_count"] + 1}
        await asyncio.sleep(0.35)  # noqa: TID251 - the minimum span, in another process
        refused = await people[other].post(GO, json=going | {"request": next(REQUESTS)})
        assert (refused.status_code, refused.json()["reason"]) == (409, f"{first} has control")
        taken = await people[other].post(f"/api/v1/runs/{SLOT}/take_over", json={})
        assert taken.status_code == 200
        await until(lambda: controlled(serving) == (other, first))
        handed = await people[other].post(f"/api/v1/runs/{SLOT}/hand_back", json={})
        assert handed.status_code == 200
        await until(lambda: controlled(serving) == (first, None))
        await people[first].post(f"/api/v1/runs/{SLOT}/hand_back", json={})


def controlled(serving: Serving) -> tuple[str, str | None] | None:
    """Who has control of the run, and from whom."""
    control = standing_by(serving).control
    return control and (control.by, control.before)


async def test_a_note_is_a_line_of_the_cue_sheet(serving: Serving) -> None:
    async with serving.person() as kim:
        for path in (f"/api/v1/runs/{SLOT}/note", "/api/v1/calls/note"):
            answer = await kim.post(path, json={"note": f"fog, {path}"})
            assert answer.status_code == 200, answer.text
            await until(
                lambda path=path: any(
                    f"note by Kim: fog, {path}" == line.text
                    for line in serving.runtime.feed.board.lines
                )
            )
        assert (await kim.post("/api/v1/calls/note", json={"note": ""})).status_code == 400


async def test_twenty_people_one_go(serving: Serving) -> None:
    async with serving.person() as kim:
        body = await stand_by(kim, serving, "1")
        answers = await asyncio.gather(
            *(kim.post(GO, json=body | {"request": next(REQUESTS)}) for _ in range(20))
        )
    assert sorted(answer.status_code for answer in answers) == [200] + 19 * [409]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"/api/v1/runs/{SLOT}/hold", {}),
        (f"/api/v1/runs/{SLOT}/resume", {}),
        (f"/api/v1/runs/{SLOT}/ask", {}),
        (f"/api/v1/runs/{SLOT}/take_over", {}),
        (f"/api/v1/runs/{SLOT}/hand_back", {}),
        (f"/api/v1/runs/{SLOT}/fade_out", {}),
        ("/api/v1/calls/fade_out", {"reason": "rain"}),
        ("/api/v1/calls/show_stop", {"reason": "a drone"}),
        ("/api/v1/calls/restore", {"reason": "it landed"}),
        (f"/api/v1/runs/{SLOT}/back", {}),
        (f"/api/v1/runs/{SLOT}/leave", {}),
        (f"/api/v1/runs/{SLOT}/start", {}),
        ("/api/v1/calls/automation_off", {"reason": "fog"}),
        ("/api/v1/calls/automation_on", {}),
        ("/api/v1/calls/start", {"surface": "wall"}),
        ("/api/v1/outputs/laser/enable", {}),
        ("/api/v1/outputs/laser/disable", {}),
        ("/api/v1/outputs/west/restore", {}),
    ],
)
async def test_the_other_calls_reach_the_player(
    serving: Serving, path: str, body: dict[str, Any]
) -> None:
    async with serving.person() as kim:
        answer = await kim.post(path, json=body | {"request": next(REQUESTS)})
    told = answer.json()
    # Whether it is the moment for it is the player's to say, with a reason.
    assert answer.status_code == 200 or (answer.status_code == 409 and told["reason"]), told
    assert told["by"] is None or told["by"] in {"Kim", "Park"}


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/json"}])
async def test_a_fade_out_needs_no_body(serving: Serving, headers: dict[str, str]) -> None:
    async with serving.person() as kim:
        answer = await kim.post("/api/v1/calls/fade_out", headers=headers)
    assert answer.status_code == 200, answer.text


async def test_what_there_is_not_is_refused(serving: Serving) -> None:
    async with serving.person() as kim:
        body = {"standby": "1", "standby_count": 1, "request": next(REQUESTS)}
        answer = await kim.post("/api/v1/runs/nothing/go", json=body)
        assert answer.status_code == 409
        answer = await kim.post("/api/v1/outputs/nothing/enable", json={"request": "x"})
        assert answer.status_code == 409


async def test_a_player_that_does_not_answer_is_told_in_time(
    world: World, serving: Serving
) -> None:
    assert world.player is not None
    async with serving.person() as kim:
        world.player.send_signal(signal.SIGSTOP)
        try:
            async with asyncio.timeout(3):
                answer = await kim.post(
                    f"/api/v1/runs/{SLOT}/hold", json={"request": next(REQUESTS)}
                )
        finally:
            world.player.send_signal(signal.SIGCONT)
        assert answer.status_code == 503
        assert answer.json()["missing"] == "player"


async def test_a_dead_player_is_told_at_once_and_found_again(
    world: World, serving: Serving
) -> None:
    async with serving.person() as kim:
        number, term = serving.runtime.feed.number, serving.runtime.feed.board.term
        world.stop_player(signal.SIGKILL)
        await until(lambda: serving.runtime.player.welcome is None)
        try:
            async with asyncio.timeout(1):
                answer = await kim.post("/api/v1/calls/fade_out", json={"request": "lost"})
                ready = await kim.get("/health/ready")
        finally:
            world.start_player()
        assert answer.status_code == 503
        assert ready.status_code == 503
        assert ready.json() == {"status": "down", "database": "up", "player": "down"}
        # The board stays as it was, and then goes on from the new term.
        assert (await kim.get("/api/v1/board")).json()["runs"]
        await until(lambda: serving.runtime.feed.number > number)
        await until(lambda: serving.runtime.feed.board.term > term)
        assert standing_by(serving)
