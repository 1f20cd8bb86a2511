"""Every route of the service, asked by everybody, against the table in docs/access.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from litestar.routes import HTTPRoute, WebSocketRoute
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from ops import letting_in
from ops.access.rights import ROLES
from ops.letting_in import Wanted
from tests.ops.service.letting import link, said, token
from tests.ops.service.world import PASSWORD, Serving, World

PAGE = Path(__file__).parents[3] / "docs" / "access.md"
ROW = re.compile(r"^\| `(GET|HEAD|POST|DELETE|WS) (\S+)` \| ([^|]+) \| (answers|423) \|$", re.M)
PLACED = {
    "run": "nothing",
    "output": "nothing",
    "server": "nothing",
    "night": "2025-08-28",
    "file_path": "nothing.js",
    "feed": "nothing.ics",
}
REFUSALS = {401, 403, 423}
NOT_A_BODY = {"request": ""}
"""Every call refuses it, so that nothing is called by whoever gets that far."""

Route = tuple[str, str]


class Row(msgspec.Struct, frozen=True):
    """What the table says of a route."""

    needs: str
    locked: str

    @property
    def open(self) -> bool:
        return self.needs == "nobody"

    def allows(self, rights: set[str]) -> bool:
        named = {right for right in ("see", "edit", "control") if right in self.needs.split()}
        named |= {right for right in ("see", "edit", "control") if f"{right}," in self.needs}
        return named <= rights


TABLE: dict[Route, Row] = {
    (method, path): Row(needs.strip(), locked)
    for method, path, needs, locked in ROW.findall(PAGE.read_text("utf-8"))
}
RIGHTS: dict[str, set[str]] = {role: set(rights) for role, rights in ROLES.items()}
RIGHTS |= {right: {right} for right in ("see", "edit", "control")}


def served(serving: Serving) -> set[Route]:
    """Every method of every route, as the table writes them."""
    found = set()
    for route in serving.app.routes:
        path = re.sub(r"{(\w+):\w+}", r"{\1}", route.path)
        if isinstance(route, HTTPRoute):
            found |= {(method, path) for method in route.methods if method != "OPTIONS"}
        elif isinstance(route, WebSocketRoute):
            found.add(("WS", path))
    return found


async def test_every_route_has_its_row_and_every_row_its_route(serving: Serving) -> None:
    """The page's own addresses are there where it was built."""
    assert served(serving) - TABLE.keys() == set()
    assert {
        r for r in TABLE.keys() - served(serving) if r[1].startswith(("/api", "/health", "/public"))
    } == set()
    assert all(
        row.needs.split()[0].rstrip(",") in {"nobody", "signed", "see", "edit", "control"}
        for row in TABLE.values()
    )


def in_order(serving: Serving) -> list[Route]:
    """Signing out comes last: it ends what the others need."""
    return sorted(served(serving), key=lambda route: (route[0] == "DELETE", route))


async def ask(client: httpx.AsyncClient, serving: Serving, route: Route) -> int:
    """The status that a route answers."""
    method, path = route
    path = re.sub(r"{(\w+)}", lambda found: PLACED[found[1]], path)
    if method == "WS":
        return await upgraded(client, serving, path)
    body: dict[str, Any] = {} if method in {"GET", "HEAD", "DELETE"} else {"json": NOT_A_BODY}
    return (await client.request(method, path, **body)).status_code


async def upgraded(client: httpx.AsyncClient, serving: Serving, path: str) -> int:
    headers = {k: v for k, v in client.headers.items() if k == "authorization"}
    if "lamplighter" in client.cookies:
        headers |= serving.cookie(client)
    try:
        async with connect(f"ws://127.0.0.1:{serving.port}{path}", additional_headers=headers):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


async def answers(client: httpx.AsyncClient, serving: Serving) -> dict[Route, int]:
    return {route: await ask(client, serving, route) for route in in_order(serving)}


def expected(told: dict[Route, int], rights: set[str], *, locked: bool = False) -> dict[Route, int]:
    """What the table says, with the statuses as they are where a route lets in."""
    wanted = {}
    for route, status in told.items():
        row = TABLE[route]
        if not row.allows(rights):
            wanted[route] = 403
        elif locked and row.locked == "423":
            wanted[route] = 423
        else:
            wanted[route] = status if status not in REFUSALS or row.open else 200
    return wanted


@pytest.mark.parametrize("role", RIGHTS)
async def test_a_person_of_each_role(world: World, serving: Serving, role: str) -> None:
    wanted = Wanted(rights=tuple(RIGHTS[role]))
    await said(letting_in.person_added(world.settings, f"the {role}", PASSWORD, wanted))
    async with serving.person(f"the {role}") as client:
        told = await answers(client, serving)
    assert told == expected(told, RIGHTS[role])


async def test_a_stranger(serving: Serving) -> None:
    async with serving.stranger() as stranger:
        told = await answers(stranger, serving)
    assert {route for route, status in told.items() if status == 401} == {
        route for route in told if not TABLE[route].open
    }


@pytest.mark.parametrize("role", ["controller", "guest", "edit"])
async def test_a_token(world: World, serving: Serving, role: str) -> None:
    header = await token(world.settings, f"token of {role}", *RIGHTS[role])
    async with serving.stranger() as program:
        program.headers.update(header)
        told = await answers(program, serving)
    assert told == expected(told, RIGHTS[role])


async def test_a_link(world: World, serving: Serving) -> None:
    secret = await link(world.settings, "a link", "see")
    async with serving.stranger() as guest:
        await guest.post("/api/v1/session/link", json={"link": secret})
        told = await answers(guest, serving)
    assert told == expected(told, {"see"})


async def test_a_locked_session(serving: Serving) -> None:
    everything = {"see", "edit", "control"}
    async with serving.person() as kim:
        await kim.post("/api/v1/session/lock", json={"pin": "4711"})
        told = await answers(kim, serving)
    assert told == expected(told, everything, locked=True)
    assert {route for route, status in told.items() if status == 423} == {
        route for route, row in TABLE.items() if row.locked == "423"
    }


async def test_what_is_needed_everywhere_is_not_had_in_one_place(
    world: World, serving: Serving
) -> None:
    """And what is needed on a surface is: Seo controls the facade alone, Ryu all of another."""
    everywhere = [route for route, row in TABLE.items() if "everywhere" in row.needs]
    assert len(everywhere) == 2
    async with serving.person("Ryu") as ryu:
        for route in everywhere:
            assert await ask(ryu, serving, route) == 403, route
    async with serving.person("Seo") as seo:
        for (method, path), row in TABLE.items():
            if row.needs == "control on every surface":
                body = {"note": "x"} if path.endswith("note") else {}
                assert (await seo.request(method, path, json=body)).status_code == 403, path
