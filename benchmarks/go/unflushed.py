"""A player whose flush does nothing: python -m benchmarks.go.unflushed --data-dir FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from show_control.journal import Disk
from show_control.process import run

if __name__ == "__main__":
    run(Path(sys.argv[2]), say=print, disk=Disk(sync=lambda _: None))
