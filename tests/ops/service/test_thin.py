"""The thin path: sign in, see, follow, call."""

from __future__ import annotations

import json

from websockets.asyncio.client import connect

from tests.ops.service.world import Serving, standing_by


async def test_a_person_signs_in_sees_the_board_and_calls_go(serving: Serving) -> None:
    async with serving.person() as kim:
        board = (await kim.get("/api/v1/board")).json()
        run = standing_by(serving)
        assert [r["run"] for r in board["runs"]] == [run.run]
        async with connect(serving.live, additional_headers=serving.cookie(kim)) as socket:
            first = json.loads(await socket.recv())
            assert first["feed"] == board["feed"]
            body = {"standby": "1", "standby_count": run.standby_count, "request": "r-1"}
            answer = await kim.post("/api/v1/runs/opening/go", json=body)
            print(answer.text)
            assert answer.status_code == 200
            assert answer.json()["went"] == "1"
            while "changes" not in (frame := json.loads(await socket.recv())):
                pass
            print(list(frame["changes"]))
