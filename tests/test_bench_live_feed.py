"""The benchmark of the live feed runs and prints its table; its figures are for people to read."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.soak
def test_it_runs_and_every_client_has_every_change() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "live_feed"],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert told.returncode == 0, told.stderr
    rows = [line.split("|")[1:-1] for line in told.stdout.splitlines() if line.startswith("| ")]
    assert [row[0].strip() for row in rows[1:]] == [
        "ours",
        "bare broadcast",
        "ours / bare",
        "ours, 3 more never read",
        "ours, without those",
        "with / without",
    ]
    assert rows[2][4].strip() == "100.0"
    assert "40 of 40 that connect within 3 s have the document" in told.stdout
    assert "make bench ARGS=live_feed" in told.stdout
