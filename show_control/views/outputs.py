"""Outputs, servers and surfaces as the board shows them: wanted, and what servers confirm."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from show_control.documents import (
    AddressView,
    Agreement,
    AlarmView,
    EvidenceView,
    Life,
    OnAirView,
    OutputView,
    ServerView,
    StopView,
    SurfaceView,
    Which,
)
from show_control.engine.on_air import route, where
from show_control.engine.state import State, Stopped
from show_control.looks import NOTHING
from show_control.model import Millis, Night, NightFile, Output, Server

Evidence = Mapping[tuple[str, Which], EvidenceView]
SentAt = Mapping[tuple[str, Which], Millis]


class Switched(msgspec.Struct, frozen=True, kw_only=True):
    """What the switch of a server was last heard to say, and what that comes to."""

    agreement: Agreement
    reported: Which | None = None
    reported_at: Millis | None = None


UNSAID = Switched(agreement="no reply")

_WORST: tuple[Agreement, ...] = ("differs", "no reply", "cannot be asked", "confirmed")


def stop_view(stopped: Stopped) -> StopView:
    """A show stop in force."""
    return StopView(by=stopped.by, at=stopped.at, reason=stopped.reason)


def surface_views(file: NightFile | None, night: Night | None) -> tuple[SurfaceView, ...]:
    """Surfaces, as long as their outputs reach."""
    if file is None:
        return ()
    reach: dict[str, float] = {}
    for output in file.outputs.values():
        if output.x is not None and output.width is not None:
            reach[output.surface] = max(reach.get(output.surface, 0.0), output.x + output.width)
    return tuple(
        SurfaceView(
            surface=s.id,
            title=s.title,
            kind=s.kind,
            length=reach.get(s.id),
            curfew=night.curfews.get(s.id) if night else None,
        )
        for s in file.surfaces.values()
    )


def output_views(
    state: State,
    night: Night | None,
    sent: SentAt,
    evidence: Evidence,
    on_air: Mapping[str, Switched],
    now: Millis,
) -> tuple[OutputView, ...]:
    """Every output of the file in force."""
    file = state.file
    if file is None:
        return ()
    return tuple(
        output_view(state, output, night, sent, evidence, on_air, now)
        for output in file.outputs.values()
    )


def output_view(
    state: State,
    output: Output,
    night: Night | None,
    sent: SentAt,
    evidence: Evidence,
    on_air: Mapping[str, Switched],
    now: Millis,
) -> OutputView:
    """An output; lit only where what is on the picture confirms, now, a look that gives light."""
    file = state.file
    assert file is not None, "an output is of a file"
    look = state.looks.get(output.id, NOTHING)
    enabled = state.enabled.get(output.id)
    on = enabled is not None and night is not None and enabled.night == night.date
    routing = state.route(output.id)
    server = file.servers[output.server]
    seen = seen_of(server, output.id, evidence) if routing != "record only" else ()
    wants_light = look.lit(now)
    return OutputView(
        output=output.id,
        surface=output.surface,
        server=output.server,
        x=output.x,
        width=output.width,
        hazard=output.hazard,
        enabled_by=enabled.by if on and enabled else None,
        run=state.owners.get(output.id),
        clip=look.showing(now),
        clip_name=look.clip_name,
        work=look.work,
        work_title=title_of(file, look.work),
        level=look.level,
        dark=look.dark,
        wants_light=wants_light,
        since=look.since,
        sent_at=max((at for (o, _), at in sent.items() if o == output.id), default=None),
        evidence=seen,
        agreement=min((e.agreement for e in seen), key=_WORST.index, default="record only"),
        lit=routing == "wire"
        and wants_light
        and confirmed(seen, sides_on(state, server, on_air.get(server.id, UNSAID))),
        routing=routing,
    )


def sides_on(state: State, server: Server, said: Switched) -> tuple[Which, ...]:
    """The addresses that may be on the picture: one where that is known, else all there are."""
    if server.on_air is None:
        return ("main",)
    if server.on_air.says is None:
        return (state.wants_on_air(server.id),)
    known = said.agreement in ("confirmed", "differs") and said.reported is not None
    return (said.reported,) if known and said.reported else ("main", "backup")


def confirmed(seen: Iterable[EvidenceView], sides: Collection[Which]) -> bool:
    """Whether each of these addresses confirms."""
    return all(e.agreement == "confirmed" for e in seen if e.which in sides)


def title_of(file: NightFile, work: str | None) -> dict[str, str]:
    """A work's title: the name of the cue that plays it."""
    if work is None:
        return {}
    return file.works.get(work, {})


def seen_of(server: Server, output: str, evidence: Evidence) -> tuple[EvidenceView, ...]:
    """What main, then backup, report."""
    which: tuple[Which, ...] = ("main", "backup") if server.backup else ("main",)
    return tuple(evidence.get((output, w), silence(w)) for w in which)


def silence(which: Which) -> EvidenceView:
    """Before anything was heard."""
    return EvidenceView(which=which, agreement="no reply", reported_at=None, reported={})


def server_views(
    state: State,
    life: Mapping[tuple[str, Which], tuple[Life, Millis]],
    on_air: Mapping[str, Switched],
    alarms: Iterable[AlarmView],
) -> tuple[ServerView, ...]:
    """Servers with main and backup and whether each lives."""
    file = state.file
    raised = {alarm.code for alarm in alarms}
    return tuple(
        ServerView(
            server=server.id,
            dialect=server.dialect,
            addresses=tuple(
                address_view(server, which, address, life)
                for which, address in (("main", server.main), ("backup", server.backup))
                if address is not None
            ),
            simulator=server.id in state.simulators,
            on_air=on_air_view(state, server, on_air, offered=f"take_over: {server.id}" in raised),
        )
        for server in (file.servers.values() if file else ())
    )


def on_air_view(
    state: State, server: Server, on_air: Mapping[str, Switched], *, offered: bool
) -> OnAirView | None:
    """Which address is on the picture, where that can be changed."""
    if server.on_air is None:
        return None
    routing = route(state, server.id)
    key = where(server.id, routing)
    wanted, said = state.on_air.get(key), on_air.get(key, UNSAID)
    return OnAirView(
        which=state.wants_on_air(key),
        since=wanted.at if wanted else None,
        by=(wanted.by or None) if wanted else None,
        agreement=said.agreement if routing != "record only" else "record only",
        reported=said.reported,
        reported_at=said.reported_at,
        offered=offered,
    )


def address_view(
    server: Server,
    which: str,
    address: str,
    life: Mapping[tuple[str, Which], tuple[Life, Millis]],
) -> AddressView:
    """One address; silent until the player has entered more of it."""
    side: Which = "backup" if which == "backup" else "main"
    alive: Life = "silent"
    since: Millis | None = None
    if (server.id, side) in life:
        alive, since = life[server.id, side]
    return AddressView(which=side, address=address, life=alive, since=since)
