"""Calls by the live feed's socket: judged, entered and answered as the same by HTTP."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, get_args

import httpx
import pytest
from litestar.routes import HTTPRoute
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from ops.api.live_calls import BODIES
from ops.app import create_app
from ops.live.listening import AT_ONCE
from show_control.events import CallName
from tests.ops.service.letting import token
from tests.ops.service.test_audit import entered
from tests.ops.service.test_calls import GO, stand_by
from tests.ops.service.test_live import frame_with
from tests.ops.service.test_live_clients import say
from tests.ops.service.test_places import CALLS, MAY
from tests.ops.service.world import SLOT, Serving, World, standing_by, until

pytestmark = pytest.mark.usefixtures("free")

REQUESTS = (f"live-{n}" for n in count())
NOTE = {"call": "note", "run": SLOT, "note": "by the socket"}


@asynccontextmanager
async def by_socket(serving: Serving, client: httpx.AsyncClient) -> AsyncIterator[ClientConnection]:
    async with connect(serving.live, additional_headers=serving.cookie(client)) as socket:
        yield socket


async def ask(socket: ClientConnection, call: Any) -> dict[str, Any]:
    await socket.send(json.dumps({"call": call}))
    return await frame_with(socket, "answer")


def as_frame(path: str) -> dict[str, Any]:
    """The call of a route."""
    kind, _, rest = path.removeprefix("/api/v1/").partition("/")
    of, _, call = rest.rpartition("/")
    return {"call": call} | ({kind.removesuffix("s"): of} if of else {})


def test_every_route_of_a_call_has_its_frame_with_the_same_body(world: World) -> None:
    bodies = {}
    for route in create_app(world.settings).routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            if "POST" in handler.http_methods and "calls" in handler.resolve_tags():
                frame = as_frame(route.path.replace(":str", ""))
                target = next((t for t in ("run", "output", "server") if t in frame), None)
                data = handler.parsed_fn_signature.parameters["data"].annotation
                bodies[target, frame["call"]] = next(iter(get_args(data)), data)
    assert bodies == BODIES
    assert {name for _, name in BODIES} == set(get_args(CallName))


async def test_go_answers_what_the_route_answers(serving: Serving) -> None:
    async with serving.person() as kim, by_socket(serving, kim) as socket:
        body = await stand_by(kim, serving, "2")
        told = await ask(socket, {"call": "go", "run": SLOT, "by": "Mallory"} | body)
        assert (told["status"], told["request"]) == (200, body["request"])
        assert (told["answer"]["went"], told["answer"]["by"]) == ("2", "Kim")
        assert told["answer"]["recorded"] == "on disk"
        # The same request by the other door, and again by this one, is the same GO.
        again = await kim.post(GO, json=body)
        assert again.json() == told["answer"]
        assert await ask(socket, {"call": "go", "run": SLOT} | body) == told
        assert standing_by(serving).standby == "3"


async def test_of_two_that_press_go_at_once_by_two_doors_one_goes(serving: Serving) -> None:
    async with serving.person() as kim, by_socket(serving, kim) as socket:
        body = await stand_by(kim, serving, "1")
        going = {"call": "go", "run": SLOT} | body | {"request": next(REQUESTS)}
        by_live, by_http = await asyncio.gather(ask(socket, going), kim.post(GO, json=body))
    statuses = [by_live["status"], by_http.status_code]
    assert sorted(statuses) == [200, 409]
    lost = by_live["answer"] if by_live["status"] == 409 else by_http.json()
    assert (lost["by"], lost["standby"]) == ("Kim", "2")
    assert lost["title"] == "Conflict"


@pytest.mark.parametrize("name", [name for name in MAY if name != "Park"])
async def test_a_call_needs_the_right_on_all_that_it_touches(serving: Serving, name: str) -> None:
    async with serving.person(name) as client, by_socket(serving, client) as socket:
        told = {what: await ask(socket, as_frame(path)) for what, path in CALLS.items()}
    passed = {what for what, one in told.items() if one["status"] in {200, 409}}
    refused = {what for what, one in told.items() if one["status"] == 403}
    assert passed == MAY[name]
    assert refused == CALLS.keys() - MAY[name]


async def test_nothing_beside_a_call_widens_what_one_may(serving: Serving) -> None:
    """An output of one's own named beside somebody else's run."""
    async with serving.person("Ahn") as ahn, by_socket(serving, ahn) as socket:
        hold = {"call": "hold", "run": SLOT}
        for beside in ({"outputs": ["dome"]}, {"surface": "hall"}, {"where": "desk"}):
            assert (await ask(socket, hold | beside))["status"] == 403
        for beside in ({"output": "dome"}, {"server": "main"}):
            assert (await ask(socket, hold | beside))["status"] == 400


async def test_a_lock_and_its_end_act_at_once(serving: Serving) -> None:
    async with serving.person() as kim, by_socket(serving, kim) as socket:
        await kim.post("/api/v1/session/lock", json={"pin": "4711"})
        told = await ask(socket, NOTE | {"request": "while-locked"})
        assert (told["status"], told["request"]) == (423, "while-locked")
        assert told["answer"]["detail"] == "This session is locked: unlock it first."
        await kim.post("/api/v1/session/unlock", json={"pin": "4711"})
        assert (await ask(socket, NOTE))["status"] == 200


async def test_who_signs_out_calls_no_more(serving: Serving) -> None:
    async with serving.person() as kim, by_socket(serving, kim) as socket:
        assert (await ask(socket, NOTE))["status"] == 200
        assert (await kim.delete("/api/v1/session")).is_success
        with pytest.raises(ConnectionClosed) as closed:
            await say(socket, json.dumps({"call": NOTE}), 1)
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1008, "signed out")


async def test_a_session_is_looked_up_at_each_call(serving: Serving) -> None:
    """Expired, which nobody has told yet."""
    sessions = serving.runtime.sessions
    async with serving.person() as kim, by_socket(serving, kim) as socket:
        await socket.recv()
        changed, sessions.changed = sessions.changed, lambda _: None
        try:
            await sessions.delete(kim.cookies["lamplighter"])
            assert (await ask(socket, NOTE))["status"] == 401
            with pytest.raises(ConnectionClosed):
                await frame_with(socket, "no such frame")
        finally:
            sessions.changed = changed


async def test_a_token_calls_in_its_own_name_and_is_entered(world: World, serving: Serving) -> None:
    desk = await token(world.settings, "live-desk", "see", "control")
    viewer = await token(world.settings, "live-viewer", "see")
    async with serving.person() as kim:
        async with connect(serving.live, additional_headers=desk) as socket:
            note = {"call": "note", "run": SLOT, "note": "🌫" * 4000}
            assert (await ask(socket, note))["answer"]["by"] == "live-desk"
        async with connect(serving.live, additional_headers=viewer) as socket:
            assert (await ask(socket, NOTE))["status"] == 403
        told = [*await entered(kim, "live-desk"), *await entered(kim, "live-viewer")]
    assert [(t["kind"], t["what"], t["about"], t["outcome"]) for t in told] == [
        ("token", "call note", SLOT, "done"),
        ("token", "call note", SLOT, "refused"),
    ]
    assert {t["address"] for t in told} == {"127.0.0.1"}


async def test_a_page_of_another_origin_has_no_socket_to_call_by(serving: Serving) -> None:
    async with serving.person() as kim:
        headers = serving.cookie(kim) | {"Origin": "https://elsewhere.example"}
        with pytest.raises(InvalidStatus) as refused:
            await connect(serving.live, additional_headers=headers)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "call",
    [
        None,
        [],
        "go",
        {},
        {"call": "dance"},
        {"call": "go"},
        {"call": "go", "run": SLOT},
        {"call": "go", "run": SLOT, "standby": "1", "standby_count": -1, "request": "x"},
        {"call": "go", "run": SLOT, "standby": "1", "standby_count": 1, "request": ""},
        {"call": "hold", "run": ""},
        {"call": "note", "note": ""},
        {"call": "enable"},
        {"call": "restore", "run": SLOT, "output": "west"},
        {"call": "hold", "run": SLOT, "reason": "x" * 1001},
    ],
)
async def test_a_bad_call_is_told_and_harms_nobody(serving: Serving, call: Any) -> None:
    async with serving.person() as kim, by_socket(serving, kim) as socket:
        told = await ask(socket, call)
        assert (told["status"], told["answer"]["title"]) == (400, "Bad Request")
        assert (await ask(socket, NOTE))["status"] == 200


async def test_calls_are_answered_one_by_one_and_too_many_close_it(serving: Serving) -> None:
    async with serving.person() as kim, by_socket(serving, kim) as socket:
        for n in range(20):
            await socket.send(json.dumps({"call": NOTE | {"request": f"in-order-{n}"}}))
        told = [(await frame_with(socket, "answer"))["request"] for _ in range(20)]
        assert told == [f"in-order-{n}" for n in range(20)]
        with pytest.raises(ConnectionClosed) as closed:
            await say(socket, json.dumps({"call": NOTE}), AT_ONCE * 4)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


async def test_a_player_that_does_not_answer_is_told_in_time(
    world: World, serving: Serving
) -> None:
    assert world.player is not None
    async with serving.person() as kim, by_socket(serving, kim) as socket:
        await socket.recv()
        world.player.send_signal(signal.SIGSTOP)
        try:
            async with asyncio.timeout(3):
                told = await ask(socket, NOTE)
        finally:
            world.player.send_signal(signal.SIGCONT)
        assert (told["status"], told["answer"]["missing"]) == (503, "player")


async def test_who_is_signed_out_while_the_player_thinks_leaves_its_entry_open(
    world: World, serving: Serving
) -> None:
    assert world.player is not None
    desk = await token(world.settings, "live-cut", "see", "control")
    async with serving.person() as kim:
        world.player.send_signal(signal.SIGSTOP)
        try:
            async with connect(serving.live, additional_headers=desk) as socket:
                await socket.send(json.dumps({"call": NOTE}))
                await until(lambda: serving.runtime.player._waiting)
                for client in tuple(serving.runtime.fan_out._clients):
                    client.changed(None)
                await socket.wait_closed()
        finally:
            world.player.send_signal(signal.SIGCONT)
        told = await entered(kim, "live-cut")
    assert [(t["what"], t["outcome"]) for t in told] == [("call note", "not answered")]
