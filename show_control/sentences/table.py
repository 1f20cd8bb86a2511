"""The one table of sentences, from its parts. A code is said in every language."""

from __future__ import annotations

from collections.abc import Mapping

from show_control.model import Text
from show_control.sentences.alarms import ALARMS
from show_control.sentences.reasons import REASONS
from show_control.sentences.refusals import REFUSALS
from show_control.sentences.sheet import SHEET
from show_control.sentences.words import WORDS

TABLE: Mapping[str, Text] = {**REFUSALS, **REASONS, **SHEET, **ALARMS, **WORDS}
