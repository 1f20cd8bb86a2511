"""A page that is watched: when a frame came, when what it changed was painted, what is kept."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import CDPSession, Page

WATCH = """() => {
  const find = (id, root) => {
    const found = root.querySelector(`[data-testid="${id}"]`);
    if (found) return found;
    for (const element of root.querySelectorAll("*")) {
      const deeper = element.shadowRoot && find(id, element.shadowRoot);
      if (deeper) return deeper;
    }
    return null;
  };
  const usable = new Promise((resolve) => {
    const look = () => {
      const go = find("go", document);
      if (go && !go.disabled) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const watch = { painted: [], usable };
  window.watched = watch;
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      // The first listener: it is asked before the page itself hears of the frame.
      this.addEventListener("message", (message) => {
        const runs = JSON.parse(message.data).changes?.runs;
        if (!runs) return;
        const came = performance.now();
        requestAnimationFrame(() => {
          // A task after the frame's own callbacks: by then it has been painted.
          const after = new MessageChannel();
          after.port1.onmessage = () => {
            const shown = find("standby-number", document)?.textContent.trim();
            watch.painted.push([runs[0].standby, shown, performance.now() - came]);
          };
          after.port2.postMessage(null);
        });
      });
    }
  };
}"""


async def watch(page: Page) -> None:
    """Before it goes anywhere."""
    await page.add_init_script(f"({WATCH})()")


async def usable_after(page: Page) -> float:
    """Milliseconds from the navigation until GO could be pressed."""
    return float(await page.evaluate("window.watched.usable"))


async def until_painted(page: Page, changes: int) -> None:
    """Wait until so many changes have been painted."""
    await page.evaluate(
        """(wanted) => new Promise((painted) => {
          const look = () => watched.painted.length >= wanted ? painted() : requestAnimationFrame(look);
          look();
        })""",
        changes,
    )


async def painted(page: Page) -> list[tuple[str, str, float]]:
    """Of each change of the run: the cue that it had standing by, the one that was seen after the
    next paint, and how many milliseconds lay between frame and paint."""
    return [tuple(one) for one in await page.evaluate("window.watched.painted.splice(0)")]


class Kept:
    """What a page keeps: megabytes of its heap, nodes, listeners."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    @classmethod
    async def of(cls, page: Page) -> Kept:
        return cls(await page.context.new_cdp_session(page))

    async def settled(self) -> dict[str, float]:
        """The least of a few readings: what came last is let go of a moment later."""
        readings = []
        for _ in range(4):
            readings.append(await self.now())
            await asyncio.sleep(0.25)
        return {name: min(reading[name] for reading in readings) for name in readings[0]}

    async def now(self) -> dict[str, float]:
        """After everything that can be thrown away was."""
        await self._session.send("HeapProfiler.collectGarbage")
        heap: dict[str, Any] = await self._session.send("Runtime.getHeapUsage")
        dom: dict[str, Any] = await self._session.send("Memory.getDOMCounters")
        return {
            "heap": heap["usedSize"] / 2**20,
            "nodes": dom["nodes"],
            "listeners": dom["jsEventListeners"],
        }
