"""What the dialects take, as far as a festival file can be wrong about it.

The dialects themselves are the player's; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from schedules.catalogue.machines import Dialect, Param, Server

EVERY: Final = ("play", "stop", "level", "blackout")

_NO_LOAD: Final = "no message of its page makes a clip ready unseen"
_NO_SEEK: Final = "no message of its page goes to a time"


class Speaks(msgspec.Struct, frozen=True, kw_only=True):
    """What a server of a dialect takes. `level_by` is the param without which there is no level; `lacks`
    has the actions that it has no message for, each with the reason."""

    params: Mapping[str, Param] = {}
    server_params: Mapping[str, Param] = {}
    clip: Param = Param()
    udp: bool = True
    tcp: bool = False
    level: bool = True
    level_by: str | None = None
    native_fades: frozenset[str] = frozenset()
    lacks: Mapping[str, str] = {}


_NUMBER: Final = Param(type="i", least=1)

SPEAKS: Final[Mapping[str, Speaks]] = {
    "resolume": Speaks(
        params={"layer": _NUMBER},
        clip=_NUMBER,
        lacks={
            "load": _NO_LOAD,
            "seek": "it takes a place as a part of the clip's duration, which is not known here",
        },
    ),
    "disguise": Speaks(lacks={"load": _NO_LOAD, "seek": _NO_SEEK}),
    "qlab": Speaks(server_params={"passcode": Param(needed=False)}, tcp=True),
    "millumin": Speaks(params={"layer": Param()}, clip=_NUMBER, lacks={"load": _NO_LOAD}),
    "watchout": Speaks(
        params={"level": Param(needed=False)},
        clip=Param(type="i", least=0),
        tcp=True,
        level_by="level",
        lacks={"load": "a timeline that is paused at its beginning shows it"},
    ),
    "pixera": Speaks(tcp=True, level=False, lacks={"load": _NO_LOAD, "seek": _NO_SEEK}),
    "generic": Speaks(server_params={"framing": Param(needed=False)}, tcp=True),
}
_PIXERA_API: Final = Speaks(
    tcp=True, lacks={"load": _NO_LOAD, "osc": "over TCP it speaks an API of its own, and no OSC"}
)


def speaks(server: Server, own: Mapping[str, Dialect]) -> Speaks | None:
    """What a server takes; None where its dialect is not known."""
    if server.dialect in own:
        return _declared(own[server.dialect])
    if server.dialect == "pixera" and server.main.startswith("tcp:"):
        return _PIXERA_API
    return SPEAKS.get(server.dialect)


def _declared(dialect: Dialect) -> Speaks:
    told = {kind: getattr(dialect.actions, kind) for kind in EVERY}
    fading = (
        kind
        for kind, each in told.items()
        if each and any(place in _text(m) for m in each.send for place in ("{fade}", "{seconds}"))
    )
    return Speaks(
        params=dialect.params,
        server_params=dialect.server_params,
        clip=dialect.clip,
        udp=dialect.udp,
        tcp=dialect.tcp is not None,
        level=dialect.actions.level is not None,
        lacks={
            kind: f"it does not say actions.{kind}"
            for kind in ("load", "seek")
            if getattr(dialect.actions, kind) is None
        },
        native_fades=frozenset(fading),
    )


def _text(message: object) -> str:
    return msgspec.json.encode(message).decode()
