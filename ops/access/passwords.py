"""Passwords: argon2, always in a thread and few at a time, since each takes 64 MiB and 0.2 s."""

from __future__ import annotations

import asyncio
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    """Takes 0.2 s: for commands. The service has a thread for it."""
    return _hasher().hash(password)


def is_password(stored: str | None, password: str) -> bool:
    """Whether it is; without a stored hash it takes as long, so that names cannot be found out."""
    try:
        return _hasher().verify(stored or _nobodys_hash(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


class Passwords:
    """Hashes and verifies beside the event loop."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(AT_ONCE)

    async def verify(self, stored: str | None, password: str) -> bool:
        async with self._free:
            return await asyncio.to_thread(is_password, stored, password)

    async def hash(self, password: str) -> str:
        async with self._free:
            return await asyncio.to_thread(hash_password, password)
