"""Where the feed is, from what a person types: the page's own address will do."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

SCHEMES = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}
PATH = "/api/v1/live"


class NotAnAddress(ValueError):
    """Says what would be right."""


def feed_address(typed: str) -> str:
    """`http://host:8100/` or `host:8100` to the feed's WebSocket there."""
    parts = urlsplit(typed if "://" in typed else f"http://{typed}")
    try:
        scheme, _ = SCHEMES[parts.scheme], parts.port
    except (KeyError, ValueError):
        raise NotAnAddress(f"{typed}: an address is http://HOST:PORT or https://HOST") from None
    if not parts.hostname:
        raise NotAnAddress(f"{typed}: an address has a host: http://HOST:PORT")
    return f"{scheme}://{parts.netloc}{PATH}"


def resuming(address: str, resume: tuple[str, int] | None) -> str:
    """The same, to go on after a number of a feed."""
    if resume is None:
        return address
    return f"{address}?{urlencode({'feed': resume[0], 'number': resume[1]})}"
