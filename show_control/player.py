"""The one loop: the next event or deadline, `step`, and carrying out what it asks.

A cue fires in `Player.meet`: the step of a deadline is worked out and its intents are written ahead,
the instant is waited for, and then there is nothing left to do but send. Rehearsal is this loop with
a virtual clock; nothing in it waits for a disk, a database, a name or another machine.
"""

from __future__ import annotations

import math
import select
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeGuard

import msgspec

from show_control import engine, evidence, routes
from show_control.clock import MILLI, Clock, Pair
from show_control.commands import Answer, AnyCommand, Record, Send, Switch
from show_control.documents import LineView
from show_control.engine import State
from show_control.entries import HELD_BACK, Entry
from show_control.events import AnyEvent, Call, Called, Loaded, Restarted, Tick
from show_control.evidence import Which
from show_control.hearing import Differs
from show_control.intents import (
    alarm_entry,
    file_entries,
    intent_entry,
    records,
    switch_entry,
    unknowable_entry,
)
from show_control.journal import Cursor
from show_control.looks import NOTHING, Look
from show_control.model import Millis, NightFile
from show_control.night_file import pack_night_file
from show_control.outgoing import SIDES, Packet, momentary
from show_control.ports import Keeps, Sends
from show_control.promptness import Rest
from show_control.sending import Sending
from show_control.sentences import Sentence, said, say
from show_control.strangeness import Strangeness
from show_control.transport import Heard

EARLY = 5 * MILLI
"""Nanoseconds before an instant from which nothing is read any more: its step is being prepared."""

BARELY = MILLI // 2
"""Nanoseconds before an instant at which the way of its packets is gone once without them."""

ENGINE = "3"
"""Rises when the same events would give another state: runs then resume held."""


class Door(Protocol):
    """Where calls come from: the link, or a rehearsal's list of calls."""

    def next_at(self) -> Millis | None:
        """When it wants a turn of its own."""

    def turn(self, player: Player) -> None:
        """Its turn: its instant has come, or something was written to disk."""

    def sockets_to_read(self) -> list[Any]:
        """What to wait for."""

    def sockets_to_write(self) -> list[Any]:
        """Where more can be written."""

    def has_more(self, player: Player) -> bool:
        """Whether it has read what it has not dealt with yet."""

    def ready(self, player: Player, readable: list[Any], writable: list[Any]) -> None:
        """Some of its sockets are ready."""


class Player:
    """Holds the state, and is the only one to call `step`. Everything is handed in."""

    def __init__(
        self,
        *,
        clock: Clock,
        journal: Keeps,
        transport: Sends,
        door: Door,
        may_send: Callable[[], bool] = lambda: True,
        asks: bool = True,
        on_sent: Callable[[Packet, Millis], None] | None = None,
        on_loaded: Callable[[NightFile], None] | None = None,
        log: Callable[[str], None] | None = None,
    ) -> None:
        self.clock = clock
        self.journal = journal
        self.transport = transport
        self.door = door
        self.state: State = engine.EMPTY
        self.sending = Sending(
            clock=clock, journal=journal, transport=transport, may_send=may_send, on_sent=on_sent
        )
        self.hearing = self.sending.hearing
        self.strangeness = Strangeness()
        self._asks = asks
        self._on_loaded = on_loaded
        self._log = log
        self._late: dict[tuple[str, Which], Send] = {}
        self._settles_at: Millis | None = None
        self._alarms: set[str] = set()
        self._rest = Rest()
        self._stand_ins = routes.StandIns()

    # --- the loop -----------------------------------------------------------------------------------------------

    def turn(self, at_most: float = 0.5) -> None:
        """Meet the next instant, do a chore whose time has come, or listen until shortly before."""
        cue, chore = self.next_instant(), self.next_chore()
        if chore is not None and (cue is None or chore < cue) and self.clock.until(chore) == 0:
            self.clock.wait_exactly(chore)
            self.do_chores()
        elif self.near(cue):
            self.meet(cue)
        else:
            waits = [at_most if not self.door.has_more(self) else 0.0]
            waits += [self.clock.until(cue, EARLY)] if cue is not None else []
            waits += [self.clock.until(chore)] if chore is not None else []
            self.listen(min(waits))

    def near(self, cue: Millis | None) -> TypeGuard[Millis]:
        """Whether an instant is so near that nothing is read any more."""
        return cue is not None and self.clock.until(cue, EARLY) == 0

    def busy(self) -> bool:
        """Whether what has come should wait: a cue is near."""
        return self.near(self.next_instant())

    def next_instant(self) -> Millis | None:
        """When a cue, or the rest of a fade, is due."""
        instants = [engine.deadline(self.state), self.sending.outgoing.next_at]
        return min((i for i in instants if i is not None), default=None)

    def left(self) -> float:
        """Seconds until a cue, or the rest of a fade, is due."""
        due = self.next_instant()
        return math.inf if due is None else self.clock.until(due)

    def next_chore(self) -> Millis | None:
        """When something else wants a turn: a question, an expiry, the door's own."""
        instants = [self.door.next_at(), self._settles_at]
        if self._asks:
            instants.append(self.hearing.next_at)
        if (wait := self.transport.wait()) is not None:
            instants.append(self.clock.now() + wait)
        return min((i for i in instants if i is not None), default=None)

    def meet(self, due: Millis) -> None:
        """Be ready for an instant, wait for it, send, and enter what was sent."""
        at, cue = max(due, self.clock.now()), engine.deadline(self.state)
        ready = self.sending.outgoing.take_due(at)
        if cue is not None and cue <= due:
            # Prepared as of the instant itself: intents are in the journal before it comes.
            packets, _ = self.prepare(Tick(), at)
            self.sending.queue(packets)
            ready += self.sending.outgoing.take_due(at)
        ways = self.sending.ways(ready)
        self.clock.wait_exactly(due, BARELY)
        self.sending.warm(ways)
        self.clock.wait_exactly(due)
        self.sending.send(ready, ways)
        self.journal.ask_flush()
        self.do_chores()

    def listen(self, wait: float) -> None:
        """Read a little from whoever has something to say, and give the door its turn."""
        ears = self.transport.sockets()
        mouths, more = self.transport.sockets_to_write(), self.transport.with_more()
        door_reads, door_writes = self.door.sockets_to_read(), self.door.sockets_to_write()
        if ears or mouths or door_reads:
            began = self.clock.boottime()
            readable, writable, _ = select.select(
                [*ears, *door_reads], [*mouths, *door_writes], [], 0 if more else wait
            )
            woken = self.clock.boottime()
            for ready in [w for w in writable if w in mouths]:
                self.transport.write(ready)
            for ready in [e for e in ears if e in readable or e in more]:
                if self.busy():
                    break
                self.hear(self.transport.read(ready))
            mine = [r for r in readable if r not in ears]
            room = [w for w in writable if w not in mouths]
            if mine or room or self.door.has_more(self):
                self.door.ready(self, mine, room)
        else:
            began = woken = self.clock.boottime()
        self.do_chores()
        self.rest(woken - began, self.clock.boottime() - woken)

    def rest(self, waited: int, worked: int) -> None:
        """Sleep a little, if the loop has had no occasion to."""
        owed = self._rest.owed(waited, worked)
        if owed and not self.busy():
            cue = self.next_instant()
            most = owed if cue is None else min(owed, self.clock.until(cue, EARLY))
            select.select([], [], [], most)

    def do_chores(self) -> None:
        """What is not a cue: questions, what expired, the door. Never near a deadline."""
        now = self.clock.now()
        self.keep_connected(now)
        if self._asks and self.state.loaded:
            self.hearing.ask_due(self.state.looks, now)
            self.judge(now)
        if self._settles_at is not None and now >= self._settles_at:
            self.send_late()
        self.door.turn(self)

    # --- one event ----------------------------------------------------------------------------------------------

    def take(self, event: AnyEvent) -> list[Answer]:
        """Step an event now, and send what it asks; what was due before it goes first."""
        self.sending.send_due()
        before, now = self.state, self.clock.now()
        packets, answers = self.prepare(event, now)
        self.sending.queue(packets)
        self.sending.send_due()
        self.reroute(before, now)
        self.compare_restored(packets, now)
        self.journal.ask_flush()
        return answers

    def foreseen(self, calls: Sequence[Call]) -> tuple[Call, Answer] | None:
        """Which of several calls would be refused, and how, were they made now; nothing is done."""
        state, now = self.state, self.clock.now()
        for call in calls:
            state, commands = engine.step(state, Called(call=call), now)
            answer = next(c for c in commands if isinstance(c, Answer))
            if not answer.accepted:
                return call, answer
        return None

    def load(self, event: Loaded, *, entered: bool = False) -> None:
        """Take a night file: its servers are connected before its slots may start.

        `entered`: the journal has it already.
        """
        now = self.clock.now()
        if not entered:
            packed = pack_night_file(event.file)
            self.journal.append(list(file_entries(event.hash, packed, now)))
        self.open_servers(event.file, now)
        self.take(event)
        if self._on_loaded:
            self._on_loaded(event.file)

    def prepare(self, event: AnyEvent, now: Millis) -> tuple[list[Packet], list[Answer]]:
        """Step, and write what it comes to before anything leaves: state, facts, intents."""
        before = self.state
        self.state, commands = engine.step(before, event, now)
        recorded = [*self.changes(before, now), *map(self.columns, records(commands))]
        entries = self.journal.append(recorded)
        sends = [c for c in commands if isinstance(c, Send | Switch)]
        intents = [e for e in entries if e.kind == "intent"]
        packets = [p for s, e in zip(sends, intents, strict=True) for p in self.packets(s, e, now)]
        return packets, [c for c in commands if isinstance(c, Answer)]

    def foresee(self, state: State, event: AnyEvent, now: Millis) -> tuple[State, list[AnyCommand]]:
        """What an event would come to in a state: nothing of it is taken."""
        return engine.step(state, event, now)

    def changes(self, before: State, now: Millis) -> list[dict[str, Any]]:
        """The entry that carries what of the state has changed."""
        patch = engine.patch(before, self.state)
        return [{"kind": "state", "at": now, "data": {"patch": patch}}] if patch else []

    def columns(self, command: Record | Send | Switch, sides: tuple[Which, ...] = SIDES) -> Any:
        """The entry of a record or of a send's intent: with what it says, its messages can be told."""
        if isinstance(command, Record):
            return command
        if isinstance(command, Switch):
            return switch_entry(command, self.state.files[command.file])
        return intent_entry(command, self.state.files[command.file], sides)

    def packets(
        self, send: Send | Switch, intent: Entry, now: Millis, sides: tuple[Which, ...] = SIDES
    ) -> list[Packet]:
        """A send's packets, by the night file that it is of, for who hears them."""
        file = self.state.files[send.file]
        if send.routing != "wire":
            file = self._stand_ins.of(file, self.state.simulators)
        if isinstance(send, Switch):
            name = routes.name(send.server, send.routing)
            return self.sending.switch(file, send, name, intent, now)
        return self.sending.packets(file, send, intent, now, sides)

    def reroute(self, before: State, now: Millis) -> None:
        """Where outputs go elsewhere than before, they are heard there, asked, and given their look.

        What still waits for them is taken back: it was meant for where they were.
        """
        state, file = self.state, self.state.file
        if file is None or (
            state.routing is before.routing and state.simulators == before.simulators
        ):
            return
        moved = [o for o in file.outputs if state.route(o) != before.route(o)]
        self.sending.withdraw(moved)
        self.open_servers(file, now)
        self.hearing.compare_outputs("routed", moved, now)
        self.assert_unasked(now, moved)

    def compare_restored(self, packets: Iterable[Packet], now: Millis) -> None:
        """What was given back is compared once: an output in somebody's hand is taken out of it."""
        restored = {
            p.output for p in packets if isinstance(p.send, Send) and p.send.why == "restore"
        }
        if restored:
            self.hearing.compare_outputs("restore", restored, now)

    # --- evidence -----------------------------------------------------------------------------------------------

    def keep_connected(self, now: Millis) -> None:
        """Connections have their turn; who came is greeted, who went is known to be gone."""
        self.transport.turn()
        self.sending.refused()
        for server, which in self.transport.connected():
            if self._asks:
                self.hearing.came(server, which, now)
            self.tell_missed(server, which, now)
        if (strange := self.strangeness.told(self.hearing, self.transport, now)) and self._log:
            self._log(strange)

    def tell_missed(self, server: str, which: Which, now: Millis) -> None:
        """A server is back that cannot be asked: what it was not told of gets its present look."""
        known = self.hearing.known.servers.get((server, which))
        for output, before in self.sending.take_missed(server, which).items():
            if known is not None and not known.asks:
                look = self.state.looks.get(output, NOTHING)
                self.send_look(output, (which,), before, look, "connected again", now)

    def hear(self, heard: list[Heard]) -> None:
        """Take what servers said."""
        now = self.clock.now()
        for one in heard:
            self.hearing.hear(one, now)

    def judge(self, now: Millis) -> None:
        """Enter what is known now, and give their look to outputs that a restart left differing."""
        changes, differing = self.hearing.judge(self.state.looks, now)
        changes += self.hearing.judge_switches(self.state, now)
        self.journal.append(changes)
        self.propose_take_overs()
        for why, differs in differing:
            self._late.pop((differs.output, differs.which), None)
            self.assert_look(differs, why, now)
        if changes or differing:
            self.journal.ask_flush()

    def propose_take_overs(self) -> None:
        """Tell of servers whose other side would be better on the picture; who puts it there is a person."""
        file = self.state.file
        if file is None or not self.hearing.switches:
            return
        on_air = {
            s: one.reported or self.state.wants_on_air(s)
            for s, one in self.hearing.switches.items()
        }
        proposed = evidence.proposed(self.hearing.known, file.servers, on_air)
        for server in file.servers:
            other = proposed.get(server)
            why = None
            if other is not None:
                on = Sentence("main" if other == "backup" else "backup")
                why = said("alarm.take_over", server=server, on=on, other=Sentence(other))
            touched = [o.id for o in file.outputs.values() if o.server == server]
            self.alarm(f"take_over: {server}", why, touched)

    def assert_look(self, differs: Differs, why: str, now: Millis) -> None:
        """Bring an output at one address to the look that it should have."""
        after = self.state.looks.get(differs.output, NOTHING)
        # From what it shows: a clip that is right is not begun again, one that should not be is cleared.
        before = Look(clip=differs.reported["clip"]) if "clip" in differs.reported else after
        self.send_look(differs.output, (differs.which,), before, after, why, now)

    def send_look(
        self,
        output: str,
        sides: tuple[Which, ...],
        before: Look,
        after: Look,
        why: str,
        now: Millis,
    ) -> None:
        """Assert a look, unless it would light a hazard output: that, only a person's cue may."""
        file = self.state.file
        if file is None or output not in file.outputs:
            return
        definition = file.outputs[output]
        if definition.hazard and after.lit(now):
            return
        send = Send(
            output=output,
            file=self.state.loaded or "",
            before=before,
            after=after,
            at=now,
            why=why,
            routing=self.state.route(output),
            surface=definition.surface,
        )
        (intent,) = self.journal.append([self.columns(send, sides)])
        packets = self.packets(send, intent, now, sides)
        self.sending.queue(packets)
        self.sending.send_due()

    # --- alarms and the clock -----------------------------------------------------------------------------------

    def alarm(self, code: str, why: Sentence | None, outputs: Iterable[str] | None = ()) -> None:
        """Raise an alarm, or with no reason clear it; entered when it changes."""
        if (why is not None) == (code in self._alarms):
            return
        self._alarms ^= {code}
        self.journal.append([alarm_entry(code, self.clock.now(), why, outputs)])

    def adopt(self, pair: Pair) -> None:
        """Map wall time anew: only while no run stands by, runs or holds (invariant 7)."""
        if any(run.live for run in self.state.runs.values()):
            return
        self.clock.adopt(pair)
        clock = {"wall": pair.wall, "boottime": pair.boottime}
        adopted = {"kind": "clock_adopted", "at": self.clock.now(), "data": {"clock": clock}}
        self.journal.append([adopted])

    # --- coming back --------------------------------------------------------------------------------------------

    def open_servers(self, file: NightFile, now: Millis) -> None:
        """Connect to the servers of a night file, and to the simulators of what is rehearsed; what could
        not be opened is an alarm."""
        absent = routes.unheard(file, self.state)
        file = routes.heard(file, self.state)
        faults = self.transport.open(file.servers)
        self.journal.append(self.hearing.open(file, now))
        self.alarm("simulator", said("alarm.simulator", outputs=absent) if absent else None, absent)
        unopened = {f"server: {say(fault.why)}": fault for fault in faults}
        for gone in [a for a in self._alarms if a.startswith("server: ") and a not in unopened]:
            self.alarm(gone, None)
        for code, fault in unopened.items():
            touched = [o.id for o in file.outputs.values() if o.server in fault.servers]
            self.alarm(code, fault.why, touched)

    def unknowable(self, intents: Mapping[Cursor, Entry]) -> None:
        """Enter the intents of an earlier term of which nobody can know whether they left."""
        now = self.clock.now()
        self.journal.append([unknowable_entry(key, entry, now) for key, entry in intents.items()])

    def write_whole_state(self, now: Millis, lines: Sequence[LineView] = ()) -> None:
        """From here a journal can be folded: night files, all of the state, the last lines."""
        whole = {
            "whole": True,
            "engine": ENGINE,
            "files": {h: pack_night_file(f) for h, f in self.state.files.items()},
            "patch": engine.patch(engine.EMPTY, self.state),
            "lines": msgspec.to_builtins(lines),
        }
        self.journal.append([{"kind": "state", "at": now, "data": whole}])

    def resume(self, state: State, *, same_engine: bool, lines: Sequence[LineView] = ()) -> None:
        """Go on after a restart: be on the clock, ask every server, send only what differs."""
        self.state = state
        now = self.clock.now()
        self.write_whole_state(now, lines)
        if state.file is not None:
            self.open_servers(state.file, now)
        self.hearing.compare("player restarted", now=now)
        packets, _ = self.prepare(Restarted(same_engine=same_engine), now)
        undecided = set(self.hearing.undecided())
        looks = [
            p for p in packets if not momentary(p.send)
        ]  # what is told once waits for no answer
        late = {(p.output, p.side): p for p in looks if (p.output, p.side) in undecided}
        self._late = {key: p.send for key, p in late.items() if isinstance(p.send, Send)}
        held = {p.intent for p in late.values()}
        self.sending.enter_results({i: dict.fromkeys(SIDES, HELD_BACK) for i in held})
        self.sending.queue([p for p in packets if p.intent not in held])
        for output, look in self.state.looks.items():
            if look.ramp is not None and look.ramp.end > now:
                self.send_look(output, SIDES, look, look, "the fade goes on", now)
        self.assert_unasked(now)
        self._settles_at = now + SETTLES if late else None
        self.sending.send_due()
        self.journal.ask_flush()

    def assert_unasked(self, now: Millis, outputs: Collection[str] | None = None) -> None:
        """Outputs (or all) that say `assert` and cannot be asked get their look again."""
        file = routes.heard(self.state.file, self.state) if self.state.file else None
        for output in file.outputs.values() if file else ():
            if outputs is not None and output.id not in outputs:
                continue
            known = self.hearing.known.servers.get((output.server, "main"))
            if output.on_restart == "assert" and known is not None and not known.asks:
                look = self.state.looks.get(output.id, NOTHING)
                self.send_look(output.id, SIDES, NOTHING, look, "player restarted", now)

    def send_late(self) -> None:
        """Nobody answered for these outputs in time: what fell due while the player was away goes."""
        self._settles_at = None
        now = self.clock.now()
        late, self._late = self._late, {}
        for (output, which), send in late.items():
            if (output, which) in set(self.hearing.undecided()):
                self.send_look(output, (which,), send.before, send.after, send.why, now)


SETTLES: Millis = 400
"""How long a restarted player waits for answers before it sends what fell due meanwhile unasked."""
