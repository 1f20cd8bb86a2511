"""What happens to evidence: questions, answers, packets sent and refused."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Final, TypeVar

from msgspec.structs import replace

from show_control.evidence.state import (
    NEVER,
    NOTHING,
    Asked,
    Evidence,
    Fact,
    Key,
    OutputEvidence,
    Report,
    ServerEvidence,
    Which,
)
from show_control.model import Millis, Output, Server

SILENT_AFTER: Final[Millis] = 2500
"""How long a server may leave every question unanswered."""

ANSWERS_WITHIN: Final[Millis] = 2000
"""The age from which a question is taken to be lost; an answer later than that counts for nothing."""

TOLD_WITHIN: Final[Millis] = 100
"""How long what a server tells unasked may have been on its way: it is taken to be that old."""


_FORGOTTEN_AFTER: Final[Millis] = 15_000

_MOST: Final = 512
"""So many clips of an output are remembered, and so many answers of a server that are still to come."""

_K = TypeVar("_K")


def opened(
    state: Evidence,
    servers: Mapping[str, Server],
    outputs: Iterable[Output],
    asks: Container[str],
) -> Evidence:
    """A night file was loaded: what is known of addresses and outputs that stay is kept.

    `asks` has the servers whose dialect can be asked.
    """
    of_server: dict[str, list[str]] = {}
    for output in outputs:
        of_server.setdefault(output.server, []).append(output.id)
    found: dict[Key, ServerEvidence] = {}
    for server in servers.values():
        for which in _addresses(server):
            key = (server.id, which)
            known = state.servers.get(key)
            if known is None or known.asks != (server.id in asks):
                known = ServerEvidence(asks=server.id in asks)
            fresh = OutputEvidence(agreement="no reply" if known.asks else "cannot be asked")
            kept = {o: known.outputs.get(o, fresh) for o in of_server.get(server.id, [])}
            found[key] = replace(known, outputs=kept)
    return Evidence(servers=found, touched=frozenset(found), deadline=state.deadline)


def may_ask(state: Evidence, server: str, which: Which, address: str, now: Millis) -> bool:
    """Whether asking now keeps answers and questions in step.

    After a lost packet every answer would be taken for the one before; so a question that was left
    behind while answers came is first let go.
    """
    known = state.servers[server, which].questions.get(address)
    if known is None:
        return True
    still = [t for t in known.instants if known.answered < t and now - t < ANSWERS_WITHIN]
    return not still or (len(still) == 1 and known.heard < still[0])


def asked(state: Evidence, server: str, which: Which, address: str, at: Millis) -> Evidence:
    """A question left for a server."""
    known = state.servers[server, which]
    one = known.questions.get(address, Asked())
    instants = (*(t for t in one.instants if at - t < ANSWERS_WITHIN), at)
    waits = at if known.waits_since is None else known.waits_since
    known = replace(
        known,
        questions={**known.questions, address: replace(one, instants=instants)},
        answered={a: t for a, t in known.answered.items() if at - t < ANSWERS_WITHIN},
        waits_since=waits,
        deadline=min(known.deadline, waits + SILENT_AFTER),
    )
    return _with(state, (server, which), known)


def expects(state: Evidence, server: str, which: Which, at: Millis) -> Evidence:
    """A server that tells unasked is listened to: from now on its silence counts."""
    known = state.servers[server, which]
    if known.waits_since is not None:
        return state
    deadline = min(known.deadline, at + SILENT_AFTER)
    return _with(state, (server, which), replace(known, waits_since=at, deadline=deadline))


def told(
    state: Evidence, server: str, which: Which, reports: Iterable[Report], at: Millis
) -> Evidence:
    """A server that tells unasked said something, and this is what its dialect read in it."""
    known = state.servers[server, which]
    outputs = dict(known.outputs)
    for report in reports:
        if report.output in outputs:
            fact = Fact(report.value, at - TOLD_WITHIN, at)
            outputs[report.output] = _noted(outputs[report.output], report, fact)
    known = replace(known, questions={}, outputs=outputs, waits_since=None, refused=False, heard=at)
    return _with(state, (server, which), known)


def awaited(state: Evidence, server: str, which: Which, address: str, at: Millis) -> bool:
    """Whether a message from this address can be the answer to anything."""
    return _question(state.servers[server, which], address, at) is not None


def heard(
    state: Evidence,
    server: str,
    which: Which,
    address: str,
    reports: Iterable[Report],
    at: Millis,
) -> Evidence:
    """An answer came from a server's address, and this is what its dialect read in it."""
    known = state.servers[server, which]
    match = _question(known, address, at)
    if match is None or (len(known.answered) >= _MOST and address not in known.answered):
        return state
    question, as_of = match
    one = known.questions[question]
    outputs = dict(known.outputs)
    for report in reports:
        if report.output in outputs:
            fact = Fact(report.value, as_of, at)
            outputs[report.output] = _noted(outputs[report.output], report, fact)
    known = replace(
        known,
        questions={
            **known.questions,
            question: replace(one, answered=max(one.answered, as_of), heard=at),
        },
        answered={**known.answered, address: as_of},
        outputs=outputs,
        waits_since=None,
        refused=False,
        heard=at,
    )
    return _with(state, (server, which), known)


def sent(
    state: Evidence,
    server: str,
    which: Which,
    output: str,
    at: Millis,
    *,
    level_only: bool = False,
    nothing: bool = False,
) -> Evidence:
    """A packet left for an output. The values of a ramp change its level only, raw OSC and a load
    `nothing` of its look."""
    known = state.servers[server, which]
    one = known.outputs[output]
    if not nothing:
        one = replace(one, level_sent=at) if level_only else replace(one, sent=at)
    known = replace(
        known,
        outputs={**known.outputs, output: one},
        # Where nothing is ever answered, a packet that was not refused is all there is to know.
        refused=known.refused and known.asks,
    )
    return _with(state, (server, which), known)


def refused(state: Evidence, server: str, which: Which) -> Evidence:
    """The machine answered that nobody listens there."""
    key = (server, which)
    return _with(state, key, replace(state.servers[key], refused=True))


# ---------------------------------------------------------------- matching


def _addresses(server: Server) -> tuple[Which, ...]:
    return ("main",) if server.backup is None else ("main", "backup")


def _with(state: Evidence, key: Key, known: ServerEvidence) -> Evidence:
    return Evidence(
        servers={**state.servers, key: known},
        touched=state.touched | {key},
        deadline=min(state.deadline, known.deadline),
    )


def _question(known: ServerEvidence, address: str, at: Millis) -> tuple[str, Millis] | None:
    """The oldest open question that an answer from this address can belong to."""
    after = known.answered.get(address, NEVER)
    found = [
        (instant, question)
        for question in _patterns(address)
        if question in known.questions
        for instant in known.questions[question].instants
        if instant > after and at - instant < ANSWERS_WITHIN
    ]
    if not found:
        return None
    as_of, question = min(found)
    return question, as_of


def _patterns(address: str) -> list[str]:
    """The questions that an address answers: its own, and those with one `*` in it."""
    parts = address.split("/")
    starred = ["/".join([*parts[:n], "*", *parts[n + 1 :]]) for n in range(1, len(parts))]
    return [address, *starred]


def _noted(one: OutputEvidence, report: Report, fact: Fact) -> OutputEvidence:
    match report.what:
        case "brightness" | "playing" | "position" | "duration":
            return replace(one, **{report.what: fact})
        case "clip" if report.clip is not None:
            return replace(one, clips=_added(one.clips, report.clip, fact))
        case "part" if one.duration is not None:
            seconds = float(fact.value) * float(one.duration.value)
            return replace(one, position=Fact(seconds, fact.as_of, fact.heard))
        case "shows":
            return replace(one, clips=_alone(report.clip, fact))
        case "clip_name":
            return replace(one, names=_added(one.names, report.clip, fact))
        case _:
            return one


def _alone(clip: int | str | None, fact: Fact) -> dict[int | str, Fact]:
    """One clip shows, or none: that says all there is to know of every other."""
    said: dict[int | str, Fact] = {NOTHING: Fact(clip is None, fact.as_of, fact.heard)}
    return said if clip is None else {**said, clip: Fact(True, fact.as_of, fact.heard)}


def _added(facts: dict[_K, Fact], clip: _K, fact: Fact) -> dict[_K, Fact]:
    if clip in facts or len(facts) < _MOST // 2:
        return {**facts, clip: fact}
    kept = {c: f for c, f in facts.items() if fact.heard - f.heard < _FORGOTTEN_AFTER}
    if len(kept) >= _MOST:
        del kept[min(kept, key=lambda c: kept[c].heard)]
    return {**kept, clip: fact}
