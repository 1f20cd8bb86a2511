"""What the app's role may do: history is added to, never rewritten."""

from __future__ import annotations

import asyncpg
import pytest

from ops.database.address import Address
from ops.database.pool import connected

MAY = {
    "festival": {"SELECT", "INSERT", "UPDATE"},
    "version": {"SELECT", "INSERT"},
    "in_force": {"SELECT", "INSERT", "DELETE"},
    "as_run": {"SELECT", "INSERT"},
    "account": {"SELECT", "INSERT", "UPDATE"},
    "account_grant": {"SELECT", "INSERT", "DELETE"},
    "audit": {"SELECT", "INSERT"},
    "session": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "migration": {"SELECT"},
}

GRANTED = """
SELECT tablename, privilege
FROM pg_tables
CROSS JOIN unnest(ARRAY[
    'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'
]) AS privilege
WHERE schemaname = 'public' AND has_table_privilege(format('%I', tablename), privilege)
"""


async def test_the_app_may_do_this_and_no_more(database: Address) -> None:
    async with connected(database.app) as connection:
        granted: dict[str, set[str]] = {}
        for table, privilege in await connection.fetch(GRANTED):
            granted.setdefault(table, set()).add(privilege)
    assert granted == MAY


@pytest.mark.parametrize("table", ["as_run", "audit", "version"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {}"])
async def test_history_is_not_rewritten(database: Address, table: str, statement: str) -> None:
    change = {
        "as_run": "reason = 'none'",
        "audit": "who = 'nobody'",
        "version": "published_by = 'nobody'",
    }[table]
    for dsn in (database.app, database.owner):
        async with connected(dsn) as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement.format(table, change))


async def test_the_app_makes_no_tables(database: Address) -> None:
    async with connected(database.app) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("CREATE TABLE mine (id int)")
