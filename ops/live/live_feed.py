"""The feed of the whole board, and beside it one for each scope in use: published as one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec

from ops.live.beats import Beats, Heartbeat
from ops.live.feed import Feed
from ops.live.scopes import EVERYTHING, Scope, project
from show_control.documents import Board


class Shared(msgspec.Struct):
    """A feed of one scope, and how many look at it."""

    feed: Feed
    users: int = 0


class LiveFeed(Feed):
    """The whole board's. One for a process: the ids tell it from other processes' feeds.

    `moved` is set whenever there is something new for anybody.
    """

    def __init__(
        self, new_id: Callable[[], str], board: Board, stopwatch: Callable[[], int]
    ) -> None:
        super().__init__(new_id(), board, Beats(stopwatch))
        self._new_id = new_id
        self._scoped: dict[Scope, Shared] = {}
        self.moved = asyncio.Event()

    @property
    def scopes(self) -> frozenset[Scope]:
        """Those in use, beside everything."""
        return frozenset(self._scoped)

    def publish(self, board: Board) -> bool:
        if not super().publish(board):
            return False
        for scope, shared in self._scoped.items():
            shared.feed.publish(project(board, scope))
        self.moved.set()
        return True

    def relay(self, beat: Heartbeat) -> None:
        """Hand on the player's heartbeat, to all."""
        self.heartbeats.relay(beat)
        self.moved.set()

    def open(self, scope: Scope) -> Feed:
        """The feed of a scope, for as long as it is not closed as often as it was opened."""
        if scope == EVERYTHING:
            return self
        shared = self._scoped.get(scope)
        if shared is None:
            shared = self._scoped[scope] = Shared(self._made(scope))
        shared.users += 1
        return shared.feed

    def close(self, scope: Scope) -> None:
        if scope != EVERYTHING:
            shared = self._scoped[scope]
            shared.users -= 1
            if not shared.users:
                del self._scoped[scope]

    def document(self, scope: Scope) -> str:
        """The whole document as a scope has it, once."""
        if scope == EVERYTHING:
            return self.snapshot()
        shared = self._scoped.get(scope)
        return (self._made(scope) if shared is None else shared.feed).snapshot()

    def _made(self, scope: Scope) -> Feed:
        return Feed(self._new_id(), project(self.board, scope), self.heartbeats)
