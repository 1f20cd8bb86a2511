"""migrations/schema.sql tells what the migrations make."""

from __future__ import annotations

from ops.database.address import Address
from ops.database.embedded import EmbeddedServer
from ops.database.schema import SCHEMA, dump


async def test_the_schema_for_readers_is_not_stale(
    server: EmbeddedServer, database: Address
) -> None:
    """By the wheel's pg_dump; of a server before 18 it tells some things otherwise."""
    dumped = dump(database.owner)
    if "embedded" in server.data_dir.name:
        assert dumped == SCHEMA.read_text(), "run: python -m ops.database.schema"
    assert "EXCLUDE USING gist" in dumped
    assert dumped.count("CREATE TABLE") == 9
