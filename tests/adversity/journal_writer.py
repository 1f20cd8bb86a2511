"""A process that records until it is killed: says its key, and every key that a flush has reached.

    python -m tests.adversity.journal_writer FOLDER [BYTES]

With BYTES no file may grow longer, as on a full disk; it ends then by itself, once volatile.
"""

from __future__ import annotations

import resource
import select
import sys
from pathlib import Path

from show_control.clock import SystemClock
from show_control.journal import Journal

BATCH = 3


def main(folder: Path, most: int | None) -> None:
    clock = SystemClock()
    if most is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    journal = Journal.open(folder, clock, engine="1")
    say("term", journal.player, journal.term)
    number = 0
    while not journal.volatile:
        facts = [
            {"kind": "call", "at": clock.now(), "data": {"number": number + n}, "reason": "x" * n}
            for n in range(BATCH)
        ]
        journal.append(facts)
        number += BATCH
        journal.ask_flush()
        if select.select([journal.flushed_fd], [], [], 0)[0]:
            say("flushed", *journal.poll_flushed())
    say("volatile", journal.term, number)


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
