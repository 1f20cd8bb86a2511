"""The benchmarks run and print their tables; what they measure is for people to read."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "name",
    ["load", *(pytest.param(name, marks=pytest.mark.soak) for name in ("cues", "burst", "go"))],
)
def test_a_benchmark_of_instants_runs(name: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", name],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.returncode == 0, told.stderr
    assert "verdict" in told.stdout
    assert f"make bench ARGS={name}" in told.stdout


@pytest.mark.soak
def test_the_benchmark_of_the_page_runs() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "page"],
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert told.returncode == 0, told.stderr
    for row in ("script, all views", "usable after", "a change painted", "kept after"):
        assert row in told.stdout
    assert "make bench ARGS=page" in told.stdout


def test_the_benchmark_of_conflicts_runs() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "conflicts"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.returncode == 0, told.stderr
    for row in ("60 slots", "planned and judged whole", "one slot moved"):
        assert row in told.stdout
    assert "make bench ARGS=conflicts" in told.stdout
