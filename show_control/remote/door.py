"""The remote as a door of the player's loop: it is heard, acts, answers, and tells who asked what is new.

What is read is acted on in the same turn: a GO's packets leave before its answer does. Nothing here
waits; near a deadline nothing is read; of everybody only a little is held. docs/remote.md has the words.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Final, Protocol

import msgspec

from show_control import osc
from show_control.installation import RemoteSettings
from show_control.model import Message, Millis
from show_control.player import EARLY, Player
from show_control.remote.acting import Acting
from show_control.remote.caller import Caller
from show_control.remote.gate import Gate
from show_control.remote.qlab import QLab
from show_control.remote.qlab.ids import Ids
from show_control.remote.qlab.updates import EVERYTHING, Update, Updates
from show_control.remote.waiting import Calling, Flushes
from show_control.remote.wire import BATCH, Came, Datagrams, Streams
from show_control.sentences import said, say

TRY_AGAIN: Final[Millis] = 5000
"""How long after an address could not be had it is tried again: a network may come up late."""
TIDIES_EVERY: Final[Millis] = 1000
WARMS_EVERY: Final[Millis] = 8
"""How often, at most, the way of a GO is gone as far as its call, in a turn that is had anyway:
`warming.py` has what comes after, and why."""
MOST_MESSAGES: Final = 16
"""Messages of one bundle."""
SLOW: Final = 0.0005
"""Seconds of work from which an answer waits for room between cues."""
OF_A_CUE: Final = 15e-6
"""Seconds that telling of one cue takes."""
PATIENCE: Final[Millis] = 2000
MOST_SLOW: Final = 16
"""Long answers that wait for room, and how long they do."""

MOST_NEWS: Final = 512
"""Updates that wait to be told; of more, that everything is new."""

Say = Callable[[str], None]


class Records(Flushes, Protocol):
    """The journal, as far as a remote has to do with it."""

    @property
    def player(self) -> str:
        """Whose it is."""

    @property
    def volatile(self) -> bool:
        """Whether nothing is brought to disk any more."""


class _Later(msgspec.Struct, frozen=True):
    """A message whose answer is long, the seconds that it takes, and until when it waits."""

    caller: Any
    message: Message
    takes: float
    until: Millis


class Remote:
    """A door: opened at its first turn, heard at UDP and TCP, closed with the player."""

    def __init__(
        self, settings: RemoteSettings, journal: Records, clock: Callable[[], Millis], say: Say
    ) -> None:
        self.gate = Gate(settings)
        self._settings = settings
        self._journal = journal
        self._clock = clock
        self._log = say
        self._datagrams: Datagrams | None = None
        self._streams: Streams | None = None
        self._opens_at: Millis | None = 0
        self._tidies_at: Millis = 0
        self._rests_until: Millis = 0
        self._warms_at: Millis = 0
        self._left: deque[Came] = deque()
        self._later: deque[_Later] = deque()
        self._news: deque[Update] = deque()
        self._calling = Calling(journal)
        ids = Ids(journal.player)
        self._qlab = QLab(settings, self.gate, ids)
        self._acting = Acting(settings, self.gate, self._qlab, self._calling)
        self._updates = Updates(ids)

    # ------------------------------------------------------------ a door's

    def next_at(self) -> Millis | None:
        """To open, to tidy, to answer, to tell that a cue has ended; not before a cue that is near."""
        instants = [self._opens_at, self._calling.next_at]
        if self._opens_at is None:
            instants.append(self._tidies_at)
        if self._listeners():
            instants.append(self._updates.next_at)
        first = min((i for i in instants if i is not None), default=None)
        return first if first is None else max(first, self._rests_until)

    def sockets_to_read(self) -> list[Any]:
        """Where it is heard."""
        udp = [self._datagrams.socket] if self._datagrams else []
        return [*udp, *(self._streams.sockets_to_read() if self._streams else [])]

    def sockets_to_write(self) -> list[Any]:
        """Callers for whom something waits."""
        return self._streams.sockets_to_write() if self._streams else []

    def has_more(self, player: Player) -> bool:
        """Whether something is left of what was read, or a long answer has room."""
        return bool(self._left) or bool(self._later and self._room(player, self._later[0]))

    def ready(self, player: Player, readable: list[Any], writable: list[Any]) -> None:
        """Act on a few packets of each kind; the others while no cue is near."""
        datagrams, streams = self._datagrams, self._streams
        if datagrams is not None and datagrams.socket in readable:
            self._hear_datagrams(player, datagrams)
        if streams is not None:
            if not self._left and not player.busy():
                mine = (
                    sock for sock in readable if datagrams is None or sock is not datagrams.socket
                )
                self._left += [came for sock in mine for came in streams.read(sock)]
            for sock in writable:
                streams.writable(sock)
        for _ in range(min(BATCH, len(self._left))):
            self._hear(player, self._left.popleft())
            if player.busy():
                break

    def _hear_datagrams(self, player: Player, datagrams: Datagrams) -> None:
        """Each is acted on before the next one is read: the first is likely to be alone."""
        now = player.clock.now()
        for _ in range(BATCH):
            if player.busy() or (came := datagrams.read(now)) is None:
                return
            self._hear(player, came)

    def turn(self, player: Player) -> None:
        """Open, answer what is on disk, tell who listens what is new, tidy."""
        now = player.clock.now()
        self._calling.answer(player, volatile=self._journal.volatile)
        if player.near(cue := player.next_instant()):
            self._rests_until = cue  # else the loop would do chores in place of the cue
            return
        if self._opens_at is not None and now >= self._opens_at:
            self._open(player, now)
        if now >= self._warms_at and self._datagrams is not None:
            self._warms_at = now + WARMS_EVERY
            self._acting.go_through(player)
            self._hear_datagrams(player, self._datagrams)
        self._answer_later(player, now)
        self._push(player, now)
        if self._opens_at is None and now >= self._tidies_at:
            self._tidy(now)

    def close(self) -> None:
        """Tell who listens, and close every socket."""
        for caller in self._listeners():
            self._qlab.push(caller, "/disconnect", None)
        for part in (self._datagrams, self._streams):
            if part is not None:
                part.close()
        self._datagrams = self._streams = None

    # ------------------------------------------------------------ opening

    def _open(self, player: Player, now: Millis) -> None:
        """Be heard; where that cannot be, raise an alarm and try again later."""
        settings, free = self._settings, self._settings.passcode is None
        try:
            if settings.udp and self._datagrams is None:
                self._datagrams = Datagrams(settings.udp, self.gate, open_to_all=free)
            if settings.tcp and self._streams is None:
                self._streams = Streams(settings.tcp, self.gate, self._clock, open_to_all=free)
        except OSError as fault:
            self._opens_at = now + TRY_AGAIN
            wanted = settings.tcp if self._datagrams or not settings.udp else settings.udp
            where = _address(wanted)
            player.alarm("remote", said("alarm.remote", fault=f"{where}: {fault.strerror}"))
            return
        self._opens_at, self._tidies_at = None, now + TIDIES_EVERY
        player.alarm("remote", None)
        player.journal.append([{"kind": "remote", "at": now, "data": told_of(settings)}])
        udp, tcp = _address(settings.udp), _address(settings.tcp)
        self._log(f"a remote is heard at {' and '.join(a for a in (udp, tcp) if a)}")

    # ------------------------------------------------------------ hearing

    def _hear(self, player: Player, came: Came) -> None:
        """Act on a packet's messages, at once, whatever instant a bundle names."""
        try:
            messages = osc.decode(came.packet)
        except osc.Malformed:
            self.gate.counts["malformed"] += 1
            return
        if len(messages) > MOST_MESSAGES:
            self.gate.counts["bundles too long"] += 1
            return
        age = player.clock.wall() - came.stamp if came.stamp is not None else 0
        made_at = player.clock.now() - max(0, age)
        came.caller.spoke = True
        for message in messages:
            self._take(player, came.caller, message, made_at)

    def _take(self, player: Player, caller: Caller, message: Message, made_at: Millis) -> None:
        """Act on one message, or put off what takes long to answer."""
        takes = OF_A_CUE * cues_told(player, message)
        if takes > SLOW:
            until = player.clock.now() + PATIENCE
            self._put_off(caller, message, _Later(caller, message, takes, until))
        else:
            self._act(player, caller, message, made_at)

    def _act(self, player: Player, caller: Caller, message: Message, made_at: Millis) -> None:
        """A fault of ours in what a message comes to leaves that message undone, and stops no night."""
        try:
            self._acting.act(player, caller, message, made_at)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the loop goes on
            self.gate.counts["that we failed at"] += 1
            why = said("alarm.fault", call=message.address[:100], fault=repr(fault))
            player.alarm("fault: remote", why, outputs=None)

    def _put_off(self, caller: Caller, message: Message, later: _Later) -> None:
        self._later.append(later)
        if len(self._later) > MOST_SLOW:
            self._later.pop()
            self._qlab.reply(caller, message.address, "error", say(said("remote_busy")))

    def _room(self, player: Player, later: _Later) -> bool:
        return player.left() >= later.takes + EARLY / 1e9

    def _answer_later(self, player: Player, now: Millis) -> None:
        """The first long answer, where it fits before the next cue."""
        if not self._later:
            return
        later = self._later[0]
        if self._room(player, later):
            self._later.popleft()
            self._act(player, later.caller, later.message, now)
        elif now > later.until:
            self._later.popleft()
            busy = say(said("remote_busy"))
            self._qlab.reply(later.caller, later.message.address, "error", busy)

    # ------------------------------------------------------------ by and by

    @property
    def callers(self) -> list[Caller]:
        """Those that are known now."""
        datagrams = self._datagrams.callers if self._datagrams else []
        return datagrams + (self._streams.callers if self._streams else [])

    def _listeners(self) -> list[Caller]:
        return [c for c in self.callers if c.updates]

    def _push(self, player: Player, now: Millis) -> None:
        """Tell who listens what is new, one thing after the other, until a cue is near."""
        listeners = self._listeners()
        if not listeners:
            self._updates.forget()
            self._news.clear()
            return
        self._news += self._updates.changed(player.state, now)
        if len(self._news) > MOST_NEWS:
            self._news = deque([EVERYTHING])
        while self._news:
            below, value = self._news.popleft()
            for caller in listeners:
                self._qlab.push(caller, below, value)
            if player.busy():
                return

    def _tidy(self, now: Millis) -> None:
        self._tidies_at = now + TIDIES_EVERY
        for part in (self._datagrams, self._streams):
            if part is not None:
                part.tidy(now)
        if told := self.gate.told(now):
            self._log(told)


def cues_told(player: Player, message: Message) -> int:
    """How many cues an answer tells of: all that can be called, for a list or a pattern of them."""
    address = message.address
    whole = any(sign in address for sign in ("cueLists", "children", "*", "?"))
    if not whole or address.startswith("/lamplighter/"):
        return 0
    state = player.state
    return sum(len(state.sequence(run).cues) for run in state.runs.values() if run.live)


def told_of(settings: RemoteSettings) -> dict[str, Any]:
    """What is entered, and shown, of where a remote is heard: not its passcode."""
    return {
        "udp": _address(settings.udp),
        "tcp": _address(settings.tcp),
        "allow": [str(network) for network in settings.allow],
        "rights": list(settings.rights),
        "passcode": settings.passcode is not None,
        "name": settings.name,
    }


def _address(address: tuple[str, int] | None) -> str | None:
    if address is None:
        return None
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
