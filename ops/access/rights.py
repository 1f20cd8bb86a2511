"""Rights: what there is to grant, who holds which, and where. Pure values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

Right = Literal["see", "edit", "control"]
Kind = Literal["person", "token", "link"]
RIGHTS: tuple[Right, ...] = get_args(Right)
"""Each is independent of the others."""

ROLES: dict[str, tuple[Right, ...]] = {
    "controller": ("see", "control"),
    "curator": ("see", "edit"),
    "technician": ("see", "control"),
    "artist": ("see",),
    "guest": ("see",),
}
"""A role is a set of rights, and nothing else: it is resolved when it is given."""


class Grant(msgspec.Struct, frozen=True):
    """Rights, and where they hold: null is every festival, or every surface."""

    rights: tuple[Right, ...]
    festival: str | None = None
    surface: str | None = None


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, by a session or a token, as of now: looked up at each request.

    `account` and `session` say whom and which session; a token has no session.
    """

    name: str
    kind: Kind = "person"
    grants: tuple[Grant, ...] = ()
    locked: bool = False
    account: str = ""
    session: str | None = None

    @property
    def rights(self) -> frozenset[Right]:
        """What they may do somewhere."""
        return frozenset(right for grant in self.grants for right in grant.rights)

    def scope(self, right: Right, festival: str | None) -> frozenset[str] | None:
        """The surfaces of a festival that they have a right on: None is all of it. Where no
        festival is known, only what holds for every festival counts."""
        found = [g for g in self.grants if right in g.rights and g.festival in {None, festival}]
        if any(grant.surface is None for grant in found):
            return None
        return frozenset(grant.surface for grant in found if grant.surface is not None)

    def may(
        self, right: Right, festival: str | None = None, surfaces: Iterable[str] | None = None
    ) -> bool:
        """Whether they may do this on each of these surfaces; on the whole festival, without."""
        scope = self.scope(right, festival)
        if scope is None or surfaces is None:
            return scope is None
        return bool(scope) and scope.issuperset(surfaces)


def in_order(rights: Iterable[str]) -> tuple[Right, ...]:
    """Rights as they are always told: each once, in one order."""
    wanted = set(rights)
    return tuple(right for right in RIGHTS if right in wanted)
