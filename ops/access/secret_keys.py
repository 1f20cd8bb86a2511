"""The secrets of tokens and links: 256 random bits, told once, kept as their sha256.

A digest without salt or effort is enough: nobody guesses 256 bits. What a person chooses, a
password or a PIN, goes through argon2 instead.
"""

from __future__ import annotations

import hashlib
import re
import secrets

BEGINNING = "lamp_"
"""So that a person, or a scanner of repositories, sees what it is."""
FORM = re.compile(r"lamp_[A-Za-z0-9_-]{43}")


def new_secret() -> str:
    return BEGINNING + secrets.token_urlsafe(32)


def digest_of(secret: str) -> bytes | None:
    """None for what we cannot have given out."""
    return hashlib.sha256(secret.encode()).digest() if FORM.fullmatch(secret) else None
