"""Who may do what, where: each right by itself, each grant in its place."""

from __future__ import annotations

import pytest

from ops.access.rights import RIGHTS, ROLES, Grant, Right, SignedIn, in_order

FACADE = Grant(("control",), "lights", "facade")
MIXED = SignedIn(
    name="Lee",
    grants=(Grant(("see",)), FACADE, Grant(("edit",), "lights"), Grant(("control",), None, "dome")),
)


@pytest.mark.parametrize(
    ("right", "festival", "surfaces", "allowed"),
    [
        ("see", None, None, True),
        ("see", "other", ("hall",), True),
        ("edit", "lights", None, True),
        ("edit", "lights", ("hall",), True),
        ("edit", "other", None, False),
        ("edit", None, None, False),
        ("control", "lights", ("facade",), True),
        ("control", "lights", ("facade", "dome"), True),
        ("control", "lights", ("facade", "hall"), False),
        ("control", "lights", None, False),
        ("control", "other", ("facade",), False),
        ("control", "other", ("dome",), True),
        ("control", None, ("facade",), False),
        ("control", None, ("dome",), True),
        ("control", "lights", (), True),
    ],
)
def test_a_grant_holds_in_its_place(
    right: Right, festival: str | None, surfaces: tuple[str, ...] | None, allowed: bool
) -> None:
    assert MIXED.may(right, festival, surfaces) is allowed


@pytest.mark.parametrize("right", RIGHTS)
def test_rights_imply_no_other(right: Right) -> None:
    person = SignedIn(name="Kim", grants=(Grant((right,)),))
    assert [other for other in RIGHTS if person.may(other)] == [right]
    assert person.rights == {right}


def test_nobody_may_do_anything_without_a_grant() -> None:
    nobody = SignedIn(name="Nobody")
    for right in RIGHTS:
        assert not nobody.may(right, "lights", ())
        assert not nobody.may(right)
        assert nobody.scope(right, "lights") == frozenset()


def test_roles_are_sets_of_rights() -> None:
    assert set(ROLES) == {"controller", "curator", "technician", "artist", "guest"}
    assert all(rights == in_order(rights) for rights in ROLES.values())
    assert in_order(["control", "see", "see"]) == ("see", "control")
