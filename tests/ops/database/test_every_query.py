"""Every statement of every queries.py: PostgreSQL takes it, and its rows fit their Struct."""

from __future__ import annotations

import importlib
import inspect
import typing
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest

import ops
import schedules
from ops.database.address import Address
from ops.database.pool import connected

# What asyncpg makes of a column, with our codecs.
PYTHON: dict[str, type] = {
    "bool": bool,
    "bytea": bytes,
    "date": date,
    "int4": int,
    "int8": int,
    "jsonb": dict,
    "text": str,
    "text[]": list,
    "timestamptz": datetime,
    "uuid": UUID,
}

ROOTS = [Path(package.__file__ or "").parent for package in (ops, schedules)]
MODULES = [
    importlib.import_module(".".join(file.relative_to(root.parent).with_suffix("").parts))
    for root in ROOTS
    for file in sorted(root.rglob("queries.py"))
]


def statements(module: ModuleType) -> dict[str, str]:
    named = vars(module).items()
    return {name: value for name, value in named if name.isupper() and isinstance(value, str)}


def runners(module: ModuleType, statement: str) -> list[Callable[..., Any]]:
    return [
        function
        for function in vars(module).values()
        if inspect.iscoroutinefunction(function) and statement in function.__code__.co_names
    ]


CASES = [
    pytest.param(module, name, id=f"{module.__name__}.{name}")
    for module in MODULES
    for name in statements(module)
]


def test_there_are_queries_of_every_aggregate() -> None:
    assert {module.__name__ for module in MODULES} >= {
        "ops.access.queries",
        "schedules.as_run.queries",
        "schedules.catalogue.queries",
        "schedules.planning.queries",
    }


@pytest.mark.parametrize(("module", "name"), CASES)
def test_a_statement_has_one_function_that_runs_it(module: ModuleType, name: str) -> None:
    assert len(runners(module, name)) == 1


@pytest.mark.parametrize(("module", "name"), CASES)
async def test_a_statement_is_taken_and_its_columns_fit(
    database: Address, module: ModuleType, name: str
) -> None:
    async with connected(database.app) as connection:
        prepared = await connection.prepare(statements(module)[name])
        columns = {a.name: PYTHON[type_name(a)] for a in prepared.get_attributes()}
    (runner,) = runners(module, name)
    struct = struct_of(typing.get_type_hints(runner)["return"])
    if struct is not None:
        assert columns == fields_of(struct)
    else:
        assert len(columns) <= 1


def type_name(attribute: asyncpg.Attribute) -> str:
    return attribute.type.name


def struct_of(kind: Any) -> type[msgspec.Struct] | None:
    """The Struct that a function gives: alone, in a list, or else None."""
    kinds = typing.get_args(kind) or (kind,)
    found = [k for k in kinds if isinstance(k, type) and issubclass(k, msgspec.Struct)]
    return found[0] if found else None


def fields_of(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return {name: plain(kind) for name, kind in typing.get_type_hints(struct).items()}


def plain(kind: Any) -> Any:
    """`str | None` is str, `dict[str, str]` is dict: whether NULL may be there is not told."""
    if isinstance(kind, UnionType):
        (kind,) = (k for k in typing.get_args(kind) if k is not type(None))
    return typing.get_origin(kind) or kind
