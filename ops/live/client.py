"""One client of the feed: what it may see, what it has had, what it is to be given next."""

from __future__ import annotations

from collections.abc import Callable

from litestar.types import Send

from ops.access.reply import session_reply
from ops.access.rights import SignedIn
from ops.live.beats import Beats
from ops.live.feed import Feed, text
from ops.live.live_feed import LiveFeed
from ops.live.scopes import seen_by

POLICY = 1008
Resume = tuple[str | None, int | None]
"""The feed and the number that a client has."""


class Client:
    """Always to be given the newest state: what comes while it reads is merged into one frame."""

    __slots__ = (
        "_beats",
        "_feed",
        "_feeds",
        "_number",
        "_person",
        "_scope",
        "_send",
        "_you",
        "closing",
        "on_closing",
    )

    def __init__(self, feeds: LiveFeed, person: SignedIn, send: Send, resume: Resume) -> None:
        self._feeds = feeds
        self._person = person
        self._scope = seen_by(person)
        self._feed: Feed = feeds.open(self._scope)
        self._send = send
        self._number = resume[1] if self._feed.resumable(*resume) else None
        self._beats = feeds.heartbeats.count
        self._you: str | None = None
        self.closing: tuple[int, str] | None = None
        """The code and the reason, once it is to be sent away."""
        self.on_closing: Callable[[], None] = lambda: None

    @property
    def heartbeats(self) -> Beats:
        return self._feeds.heartbeats

    @property
    def person(self) -> SignedIn:
        """Who it is, with the rights that were told last."""
        return self._person

    def changed(self, person: SignedIn | None) -> None:
        """What the person may do is another; None where they are signed out or revoked."""
        if person is None or "see" not in person.rights:
            self.close(POLICY, "signed out" if person is None else "the right to see is gone")
        elif person != self._person:
            self._person = person
            self._you = text({"you": session_reply(person)})
            self._look_again()
            self._feeds.moved.set()

    def _look_again(self) -> None:
        scope = seen_by(self._person)
        if scope != self._scope:
            # The new one first: where both need the same feed, it stays the same.
            self._feed = self._feeds.open(scope)
            self._feeds.close(self._scope)
            self._scope, self._number = scope, None

    def left(self) -> None:
        self._feeds.close(self._scope)

    def close(self, code: int, reason: str) -> None:
        """Nothing is sent to it any more but this."""
        if self.closing is None:
            self.closing = (code, reason)
            self.on_closing()

    async def catch_up(self) -> None:
        """Send it whatever it has not had."""
        send = self._send
        while (frame := self._next()) is not None:
            await send({"type": "websocket.send", "text": frame, "bytes": None})

    async def send(self, frame: str) -> None:
        await self._send({"type": "websocket.send", "text": frame, "bytes": None})

    async def send_away(self, code: int, reason: str) -> None:
        await self._send({"type": "websocket.close", "code": code, "reason": reason})

    def _next(self) -> str | None:
        if self.closing is not None:
            return None
        feed, beats = self._feed, self._feed.heartbeats
        if self._number is None:
            self._number = feed.number
            return feed.snapshot()
        if self._you is not None:
            frame, self._you = self._you, None
            return frame
        if self._number < feed.number:
            frame, self._number = feed.since(self._number), feed.number
            return frame
        if self._beats < beats.count:
            self._beats = beats.count
            return beats.frame
        return None
