"""Publishing at a steady pace, for both servers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


async def publish_steadily(publish: Callable[[], object], asked: dict[str, Any]) -> dict[str, Any]:
    """So many changes, so many seconds apart, from now on."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    for _ in range(asked["count"]):
        publish()
        due += asked["every"]
        await asyncio.sleep(max(0.0, due - loop.time()))
    return {}
