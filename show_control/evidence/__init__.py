"""What is known of servers and outputs, and since when. Pure.

Three rules make a report count. An answer belongs to the oldest question for its address that is
still open, so that it says what was so when that question was asked, or later. It counts only if
that is after the newest send to the output. What nobody asked for counts for nothing. Agreement
expires, and goes at once when its server is silent or unreachable. Of a dialect whose servers tell
unasked every message counts, and is taken to be a little older than its arrival.
"""

from __future__ import annotations

from show_control.evidence import switching
from show_control.evidence.happenings import (
    ANSWERS_WITHIN,
    SILENT_AFTER,
    TOLD_WITHIN,
    asked,
    awaited,
    expects,
    heard,
    may_ask,
    opened,
    refused,
    sent,
    told,
)
from show_control.evidence.judging import CONFIRMED_FOR, WHOLE_AFTER, judge
from show_control.evidence.proposing import proposed
from show_control.evidence.state import (
    Agreement,
    AgreementChanged,
    Change,
    Evidence,
    Life,
    LifeChanged,
    Report,
    What,
    Which,
)
from show_control.evidence.switching import SwitchChanged

__all__ = [
    "ANSWERS_WITHIN",
    "CONFIRMED_FOR",
    "SILENT_AFTER",
    "TOLD_WITHIN",
    "WHOLE_AFTER",
    "Agreement",
    "AgreementChanged",
    "Change",
    "Evidence",
    "Life",
    "LifeChanged",
    "Report",
    "SwitchChanged",
    "What",
    "Which",
    "asked",
    "awaited",
    "expects",
    "heard",
    "judge",
    "may_ask",
    "opened",
    "proposed",
    "refused",
    "sent",
    "switching",
    "told",
]
