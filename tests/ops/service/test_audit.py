"""The audit: who did what, from where, and what came of it; and it holds nothing up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from ops import letting_in
from ops.access.audit.writing import MOST, Audit
from ops.storage import Database
from tests.ops.service.letting import said, token
from tests.ops.service.world import PASSWORD, SLOT, Serving, World, until

HOLD = f"/api/v1/runs/{SLOT}/hold"
WEEK = timedelta(days=7)


async def entered(kim: httpx.AsyncClient, who: str) -> list[dict[str, Any]]:
    answer = await kim.get("/api/v1/audit", params={"hours": 1, "limit": 5000})
    assert answer.status_code == 200
    return [entry for entry in answer.json() if entry["who"] == who]


async def test_what_somebody_asks_is_entered_with_what_came_of_it(
    world: World, serving: Serving
) -> None:
    wanted = letting_in.Wanted(rights=("see", "control"))
    await said(letting_in.person_added(world.settings, "Gil", PASSWORD, wanted))
    async with serving.stranger() as gil, serving.person() as kim:
        for password in ("wrong", PASSWORD):
            await gil.post("/api/v1/session", json={"name": "Gil", "password": password})
        await gil.post(HOLD, json={})
        await gil.post("/api/v1/session/lock", json={"pin": "4711"})
        await gil.post(HOLD, json={})
        await gil.post("/api/v1/session/unlock", json={"pin": "0000"})
        await gil.post("/api/v1/session/unlock", json={"pin": "4711"})
        await gil.get("/api/v1/audit")
        await gil.delete("/api/v1/session")
        told = await entered(kim, "Gil")
    assert [(t["kind"], t["what"], t["about"], t["outcome"]) for t in told] == [
        ("stranger", "sign in", None, "refused"),
        ("person", "sign in", None, "done"),
        ("person", "call hold", SLOT, "refused"),
        ("person", "lock", None, "done"),
        ("person", "ask", f"POST {HOLD}", "refused"),
        ("person", "unlock", None, "refused"),
        ("person", "unlock", None, "done"),
        ("person", "ask", "GET /api/v1/audit", "refused"),
        ("person", "sign out", None, "done"),
    ]
    assert {t["address"] for t in told} == {"127.0.0.1"}
    assert told[0]["reason"] == "This name and password do not go together."
    assert told[4]["reason"] == "This session is locked: unlock it first."
    assert not any(secret in str(told) for secret in (PASSWORD, "4711", "wrong'"))


async def test_an_accepted_call_is_entered_by_a_token_s_name(
    world: World, serving: Serving
) -> None:
    desk = await token(world.settings, "caller", "control")
    async with serving.stranger() as program, serving.person() as kim:
        body = {"note": "a light rain", "request": "audit-1"}
        answer = await program.post(f"/api/v1/runs/{SLOT}/note", json=body, headers=desk)
        assert answer.status_code == 200
        told = await entered(kim, "caller")
    assert [(t["kind"], t["what"], t["about"], t["outcome"]) for t in told] == [
        ("token", "call note", SLOT, "done")
    ]


async def test_it_is_for_those_who_may_edit_everywhere(serving: Serving) -> None:
    for name, status in (("Kim", 200), ("Lee", 403), ("Park", 403), ("Ryu", 403)):
        async with serving.person(name) as client:
            assert (await client.get("/api/v1/audit")).status_code == status, name


async def test_it_is_stored(world: World, serving: Serving) -> None:
    async with serving.person("Lee"):
        await until(lambda: not serving.runtime.audit._waiting)
    lines = (await said(letting_in.audited(world.settings, WEEK, as_json=False))).splitlines()
    assert any(" Lee (person from 127.0.0.1) sign in, done" in line for line in lines)


async def test_a_dead_database_loses_nothing_of_it(world: World, serving: Serving) -> None:
    async with serving.person() as kim:
        world.postgres.stop()
        try:
            for _ in range(3):
                answer = await kim.post("/api/v1/runs/nowhere/hold", json={})
                assert answer.status_code == 409
        finally:
            world.postgres.start()
        await until(lambda: serving.runtime.database.is_up)
        await until(lambda: not serving.runtime.audit._waiting)
        told = await entered(kim, "Kim")
    assert [t["about"] for t in told].count("nowhere") == 3


async def test_what_does_not_fit_is_counted_told_and_entered(
    world: World, serving: Serving
) -> None:
    told: list[int] = []
    clock = serving.runtime.access_changes._now
    nothing = Database(lambda: "", lambda _: None)
    audit = Audit(nothing, clock, uuid4, told.append)
    for _ in range(MOST + 2):
        audit.note("sign in", "refused", who="x" * 10_000, kind="stranger")
    assert (told, audit.lost, len(audit._waiting)) == ([1, 2], 2, MOST)
    assert len(audit._waiting[0].who) == 500
    audit._database = serving.runtime.database
    audit._waiting = type(audit._waiting)(list(audit._waiting)[:600])
    await audit.save()
    assert (told[-1], audit.lost) == (0, 0)
    async with serving.person() as kim:
        entries = (await kim.get("/api/v1/audit", params={"limit": 5000})).json()
    lost = [entry for entry in entries if entry["outcome"] == "lost"]
    assert [entry["reason"] for entry in lost] == ["2 entries did not fit in memory"]


@pytest.mark.parametrize("query", ["hours=0", "hours=x", "limit=0", "limit=5001"])
async def test_it_is_asked_within_bounds(serving: Serving, query: str) -> None:
    async with serving.person() as kim:
        assert (await kim.get(f"/api/v1/audit?{query}")).status_code == 400
