"""What a query needs of a database connection, alone or borrowed from a pool."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol


class Connection(Protocol):
    """As asyncpg's connections have it, which are not imported here: planning is done
    without a database too. A row is read as a mapping: `Row(**row)`."""

    async def execute(self, query: str, /, *args: object) -> str: ...

    async def executemany(self, command: str, /, args: Iterable[Sequence[object]]) -> None: ...

    async def fetch(self, query: str, /, *args: object) -> list[Any]: ...

    async def fetchrow(self, query: str, /, *args: object) -> Any | None: ...

    async def fetchval(self, query: str, /, *args: object) -> Any: ...

    def transaction(self) -> Any: ...
