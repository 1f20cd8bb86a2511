"""Which of a server's addresses is on the picture, as its switch says it. Pure.

The rules are those of outputs: an answer speaks of the instant at which it was asked for, what is told
unasked of a little before it came; only what speaks of after the newest send counts, and not for long.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from show_control.evidence.happenings import ANSWERS_WITHIN, TOLD_WITHIN
from show_control.evidence.judging import CONFIRMED_FOR
from show_control.evidence.state import FAR, NEVER, Agreement, Which
from show_control.model import Message, Millis, Server, Switch


class SwitchChanged(msgspec.Struct, frozen=True, kw_only=True):
    """For an entry `on_air`: what the switch of a server says now. `reported` is None for neither."""

    at: Millis
    server: str
    agreement: Agreement
    reported: Which | None = None
    as_of: Millis | None = None


class Switching(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one server's switch. `said_as_of` and `said_at` are of the last thing it said."""

    switch: Switch
    sent: Millis = NEVER
    asked: Millis | None = None
    said: Which | None = None
    said_as_of: Millis = NEVER
    said_at: Millis = NEVER
    agreement: Agreement = "no reply"
    reported: Which | None = None


Switchings = Mapping[str, Switching]


def opened(known: Switchings, servers: Mapping[str, Server]) -> dict[str, Switching]:
    """The switches of a night file; what is known of one that stays as it was is kept."""
    found = {}
    for server in servers.values():
        if server.on_air is None:
            continue
        before = known.get(server.id)
        same = before is not None and before.switch == server.on_air
        found[server.id] = before if before and same else _new(server.on_air)
    return found


def _new(switch: Switch) -> Switching:
    return Switching(
        switch=switch, agreement="no reply" if switch.says is not None else "cannot be asked"
    )


def asks_at_all(one: Switching) -> bool:
    """Whether it can be asked, and need not be waited for."""
    return one.switch.says is not None and one.switch.says.ask is not None


def may_ask(one: Switching, now: Millis) -> bool:
    """Whether asking now keeps answers and questions in step: not while an answer may still come."""
    return one.asked is None or now - one.asked >= ANSWERS_WITHIN


def asked(one: Switching, now: Millis) -> Switching:
    """A question left."""
    return replace(one, asked=now)


def sent(one: Switching, now: Millis) -> Switching:
    """The switch was told."""
    return replace(one, sent=now)


def heard(one: Switching, message: Message, now: Millis) -> Switching:
    """Its server said something: perhaps this."""
    says = one.switch.says
    if says is None or message.address != says.address or says.arg >= len(message.args):
        return one
    if says.ask is not None and (one.asked is None or now - one.asked >= ANSWERS_WITHIN):
        return one  # nobody asked for it
    value = message.args[says.arg].value
    which: Which | None = (
        "main" if value == says.main else "backup" if value == says.backup else None
    )
    as_of = one.asked if says.ask is not None and one.asked is not None else now - TOLD_WITHIN
    return replace(one, asked=None, said=which, said_as_of=as_of, said_at=now)


def judge(
    server: str, one: Switching, wanted: Which, now: Millis
) -> tuple[Switching, SwitchChanged | None]:
    """What has become of it; what changed, if anything did."""
    agreement, reported = _judged(one, wanted, now)
    if (agreement, reported) == (one.agreement, one.reported):
        return one, None
    change = SwitchChanged(
        at=now,
        server=server,
        agreement=agreement,
        reported=reported,
        as_of=one.said_as_of if agreement in ("confirmed", "differs") else None,
    )
    return replace(one, agreement=agreement, reported=reported), change


def _judged(one: Switching, wanted: Which, now: Millis) -> tuple[Agreement, Which | None]:
    if one.switch.says is None:
        return "cannot be asked", None
    if one.said_as_of <= one.sent or now >= one.said_at + CONFIRMED_FOR:
        return "no reply", None
    return "confirmed" if one.said == wanted else "differs", one.said


def expires(one: Switching) -> Millis:
    """When what is known of it is known no longer."""
    holds = one.agreement in ("confirmed", "differs")
    return one.said_at + CONFIRMED_FOR if holds else FAR
