"""Nights and works over HTTP: what was planned, what ran, who made it, and who may see which."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.ops.service.world import Serving

NIGHT = "/api/v1/nights/2025-08-28"


async def recorded(kim: Any, request: str) -> dict[str, Any]:
    """Put cue 3 in standby and wait until as-run has it."""
    body = {"standby": "3", "request": request}
    assert (await kim.post("/api/v1/runs/opening/standby", json=body)).status_code == 200
    while True:
        answer = await kim.get(f"{NIGHT}/entries", params={"text": request, "kind": "call"})
        if found := answer.json():
            entry: dict[str, Any] = found[0]
            return entry


async def test_the_nights_are_listed_with_the_version_that_plans_them(serving: Serving) -> None:
    async with serving.person() as kim:
        await recorded(kim, "list-me")
        (night,) = (await kim.get("/api/v1/nights")).json()
        assert night["night"] == "2025-08-28"
        assert (night["festival"], night["time_zone"]) == ("lights", "Asia/Seoul")
        assert night["recorded"]
        assert night["version"] >= 1


async def test_a_night_is_told_as_planned_and_as_it_ran(serving: Serving) -> None:
    async with serving.person() as kim:
        await recorded(kim, "tell-me")
        told = (await kim.get(NIGHT)).json()
        (slot,) = told["slots"]
        assert (slot["slot"], slot["surface"], slot["start"]) == ("opening", "facade", "manual")
        assert slot["planned"]
        assert slot["starts"] < slot["ends"]
        (run,) = slot["runs"]
        assert run["run"] == "lights.2025-08-28.opening"
        assert run["stood_by_at"] is not None
        assert "Kim" in run["callers"]
        assert run["texts"]["en"]
        assert [one["surface"] for one in told["surfaces"]] == ["facade", "hall"]


async def test_a_night_that_nobody_knows_is_none(serving: Serving) -> None:
    async with serving.person() as kim:
        assert (await kim.get("/api/v1/nights/1999-01-01")).status_code == 404
        assert (await kim.get(NIGHT, params={"festival": "another"})).json()["version"] is None


async def test_the_record_is_filtered_paged_and_said_in_words(serving: Serving) -> None:
    async with serving.person() as kim:
        entry = await recorded(kim, "say-me")
        assert "standby" in entry["texts"]["en"]
        every = await kim.get(f"{NIGHT}/entries")
        count = int(every.headers["x-total-count"])
        assert count == len(every.json()) > 5
        first = (await kim.get(f"{NIGHT}/entries", params={"limit": 2})).json()
        second = (await kim.get(f"{NIGHT}/entries", params={"limit": 2, "offset": 2})).json()
        assert first + second == every.json()[:4]
        calls = (await kim.get(f"{NIGHT}/entries", params={"kind": ["call", "refused"]})).json()
        assert {one["kind"] for one in calls} <= {"call", "refused"}
        sheet = (await kim.get(f"{NIGHT}/entries", params={"sheet": "true"})).json()
        assert {"stands_by", "call"} <= {one["kind"] for one in sheet}
        assert not {one["kind"] for one in sheet} & {"intent", "result", "evidence", "state"}
        assert all(one["texts"] for one in every.json())


@pytest.mark.parametrize("limit", ["0", "1001", "many"])
async def test_a_page_has_its_bounds(serving: Serving, limit: str) -> None:
    async with serving.person() as kim:
        answer = await kim.get(f"{NIGHT}/entries", params={"limit": limit})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["path"] == "limit"


async def test_the_same_is_downloaded_as_a_table(serving: Serving) -> None:
    async with serving.person() as kim:
        await recorded(kim, "=load-me")
        answer = await kim.get(f"{NIGHT}/entries.csv", params={"text": "=load-me", "kind": "call"})
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert (
            answer.headers["content-disposition"] == 'attachment; filename="as-run-2025-08-28.csv"'
        )
        assert answer.content.startswith(b"\xef\xbb\xbftime,what,kind")
        (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
        assert row["by"] == "Kim"
        assert "+09:00" in row["time"]
        korean = await kim.get(f"{NIGHT}/entries.csv", params={"language": "ko"})
        assert korean.text.removeprefix("\ufeff").startswith("현장 시각,")


@pytest.mark.parametrize("name", ["kind", "surface", "slot", "by", "text"])
async def test_what_no_database_could_hold_is_found_nowhere(serving: Serving, name: str) -> None:
    async with serving.person() as kim:
        for address in (f"{NIGHT}/entries", f"{NIGHT}/entries.csv"):
            assert (await kim.get(address, params={name: "a\0b"})).status_code == 200
        for address in (NIGHT, "/api/v1/works"):
            assert (await kim.get(address, params={"festival": "a\0b"})).status_code == 200
