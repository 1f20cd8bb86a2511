"""What a page hears of an evening: change after change, as many as a test wants."""

from __future__ import annotations

from tests.browser.night import FACADE, line, sequence
from tests.browser.stage import FakeService

PER_SECOND = 10
"""Changes in a second that a page must bear."""
KEPT_LINES = 60


def pass_time(service: FakeService, number: int) -> None:
    """The next change: another cue stands by, another line was entered, a server says otherwise."""
    night = service.night
    cues = [cue["number"] for cue in sequence()["cues"]]
    night.standby = cues[number % len(cues)]
    night.count += 1
    said = line("20:10:04", f"change {number}", night.standby, "Kim")
    night.lines = (*night.lines, said)[-KEPT_LINES:]
    output = night.shown[FACADE[number % len(FACADE)]]
    output.agreement["main"] = "no reply" if number % 7 == 0 else "confirmed"
    service.publish()
