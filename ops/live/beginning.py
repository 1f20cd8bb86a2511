"""A coroutine run at once, up to its first wait: no task is made for one that never waits."""

from __future__ import annotations

from collections.abc import Coroutine, Generator
from typing import Any


class Rest:
    """What is left of a coroutine after its first step: awaited, it goes on from there."""

    def __init__(self, work: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self._work = work
        self._waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield self._waits_for
        except BaseException as fault:  # the waiting was cancelled, or failed: it is the work's
            self._work.throw(fault)
            raise
        yield from self._work.__await__()


def begin(work: Coroutine[Any, Any, None]) -> Rest | None:
    """Run it here and now; gives what is left, if it came to wait for something.

    Until then it has no task of its own: it must not ask for the current one, as time-outs do.
    """
    try:
        waits_for = work.send(None)
    except StopIteration:
        return None
    return Rest(work, waits_for)
