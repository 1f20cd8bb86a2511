"""Asking servers what they show, and what their answers come to.

Each address is asked once a second, and soon after a send. A server that was silent and answers
again may have restarted: its outputs are compared, and only those that differ are given their present
look, never a backlog. So is, once, an output that shows nothing at all where a clip should be: its
server lost its state between two questions. One that shows something else is in somebody's hand; that
differs, and is left to people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec

from show_control import evidence, osc, packets
from show_control.dialects import Clips, clips_of, dialect_of
from show_control.engine import State
from show_control.evidence import (
    AgreementChanged,
    Change,
    LifeChanged,
    SwitchChanged,
    Which,
    switching,
)
from show_control.looks import NOTHING, Look
from show_control.model import Message, Millis, NightFile, Output, Server
from show_control.transport import Heard

ASK_EVERY: Millis = 1000
ASK_AFTER_SEND: Millis = 120
"""Long enough for a press and its release, short enough for a caller who watches for `confirmed`."""
LOST_AFTER: Millis = 1500
"""How long an output shows nothing, every clip asked, before its server is taken to have restarted."""
LOST_AGAIN: Millis = 30_000
"""Who clears it again within this time means it."""

Side = tuple[str, Which]
Ask = Callable[[str, Which, bytes], str | None]


class Differs(msgspec.Struct, frozen=True):
    """An output at one address that shows something else than it should, after a restart."""

    output: str
    which: Which
    reported: dict[str, Any]


class Hearing:
    """What is known of the servers of a night file; `ask` sends a datagram to one of them."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._file: NightFile | None = None
        self._due: dict[Side, Millis] = {}
        self._outputs: dict[str, list[Output]] = {}
        self._to_compare: dict[Side, tuple[str, set[str]]] = {}
        self._gone: set[Side] = set()
        self._lost: dict[tuple[Side, str], Millis] = {}
        self._given: dict[tuple[Side, str], Millis] = {}
        self._switch_due: dict[str, Millis] = {}
        self.switches: dict[str, switching.Switching] = {}
        self._clips: Clips = {}
        self.known = evidence.Evidence()
        self.malformed: Counter[Side] = Counter()

    def open(self, file: NightFile, now: Millis) -> list[dict[str, Any]]:
        """Take a night file's servers; gives entries for those that cannot be asked."""
        if self._file is None or file.sequences is not self._file.sequences:
            self._clips = clips_of(file)  # also of outputs that are heard elsewhere for a while
        self._file = file
        asks = {s.id for s in file.servers.values() if _asked(s, file)}
        self.known = evidence.opened(self.known, file.servers, file.outputs.values(), asks)
        self._outputs = {s: [] for s in file.servers}
        for output in file.outputs.values():
            self._outputs[output.server].append(output)
        sides = [(s.id, w) for s in file.servers.values() for w in _sides(s)]
        self._forget(set(sides))
        self.switches = switching.opened(self.switches, file.servers)
        self._switch_due = {
            s: now for s in self.switches if switching.asks_at_all(self.switches[s])
        }
        self._due = {
            side: now + n * ASK_EVERY // max(1, len(sides))
            for n, side in enumerate(sides)
            if side[0] in asks
        }
        for server, which in sides:
            if _address(file.servers[server], which).startswith("udp:"):
                self.greet(server, which)  # who is connected is greeted when that is
        unaskable = [
            _entry(change)
            for server, which in sides
            if server not in asks
            for change in _unaskable(server, which, self._outputs[server], now)
        ]
        return [*unaskable, *(e for s in self.switches if (e := self._never_said(s, now)))]

    def _never_said(self, server: str, now: Millis) -> dict[str, Any] | None:
        """The entry of a switch that says nothing."""
        if self.switches[server].agreement != "cannot be asked":
            return None
        return _entry(SwitchChanged(at=now, server=server, agreement="cannot be asked"))

    def compare(self, why: str, sides: list[Side] | None = None, now: Millis | None = None) -> None:
        """Have the outputs of these addresses (or all) compared once, at the next answers."""
        for side in list(self._due) if sides is None else sides:
            self._to_compare[side] = (why, {o.id for o in self._outputs[side[0]]})
            if now is not None:
                self._due[side] = now

    def compare_outputs(self, why: str, outputs: Collection[str], now: Millis) -> None:
        """Have these outputs compared once, where they are heard now, and asked soon."""
        for server, mine in self._outputs.items():
            found = {o.id for o in mine if o.id in outputs}
            for side in [s for s in self._due if s[0] == server and found]:
                before = self._to_compare.get(side, (why, set()))[1]
                self._to_compare[side] = (why, before | found)
                self._due[side] = now

    def _forget(self, but: set[Side]) -> None:
        """What was to be seen to at addresses that are gone."""
        self._to_compare = {s: c for s, c in self._to_compare.items() if s in but}
        self._gone &= but
        self._lost = {k: at for k, at in self._lost.items() if k[0] in but}
        self._given = {k: at for k, at in self._given.items() if k[0] in but}

    @property
    def next_at(self) -> Millis | None:
        """When somebody is asked next, or something expires."""
        instants = [*self._due.values(), *self._switch_due.values()]
        expiries = [switching.expires(s) for s in self.switches.values()]
        return min([*instants, *expiries, self.known.deadline]) if instants or expiries else None

    def ask_due(self, looks: Mapping[str, Look], now: Millis) -> None:
        """Ask the addresses whose turn it is, each output and, with none, the server itself."""
        for side, due in list(self._due.items()):
            if due > now:
                continue
            self._due[side] = now + ASK_EVERY
            if dialect_of(self._server(side)).tells:
                self.known = evidence.expects(self.known, *side, now)
            for question in self._questions(side, looks):
                self._ask_one(side, question, now)
        self._ask_switches(now)

    def _ask_switches(self, now: Millis) -> None:
        """Ask the switches whose turn it is which address is on the picture."""
        for server in [s for s, due in self._switch_due.items() if due <= now]:
            self._switch_due[server] = now + ASK_EVERY
            one = self.switches[server]
            says, via = one.switch.says, self._server((one.switch.via, "main"))
            if says is None or says.ask is None or not switching.may_ask(one, now):
                continue
            question = packets.encode(via, says.ask.address, says.ask.args)
            if self._ask(via.id, "main", question) is None:
                self.switches[server] = switching.asked(one, now)

    def switched(self, server: str, now: Millis) -> None:
        """A switch was told: nothing older confirms it, and it is asked soon."""
        if server in self.switches:
            self.switches[server] = switching.sent(self.switches[server], now)
        if server in self._switch_due:
            self._switch_due[server] = min(self._switch_due[server], now + ASK_AFTER_SEND)

    def came(self, server: str, which: Which, now: Millis) -> None:
        """An address was connected anew: it is told what it is told first, and asked at once."""
        self.greet(server, which)
        if (server, which) in self._due:
            self._due[server, which] = now

    def greet(self, server: str, which: Which) -> None:
        """Say to a server what it is told first."""
        if self._file is None or server not in self._file.servers:
            return
        there = self._file.servers[server]
        for message in dialect_of(there).greeting(there):
            self._ask(server, which, packets.encode(there, message.address, message.args))

    def _server(self, side: Side) -> Server:
        assert self._file is not None, "nobody is asked before a file is open"
        return self._file.servers[side[0]]

    def _questions(self, side: Side, looks: Mapping[str, Look]) -> list[Message]:
        server = self._server(side)
        dialect = dialect_of(server)
        asked: list[Message] = []
        for output in self._outputs[server.id]:
            clips = self._clips.get(output.id, ())
            asked += dialect.questions(server, output, looks.get(output.id, NOTHING), clips)
            if self.known.servers[side].outputs[output.id].agreement == "differs":
                asked += dialect.questions(server, output, NOTHING, clips)  # what shows instead
        return list({dialect.key(q): q for q in (*asked, *dialect.ping(server))}.values())

    def _ask_one(self, side: Side, question: Message, now: Millis) -> None:
        server = self._server(side)
        key = dialect_of(server).key(question)
        if not evidence.may_ask(self.known, *side, key, now):
            return
        refused = self._ask(*side, packets.encode(server, question.address, question.args))
        if refused and _address(server, side[1]).startswith("tcp:"):
            # Not asked, so nothing will answer; a connection that failed is told of by itself.
            self.known = evidence.expects(self.known, *side, now)
            return
        self.known = evidence.asked(self.known, *side, key, now)
        if refused:
            self.known = evidence.refused(self.known, *side)

    def sent(
        self,
        server: str,
        which: Which,
        output: str,
        at: Millis,
        *,
        ramp: bool,
        nothing: bool = False,
    ) -> None:
        """A packet left for an output: nothing older confirms it, and it is asked for soon. One that
        changes `nothing` of its look leaves it confirmed."""
        if (server, which) not in self.known.servers:
            return
        self.known = evidence.sent(
            self.known, server, which, output, at, level_only=ramp, nothing=nothing
        )
        if not nothing and (server, which) in self._due:
            self._due[server, which] = min(self._due[server, which], at + ASK_AFTER_SEND)

    def refused(self, server: str, which: Which) -> None:
        """The machine is there and nobody listens."""
        if (server, which) in self.known.servers:
            self.known = evidence.refused(self.known, server, which)

    def hear(self, heard: Heard, now: Millis) -> None:
        """Take what came from a server's address."""
        side = (heard.server, heard.which)
        if self._file is None or side not in self.known.servers:
            return
        server = self._file.servers[heard.server]
        try:
            messages = packets.decode(server, heard.datagram)
        except osc.Malformed:
            self.malformed[side] += 1
            return
        dialect = dialect_of(server)
        for message in messages:
            self._hear_switches(heard.server, message, now)
            key = dialect.answers(message)
            if not dialect.tells and not evidence.awaited(self.known, *side, key, now):
                continue
            reports = dialect.read(server, self._outputs[server.id], message, self._clips)
            if dialect.tells:
                self.known = evidence.told(self.known, *side, reports, now)
            else:
                self.known = evidence.heard(self.known, *side, key, reports, now)

    def _hear_switches(self, via: str, message: Message, now: Millis) -> None:
        for server, one in self.switches.items():
            if one.switch.via == via:
                self.switches[server] = switching.heard(one, message, now)

    def judge_switches(self, state: State, now: Millis) -> list[dict[str, Any]]:
        """Entries for what the switches say otherwise than before."""
        entries = []
        for server, one in self.switches.items():
            wanted = state.wants_on_air(server)
            self.switches[server], change = switching.judge(server, one, wanted, now)
            if change is not None:
                entries.append(_entry(change))
        return entries

    def judge(
        self, looks: Mapping[str, Look], now: Millis
    ) -> tuple[list[dict[str, Any]], list[tuple[str, Differs]]]:
        """Entries for what has changed, and the outputs to be given their look, with the reason."""
        self.known, changes = evidence.judge(self.known, looks, now)
        for change in changes:
            if isinstance(change, LifeChanged):
                self._came_or_went(change)
            else:
                self._showed(change)
        return [_entry(c) for c in changes], [*self._found_differing(), *self._found_lost(now)]

    def _came_or_went(self, change: LifeChanged) -> None:
        side = (change.server, change.which)
        if change.life in ("silent", "unreachable"):
            self._gone.add(side)
        elif side in self._gone and side not in self._to_compare:
            self._gone.discard(side)
            if _address(self._server(side), change.which).startswith("udp:"):
                self.greet(*side)
            self.compare("server returned", [side])

    def _showed(self, change: AgreementChanged) -> None:
        key = ((change.server, change.which), change.output)
        if change.agreement == "differs" and change.reported.get("clip", 0) is None:
            self._lost.setdefault(key, change.at)
        else:
            self._lost.pop(key, None)

    def _found_lost(self, now: Millis) -> list[tuple[str, Differs]]:
        found: list[tuple[str, Differs]] = []
        for key, since in list(self._lost.items()):
            if now - since < LOST_AFTER or now - self._given.get(key, -LOST_AGAIN) < LOST_AGAIN:
                continue
            (_, which), output = key
            del self._lost[key]
            self._given[key] = now
            found.append(("server lost its state", Differs(output, which, {"clip": None})))
        return found

    def _found_differing(self) -> list[tuple[str, Differs]]:
        found: list[tuple[str, Differs]] = []
        for side, (why, outputs) in list(self._to_compare.items()):
            for output in sorted(outputs):
                seen = self.known.servers[side].outputs.get(output)
                if seen is None or seen.agreement in ("confirmed", "cannot be asked"):
                    outputs.discard(output)
                elif seen.agreement == "differs":
                    outputs.discard(output)
                    found.append((why, Differs(output, side[1], seen.reported)))
            if not outputs:
                del self._to_compare[side]
        return found

    def undecided(self) -> list[tuple[str, Which]]:
        """Outputs still to be compared, and at which address: nobody has answered for them yet."""
        return [(o, s[1]) for s, (_, outputs) in self._to_compare.items() for o in sorted(outputs)]


def _address(server: Server, which: Which) -> str:
    return server.main if which == "main" else server.backup or ""


def _asked(server: Server, file: NightFile) -> bool:
    """Whether there is anything to ask it, or it tells: of outputs that are heard elsewhere it is not."""
    dialect = dialect_of(server)
    its_own = any(o.server == server.id for o in file.outputs.values())
    return dialect.asks and (its_own or dialect.tells or bool(dialect.ping(server)))


def _sides(server: Server) -> tuple[Which, ...]:
    return ("main", "backup") if server.backup is not None else ("main",)


def _unaskable(server: str, which: Which, outputs: list[Output], now: Millis) -> list[Change]:
    return [
        LifeChanged(at=now, server=server, which=which, life="not asked"),
        *(
            AgreementChanged(
                at=now, server=server, which=which, output=o.id, agreement="cannot be asked"
            )
            for o in outputs
        ),
    ]


def _entry(change: Change | SwitchChanged) -> dict[str, Any]:
    """The columns of an entry `life`, `evidence` or `on_air`."""
    if isinstance(change, SwitchChanged):
        told: dict[str, Any] = {"agreement": change.agreement, "reported": change.reported}
        told |= {} if change.as_of is None else {"reported_at": change.as_of}
        return {"kind": "on_air", "at": change.at, "server": change.server, "data": told}
    data: dict[str, Any] = {"which": change.which}
    if isinstance(change, LifeChanged):
        data |= {"life": change.life}
        return {"kind": "life", "at": change.at, "server": change.server, "data": data}
    data |= {"agreement": change.agreement}
    if change.as_of is not None:
        data |= {"reported_at": change.as_of, "reported": change.reported}
    elif change.last is not None:
        data |= {"last_at": change.last}
    return {
        "kind": "evidence",
        "at": change.at,
        "server": change.server,
        "output": change.output,
        "data": data,
    }
