"""The whole API by its own schema: no request that it allows, or nearly allows, fails the service,
and every answer is a declared one. Asked of a real service, which calls a player of its own."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ops.access.rights import RIGHTS, ROLES
from ops.app import openapi_document
from tests.ops.service.letting import token
from tests.ops.service.world import Serving, World, served, standing_by, until

DECLARED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
SAMPLE, LONG = 2, 60
Headers = dict[str, dict[str, str]]
DOCUMENT = openapi_document()
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = sorted(
    ((method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods),
    key=lambda operation: (operation[0] == "DELETE", operation),
)
"""Signing out comes last: who asks by a session has none after it."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def alone() -> AsyncIterator[Serving]:
    """A world of its own: what is called here, nobody else has to live with."""
    folder = Path(tempfile.mkdtemp(prefix="lamplighter-"))
    world = World(folder)
    try:
        await world.prepare_database()
        await world.publish(1)
        world.start_player()
        async with served(world.settings) as serving:
            await until(lambda: serving.runtime.database.is_up and standing_by(serving))
            yield serving
    finally:
        world.close()
        shutil.rmtree(folder)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def headers(alone: Serving) -> Headers:
    """Of each who asks: roles by their tokens."""
    rights = {**ROLES, "everything": RIGHTS}
    place = alone.settings
    found = {role: await token(place, role, *rights[role]) for role in rights}
    async with alone.person() as kim:
        return found | {"session": alone.cookie(kim), "stranger": {}}


def ask_often(alone: Serving, operation: tuple[str, str], by: Headers, often: int) -> None:
    """So many requests as the schema has it, and as many that are a little wrong, by each."""
    method, path = operation
    found = SCHEMA[path][method]

    for mode in GenerationMode:

        @settings(
            max_examples=often,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=found.as_strategy(generation_mode=mode))
        def ask(case: Case) -> None:
            for headers in by.values():
                response = case.call(base_url=alone.url, headers=headers, timeout=20)
                case.validate_response(response, checks=DECLARED)

        try:
            ask()
        except Unsatisfiable:
            pass  # an operation that takes nothing cannot be asked wrongly


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
async def test_every_answer_is_a_declared_one(
    alone: Serving, headers: Headers, operation: tuple[str, str]
) -> None:
    await asyncio.to_thread(ask_often, alone, operation, headers, SAMPLE)


@pytest.mark.soak
@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
async def test_every_answer_is_a_declared_one_however_often(
    alone: Serving, headers: Headers, operation: tuple[str, str]
) -> None:
    await asyncio.to_thread(ask_often, alone, operation, headers, LONG)
