"""Who is signed in, as they are told it: by the API, and on the live feed when it changes."""

from __future__ import annotations

import msgspec

from ops.access.rights import Grant, Kind, Right, SignedIn, in_order


class SessionReply(msgspec.Struct, frozen=True):
    """Who is signed in, and what they may do: `rights` somewhere, `grants` where. While `locked`,
    everything is shown and nothing can be called."""

    name: str
    kind: Kind
    rights: tuple[Right, ...]
    grants: tuple[Grant, ...]
    locked: bool


def session_reply(person: SignedIn) -> SessionReply:
    return SessionReply(
        name=person.name,
        kind=person.kind,
        rights=in_order(person.rights),
        grants=person.grants,
        locked=person.locked,
    )
