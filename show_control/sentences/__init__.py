"""Every sentence that player and service say to people: a code with values, said in any language. Pure.

What is recorded is the English sentence, and beside it the code with its values (`Entry.data["said"]`),
so that it can be said in a language that is thought of later.
"""

from __future__ import annotations

from show_control.sentences.saying import (
    LANGUAGES,
    Language,
    Sentence,
    call_word,
    hazard_word,
    said,
    say,
    texts,
    texts_of,
)
from show_control.sentences.table import TABLE

__all__ = [
    "LANGUAGES",
    "TABLE",
    "Language",
    "Sentence",
    "call_word",
    "hazard_word",
    "said",
    "say",
    "texts",
    "texts_of",
]
