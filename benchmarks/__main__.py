"""`make bench`: every benchmark in turn, or those named; `--quick` is for trying them out."""

from __future__ import annotations

import argparse
import importlib
import sys

BENCHMARKS = (
    "cues",
    "burst",
    "go",
    "load",
    "live_feed",
    "page",
    "conflicts",
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    parser.add_argument("--quick", action="store_true", help="small and short: no figures to quote")
    told = parser.parse_args(arguments)
    if unknown := set(told.names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    for name in told.names or BENCHMARKS:
        importlib.import_module(f"benchmarks.{name}.measure").measure(quick=told.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
