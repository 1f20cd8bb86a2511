"""migrations/schema.sql: what the migrations amount to, for readers.

`python -m ops.database.schema` writes it anew, from a database made for that.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
from pathlib import Path

import migrations
from ops.database.binaries import wheel_binaries
from ops.database.embedded import EmbeddedServer
from ops.database.migrate import migrate

SCHEMA = Path(migrations.__file__).with_name("schema.sql")
HEADER = """\
-- What the migrations amount to. Generated, never applied: `python -m ops.database.schema`.

"""
# Settings of the session that reads a dump, and guards of psql.
NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\.*)\n", re.MULTILINE)


def dump(dsn: str) -> str:
    """The schema of a migrated database, without what only a restore needs."""
    pg_dump = str(wheel_binaries() / "pg_dump")
    command = [pg_dump, "--schema-only", "--no-owner", "--dbname", dsn]
    dumped = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return HEADER + re.sub(r"\n{3,}", "\n\n", NOISE.sub("", dumped)).strip() + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder), durable=False)
        server.start()
        try:
            asyncio.run(migrate(server.dsn("owner")))
            SCHEMA.write_text(dump(server.dsn("owner")), encoding="utf-8")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
