"""What was measured, as it is printed."""

from __future__ import annotations

from statistics import median

import msgspec

from benchmarks.figures import table, told

COLUMNS = ("cpu", "p50", "p99")
RATIOS = ("cost", "p50", "p99")
BUSY = 99.0
"""Percent: where less arrived, the machine had no time for the clients, and p99 is the machine's."""
CPU_AT_MOST, P99_AT_MOST, MEGABYTES = 1.7, 1.3, 100
"""What ours may cost: times the bare broadcast's processor, times its lateness; memory."""


class Plan(msgspec.Struct, frozen=True):
    """How much is measured."""

    clients: int = 1000
    deaf: int = 50
    rounds: int = 7
    changes: int = 50
    every: float = 0.1


class Block(msgspec.Struct, frozen=True):
    """One server publishing for a few seconds: percent of a core, milliseconds, how much arrived."""

    cpu: float
    p50: float
    p99: float
    arrived: float

    @property
    def cost(self) -> float:
        """The processor for what arrived: of a starved server's changes, some are merged."""
        return self.cpu / self.arrived


class Joined(msgspec.Struct, frozen=True):
    """All clients connecting: how many had the document, and how long after the last had begun;
    the server's megabytes without them and with."""

    documents: int
    after: float
    empty: float
    full: float


class Measured(msgspec.Struct, frozen=True):
    """Everything, for the table."""

    joined: dict[str, Joined]
    rounds: list[dict[str, Block]]
    deaf: list[dict[str, Block]]


def tell(plan: Plan, measured: Measured) -> None:
    """The figures, beside each other; then what they come to."""
    head = ("median (least - most)", "server CPU, %", "p50, ms", "p99, ms", "arrived, %")
    beside = [(r["ours"], r["bare"]) for r in measured.rounds]
    deaf = [(r["with"], r["without"]) for r in measured.deaf]
    rows = [
        row("ours", [ours for ours, _ in beside]),
        row("bare broadcast", [bare for _, bare in beside]),
        ratio_row("ours / bare", beside),
        row(f"ours, {plan.deaf} more never read", [one for one, _ in deaf]),
        row("ours, without those", [other for _, other in deaf]),
        ratio_row("with / without", deaf),
    ]
    print(table(head, rows))
    print()
    for line in verdicts(plan, measured):
        print(line)


def verdicts(plan: Plan, measured: Measured) -> list[str]:
    beside = [(r["ours"], r["bare"]) for r in measured.rounds]
    deaf = [(r["with"], r["without"]) for r in measured.deaf]
    joined = measured.joined
    cpu, p99 = (median(ratios(beside, what)) for what in ("cost", "p99"))
    arrived = median(one.arrived for one, _ in beside)
    ours = joined["ours"]
    busy = [f"BUSY: only {arrived:.0f} % arrived; on a quiet machine all does. Measure again."]
    return (busy if arrived < BUSY else []) + [
        f"verdict: {cpu:.2f} times the bare processor time a frame, {CPU_AT_MOST} wanted:"
        f" {met(cpu <= CPU_AT_MOST)}",
        f"verdict: {p99:.2f} times the bare p99, {P99_AT_MOST} wanted: {met(p99 <= P99_AT_MOST)}",
        f"verdict: {ours.full:.0f} MB with all clients ({ours.empty:.0f} without; bare"
        f" {joined['bare'].full:.0f} and {joined['bare'].empty:.0f}), {MEGABYTES} wanted:"
        f" {met(ours.full < MEGABYTES)}",
        f"verdict: with {plan.deaf} that never read {median(ratios(deaf, 'cost')):.2f} times the"
        f" processor time a frame, {median(ratios(deaf, 'p99')):.2f} times the p99",
        f"verdict: {ours.documents} of {plan.clients} that connect within 3 s have the document"
        f" {ours.after * 1000:.0f} ms after the last began (bare"
        f" {joined['bare'].after * 1000:.0f} ms): {met(ours.documents == plan.clients)}",
    ]


def met(is_met: bool) -> str:
    return "met" if is_met else "NOT met"


def row(name: str, blocks: list[Block]) -> tuple[str, ...]:
    figures = (told([getattr(b, what) for b in blocks]) for what in COLUMNS)
    return (name, *figures, f"{median(b.arrived for b in blocks):.1f}")


def ratio_row(name: str, pairs: list[tuple[Block, Block]]) -> tuple[str, ...]:
    return (name, *(told(ratios(pairs, what), 2) for what in RATIOS), "")


def ratios(pairs: list[tuple[Block, Block]], what: str) -> list[float]:
    """Of each round's two figures."""
    return [getattr(one, what) / getattr(other, what) for one, other in pairs]
