"""Names: what one may be, how it is kept, and which two would be one in everybody's eyes. Pure."""

from __future__ import annotations

import unicodedata

LONGEST = 200
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Categories of what nobody sees, or everybody sees otherwise."""
BLANK = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0))
) | frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Letters and marks, by their category, that leave nothing on a screen: the Hangul filler, say."""
CYRILLIC = (
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445"
    "\u0456\u0458\u0455\u0501\u051b\u051d\u04bb\u04cf",
    "abekmhopctyxijsdqwhl",
)
GREEK = (
    "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03f3",
    "abezhikmnoptyxj",
)
LATIN = str.maketrans(CYRILLIC[0] + GREEK[0] + "\u0131", CYRILLIC[1] + GREEK[1] + "i")
"""Small letters of other scripts whose capital, or which themselves, look like a Latin one."""


class NoGood(Exception):
    """Why it cannot be, and what could, in a line for a person."""


def good_name(name: str) -> str:
    """As it is kept; raises NoGood for what nobody could read."""
    good = as_kept(name)
    if not good or len(good) > LONGEST:
        raise NoGood(f"a name has 1 to {LONGEST} characters")
    if any(c in BLANK or unicodedata.category(c) in UNSEEN for c in name.strip()):
        raise NoGood("a name has no characters that cannot be seen")
    return good


def as_kept(name: str) -> str:
    """Composed, with one space between words and none around: however it was typed."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def as_read(name: str) -> str:
    """What two names have in common that nobody could tell apart: Kim, kim, and one whose K is
    Cyrillic."""
    return unicodedata.normalize("NFKC", name).casefold().translate(LATIN)
