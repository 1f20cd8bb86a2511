"""Cues at a timecode in the real player: on the wire at their frames, through kill -9, and in a flood of frames.

The receiver's kernel stamps what comes; the sender's schedule says when it should.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

from tests.adversity.installation import Installation, installed
from tests.adversity.processes import note, until
from tests.adversity.tonight import RUN, Change, Document, free_port, opening_night

CUES = 44
FIRST, EVERY = 50, 10
"""Frames: cue n is at frame FIRST + EVERY * n."""
KILLED_AT = 12
FLOODED_AT = 28
LATE = 500
"""Milliseconds that a busy machine may be late on the wire."""


def at_timecode(port: int) -> Change:
    """The ceremony begins by itself, and its cues go by a timecode: clip n at cue n."""

    def change(document: Document) -> None:
        listen = f"udp://127.0.0.1:{port}"
        document["timecodes"] = [{"id": "main", "kind": "artnet", "listen": listen, "rate": 25}]
        sequence = document["sequences"][0]
        sequence["timecode"] = "main"
        sequence["cues"] = [
            {
                "number": str(n),
                "timecode": label(FIRST + EVERY * n),
                "do": [{"outputs": ["surface:facade"], "action": "play", "clip": n}],
            }
            for n in range(1, CUES + 1)
        ]
        slot = next(s for s in document["slots"] if s["id"] == RUN)
        slot["start"] = "auto"

    return change


def label(frame: int) -> str:
    return f"10:00:{frame // 25:02}:{frame % 25:02}"


async def test_through_kill_and_flood_each_goes_once_and_at_its_frame(tmp_path: Path) -> None:
    port = free_port()
    async with installed(tmp_path, opening_night(at_timecode(port))) as found:
        found.play("--load", found.file)
        await until(lambda: found.entries("started"), 20, "the ceremony begins")
        start = int(time.time() * 1000) + 500
        sender = (sys.executable, Path(__file__).with_name("timecode_sender.py"), str(port))
        found.processes.start(*sender, str(start))
        await until(lambda: found.went(str(KILLED_AT)), 20, "a dozen cues went")
        found.kill(found.player_pid)
        found.play()
        await until(lambda: found.went(str(FLOODED_AT)), 20, "it is back, and cues go")
        found.processes.start(*sender, str(start), "flood")
        await until(lambda: found.went(str(CUES)), 30, "the last one went")
        judge(found, start)


def judge(found: Installation, start: int) -> None:
    gone = [e.cue for e in found.entries("cue_went", "cue_passed")]
    assert sorted(gone, key=lambda c: int(c or 0)) == [str(n) for n in range(1, CUES + 1)]
    late: dict[str, list[float]] = {"before": [], "flooded": []}
    for n in range(1, CUES + 1):
        due = start + 40 * (FIRST + EVERY * n)
        pressed = found.wire.presses(n, start)
        assert all(c <= 1 for c in found.wire.counts(n, start).values()), "none goes twice"
        if n < KILLED_AT or n > FLOODED_AT + 2:
            assert pressed, f"{n} is on the wire"
            late["before" if n < KILLED_AT else "flooded"].append(min(p.at for p in pressed) - due)
    for when, by in late.items():
        note(f"{when}: median {median(by):+.2f} ms, from {min(by):+.2f} to {max(by):+.2f}")
        assert -5 <= min(by) <= max(by) < LATE, when
    alarms = [e.data["code"] for e in found.entries("alarm")]
    assert "timecode_senders: main" in alarms
    assert not any(code.startswith("fault") for code in alarms)
