"""Rights in their places: what a call touches decides, and what is shown is what may be seen."""

from __future__ import annotations

import httpx
import pytest

from ops import letting_in
from ops.letting_in import Wanted
from tests.ops.service.letting import said
from tests.ops.service.world import SLOT, Serving, World, standing_by, until

CALLS = {
    "the run on the facade": f"/api/v1/runs/{SLOT}/hold",
    "a run that nobody knows": "/api/v1/runs/nothing/hold",
    "the laser on the facade": "/api/v1/outputs/laser/disable",
    "the dome in the hall": "/api/v1/outputs/dome/disable",
    "an output that nobody knows": "/api/v1/outputs/nothing/disable",
    "everything": "/api/v1/calls/restore",
}
MAY = {
    "Kim": set(CALLS),
    "Park": set(CALLS),
    "Seo": {"the run on the facade", "the laser on the facade"},
    "Ahn": {"the dome in the hall"},
    "Ryu": set(),
    "Lee": set(),
}


@pytest.mark.parametrize("name", MAY)
async def test_a_call_needs_the_right_on_all_that_it_touches(serving: Serving, name: str) -> None:
    async with serving.person(name) as client:
        answers = {what: await client.post(path, json={}) for what, path in CALLS.items()}
    passed = {what for what, answer in answers.items() if answer.status_code in {200, 409}}
    refused = {what for what, answer in answers.items() if answer.status_code == 403}
    assert passed == MAY[name]
    assert refused == CALLS.keys() - MAY[name]


async def test_a_refusal_says_where_the_right_is_missing(serving: Serving) -> None:
    async with serving.person("Ahn") as ahn:
        answer = await ahn.post(CALLS["the run on the facade"], json={})
        assert answer.json()["detail"] == (
            "This needs the right to control on facade, which Ahn has not."
        )
        answer = await ahn.post("/api/v1/calls/fade_out", json={})
        assert answer.json()["detail"] == (
            "This needs the right to control on every surface, which Ahn has not."
        )


async def test_a_run_touches_what_its_cues_touch(serving: Serving) -> None:
    run = standing_by(serving)
    assert run.surface == "facade"
    async with serving.person("Seo") as seo, serving.person("Ahn") as ahn:
        for client, allowed in ((seo, True), (ahn, False)):
            answer = await client.post(f"/api/v1/runs/{run.run}/hold", json={})
            assert (answer.status_code != 403) is allowed


async def shown(client: httpx.AsyncClient) -> tuple[list[str], list[str], list[str]]:
    """Festivals, nights' festivals, and the surfaces of the board."""
    festivals = (await client.get("/api/v1/festivals")).json()
    nights = (await client.get("/api/v1/nights")).json()
    board = (await client.get("/api/v1/board")).json()
    return (
        [festival["id"] for festival in festivals],
        sorted({night["festival"] for night in nights if night["festival"]}),
        [surface["surface"] for surface in board["surfaces"]],
    )


async def test_what_is_shown_is_what_may_be_seen(serving: Serving) -> None:
    async with serving.person("Lee") as lee:
        assert await shown(lee) == (["lights", "other"], ["lights"], ["facade", "hall"])
    async with serving.person("Ahn") as ahn:
        assert await shown(ahn) == (["lights"], ["lights"], ["hall"])
    async with serving.person("Ryu") as ryu:
        assert await shown(ryu) == (["other"], [], [])
        assert (await ryu.get("/api/v1/nights/2025-08-28")).status_code == 404


async def test_what_is_granted_holds_at_once(world: World, serving: Serving) -> None:
    """A session that began before it too: rights are looked up, not remembered."""
    hold = CALLS["the run on the facade"]

    async def may_hold(wanted: Wanted, client: httpx.AsyncClient) -> bool:
        await said(letting_in.granted(world.settings, "person", "Ma", wanted, only=True))
        rights = [*wanted.rights]
        await until(lambda: rights_of(serving, "Ma") == rights, 1)
        return (await client.post(hold, json={})).status_code != 403

    await said(letting_in.person_added(world.settings, "Ma", "pw", Wanted(roles=("guest",))))
    async with serving.stranger() as ma:
        await ma.post("/api/v1/session", json={"name": "Ma", "password": "pw"})
        assert (await ma.post(hold, json={})).status_code == 403
        assert await may_hold(Wanted(rights=("control",)), ma)
        assert not await may_hold(Wanted(rights=("see",)), ma)


def rights_of(serving: Serving, name: str) -> list[str]:
    account = serving.runtime.directory.person(name)
    return [right for grant in account.grants for right in grant.rights]
