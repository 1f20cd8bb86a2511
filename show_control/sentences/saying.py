"""A sentence: its code and values, and how they become words.

In a template `{name}` is filled in, as `str.format` does; what stands in `[...]` is left out where one
of its values is missing. A value that is a sentence itself is said in the same language, a list is said
with commas, and a text that is there in several languages is said in this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args

import msgspec

from show_control.model import Text
from show_control.model import words as in_words
from show_control.sentences.table import TABLE

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_FIELD = re.compile(r"{(\w+)[^}]*}")
_OPTIONAL = re.compile(r"\[([^\]]*)\]")


class Sentence(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is said, before it is said in a language. `values` are plain: nested sentences are dicts."""

    code: str
    values: dict[str, Any] = {}


def said(code: str, **values: Any) -> Sentence:
    """A sentence of the table; values that are None, or empty, are left out."""
    kept = {k: msgspec.to_builtins(v) for k, v in values.items() if v not in (None, "")}
    return Sentence(code, kept)


def call_word(call: str) -> Sentence:
    """A call by its name."""
    return Sentence(f"call.{call}")


def hazard_word(hazard: str) -> Sentence:
    """A kind of hazard."""
    return Sentence(f"hazard.{hazard}")


def say(sentence: Sentence, language: Language = "en") -> str:
    """In words. Raises LookupError for what the table does not have, or a value that is missing."""
    words = {name: _word(value, language) for name, value in sentence.values.items()}
    template = TABLE[sentence.code][language]
    return _OPTIONAL.sub(lambda found: _if_there(found[1], words), template).format_map(words)


def texts(sentence: Sentence) -> Text:
    """In every language."""
    return {language: say(sentence, language) for language in LANGUAGES}


def texts_of(words: str | None, recorded: Any) -> Text:
    """What an entry says, in every language that is known of it: its sentence may be of an older
    version that entered none, or of a newer one that has more."""
    try:
        known = recorded if isinstance(recorded, Sentence) else msgspec.convert(recorded, Sentence)
        return texts(known)
    except (LookupError, ValueError, TypeError):
        return {"en": words} if words else {}


def fields(template: str) -> tuple[set[str], set[str]]:
    """The values that a template needs, and those that it may go without."""
    optional = {f for part in _OPTIONAL.findall(template) for f in _FIELD.findall(part)}
    return set(_FIELD.findall(_OPTIONAL.sub("", template))), optional


def _if_there(part: str, words: Mapping[str, Any]) -> str:
    return part if set(_FIELD.findall(part)) <= words.keys() else ""


def _word(value: Any, language: Language) -> Any:
    match value:
        case {"code": str(code)}:
            known = code in TABLE  # a journal may be of a newer version
            return say(Sentence(code, value.get("values", {})), language) if known else code
        case dict():
            return in_words(value, language)
        case list() | tuple():
            return ", ".join(str(_word(v, language)) for v in value)
        case _:
            return value
