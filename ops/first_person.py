"""Whether anybody may sign in yet: a new installation says how the first person may."""

from __future__ import annotations

from pathlib import Path

import asyncpg

from ops.access.queries import list_accounts


async def nobody_yet(dsn: str) -> bool:
    """Whether no person, token or link is there."""
    connection = await asyncpg.connect(dsn)
    try:
        return not await list_accounts(connection)
    finally:
        await connection.close()


def how_to_begin(data_dir: Path) -> str:
    """What to type for the first person; the folder is named, as another one may be meant by default."""
    return f"Nobody may sign in yet: lamplighter person add NAME --data-dir {data_dir}"
