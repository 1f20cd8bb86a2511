"""What users of other systems complained of about the time zone of the machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def printed(zone: str) -> bytes:
    """The opening night of Seoul, on a machine that is set to a zone."""
    command = [
        sys.executable, "-c", "from ops.cli import main; main()", "rehearse",
        str(ROOT / "festivals" / "seoullight-2025-fall.toml"), "--night", "2025-08-29", "--json",
    ]  # fmt: skip
    env = {"TZ": zone}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True).stdout


def test_ontime_1452_the_machines_time_zone_is_no_matter() -> None:
    """The zone is the festival's: a laptop that travelled, or was set otherwise, plays the same night."""
    home = printed("Asia/Seoul")
    assert home.count(b"\n") > 10
    assert printed("America/Los_Angeles") == home
