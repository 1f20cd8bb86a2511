"""Pages that follow the board: python -m benchmarks.instants.dashboards PORT COUNT.

It says `ready` once all have their first document.
"""

from __future__ import annotations

import asyncio
import sys

from websockets.asyncio.client import connect

from benchmarks.instants.installing import signed_in


async def main(port: int, count: int) -> None:
    cookie = signed_in(port)
    left = count
    ready = asyncio.Event()

    async def follow() -> None:
        nonlocal left
        url = f"ws://127.0.0.1:{port}/api/v1/live"
        headers = {"Cookie": cookie}
        async with connect(
            url, additional_headers=headers, compression=None, max_size=None
        ) as page:
            await page.recv()
            left -= 1
            if not left:
                ready.set()
            async for _ in page:
                pass

    async with asyncio.TaskGroup() as pages:
        for _ in range(count):
            pages.create_task(follow())
        await ready.wait()
        print("ready", flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
