"""The player's door to the link: calls, entries and loads in; answers and heartbeats out."""

from __future__ import annotations

from collections import deque
from typing import Any

import msgspec

from show_control.clock import MILLI
from show_control.commands import Answer
from show_control.engine.calls import VALIDITY
from show_control.entries import Entry
from show_control.events import Call, Called
from show_control.journal import Cursor, Journal
from show_control.link import (
    Beat,
    CallFrame,
    Entries,
    EntriesAfter,
    Hello,
    LinkServer,
    LoadFrame,
    Peer,
    Received,
    Reply,
    StoredUpTo,
    Welcome,
)
from show_control.link.frames import Recorded
from show_control.loading import SHORT, Taking, refused, taking
from show_control.model import Millis
from show_control.player import EARLY, ENGINE, Player
from show_control.sentences import call_word, said
from show_control.tidying import Tidying

BEAT_EVERY: Millis = 500
FLUSH_WITHIN: Millis = 300
"""How long an acknowledgement waits for the disk before it says `not recorded`."""
PATIENCE: Millis = 200
"""How long a piece of a load waits for room between cues."""
LONG_PAGE = 1 << 19
LOOK_AT_WALL_EVERY: Millis = 5000
STEPPED: Millis = 500
"""A wall clock this far from the show's has been stepped: an alarm, and nothing else."""
FLUSH_LAGS: Millis = 2000
"""A disk that takes longer than this is told of: what is acknowledged may be lost."""


class Waiting(msgspec.Struct):
    """An acknowledgement that waits for its entries to be on disk."""

    peer: Peer
    id: int
    answer: Answer
    needs: Cursor
    until: Millis


class Load(msgspec.Struct):
    """A load under way: until when it waits for room, and how many seconds its next piece may take."""

    peer: Peer
    id: int
    pieces: Taking
    waits_until: Millis
    needs: float = SHORT


class Serving:
    """Answers the peers of one link. Nothing here is done near a deadline."""

    def __init__(self, link: LinkServer, journal: Journal) -> None:
        self._link = link
        self._journal = journal
        self._beat_at: Millis = 0
        self._wall_at: Millis = 0
        self._waiting: list[Waiting] = []
        self._left: deque[Received] = deque()
        self._loads: deque[Load] = deque()
        self._told: tuple[Cursor, bool] = ((0, 0), False)
        self._flushed_at: Millis = 0
        self._tidying = Tidying(journal)

    def next_at(self) -> Millis | None:
        """The next heartbeat."""
        return self._beat_at

    def sockets_to_read(self) -> list[Any]:
        """The link's, and the descriptor that tells of a flush."""
        flushed = self._journal.flushed_fd
        return [*self._link.sockets_to_read(), *([] if flushed is None else [flushed])]

    def sockets_to_write(self) -> list[Any]:
        """Peers for whom something waits."""
        return list(self._link.sockets_to_write())

    def ready(self, player: Player, readable: list[Any], writable: list[Any]) -> None:
        """Take a few frames of each peer, if none are left; take note of a flush."""
        hungry = not self._left
        for sock in readable:
            if sock == self._journal.flushed_fd:
                self._journal.poll_flushed()
            elif hungry:
                self._left += self._link.readable(sock)
        for sock in writable:
            self._link.writable(sock)
        self._answer_some(player)

    def has_more(self, player: Player) -> bool:
        """Whether frames are left, or a load has room to go on."""
        return bool(self._left) or bool(self._loads and self._room_for(self._loads[0], player))

    def _answer_some(self, player: Player) -> None:
        """At least one frame that is left; the others while no cue is near."""
        while self._left:
            self._answer(player, self._left.popleft())
            if player.busy():
                break

    def turn(self, player: Player) -> None:
        """Acknowledge what is on disk by now; the heartbeat; the wall clock."""
        now = player.clock.now()
        self._acknowledge(player, now)
        if self._loads:
            self._go_on_loading(player, now)
        leaves = (self._journal.leaves, self._journal.volatile)
        if now >= self._beat_at or leaves != self._told:
            self._told = leaves
            self._beat(player, now)
        self._look_at_disk(player, now)
        self._tidying.turn(player, now)
        if now >= self._wall_at:
            self._wall_at = now + LOOK_AT_WALL_EVERY
            look_at_wall(player)

    def _look_at_disk(self, player: Player, now: Millis) -> None:
        """Raise an alarm where what is written does not get to disk."""
        up_to_date = self._journal.volatile or self._journal.leaves >= self._journal.newest
        if up_to_date or not self._flushed_at:
            self._flushed_at = now
            player.alarm("disk_slow", None)
        elif now - self._flushed_at > FLUSH_LAGS:
            player.alarm("disk_slow", said("alarm.disk_slow"))
        elif now - self._flushed_at > BEAT_EVERY:
            self._journal.ask_flush()  # what nobody waits for is brought to disk all the same

    def _beat(self, player: Player, now: Millis) -> None:
        self._beat_at = now + BEAT_EVERY
        self._journal.take_own()
        self._link.tidy()
        term, seq = self._journal.leaves
        self._link.broadcast(
            Beat(
                player=self._journal.player,
                now=now,
                term=term,
                seq=seq,
                file=player.state.loaded,
                volatile=self._journal.volatile,
            )
        )

    def _answer(self, player: Player, received: Received) -> None:
        match received.frame:
            case Hello():
                self._link.send(received.peer, self._welcome(player))
            case CallFrame() as frame:
                self._call(player, received.peer, frame)
            case EntriesAfter() as frame:
                self._link.send(received.peer, self._entries(frame))
            case LoadFrame() as frame:
                self._load(player, received.peer, frame)
            case StoredUpTo(key=key):
                self._tidying.stored(key[0], (key[1], key[2]))

    def _welcome(self, player: Player) -> Welcome:
        return Welcome(
            player=self._journal.player,
            term=self._journal.term,
            engine=ENGINE,
            now=player.clock.now(),
            anchor=self._journal.anchor,
            file=player.state.loaded,
        )

    def _entries(self, frame: EntriesAfter) -> Entries:
        cursor = None if frame.after is None else (frame.after[1], frame.after[2])
        if frame.after is not None and frame.after[0] != self._journal.player and cursor != (0, 0):
            cursor = (0, 0)  # another player's cursor says nothing of this one's entries
        page = self._journal.entries_after(cursor, frame.limit)
        entries = not_too_many(page.entries)
        more = page.more or len(entries) < len(page.entries)
        return Entries(id=frame.id, entries=entries, more=more, volatile=page.volatile)

    def _call(self, player: Player, peer: Peer, frame: CallFrame) -> None:
        now = player.clock.now()
        age = max(0, player.clock.boottime() - frame.made) // MILLI
        made_at = now - age if frame.made <= player.clock.boottime() else now - VALIDITY - 1
        call = msgspec.structs.replace(frame.call, made_at=made_at)
        for answer in self._taken(player, call, now):
            self._later(player, peer, frame.id, answer, now)

    def _taken(self, player: Player, call: Call, now: Millis) -> list[Answer]:
        """What a call came to. A fault of ours in it refuses that call and stops no night."""
        try:
            return player.take(Called(call=call))
        except Exception as fault:  # noqa: BLE001 - whatever it is, the loop goes on
            failed = said("alarm.fault", call=call_word(call.call), fault=repr(fault))
            player.alarm(f"fault: {call.call}", failed, outputs=None)
            return [refused(call.request, now, said("player_failed"))]

    def _load(self, player: Player, peer: Peer, frame: LoadFrame) -> None:
        pieces = taking(player, frame.packed, frame.replaces, frame.by)
        self._loads.append(Load(peer, frame.id, pieces, player.clock.now() + PATIENCE))

    def _go_on_loading(self, player: Player, now: Millis) -> None:
        """A piece of the first load, where it fits before the next cue; where none ever does, anyway."""
        load = self._loads[0]
        if self._room_for(load, player):
            load.waits_until = now + PATIENCE
        elif now < load.waits_until:
            return
        try:
            load.needs = next(load.pieces)
        except StopIteration as done:
            self._loads.popleft()
            self._later(player, load.peer, load.id, done.value, now)

    def _room_for(self, load: Load, player: Player) -> bool:
        return player.left() >= load.needs + EARLY / 1e9

    def _later(self, player: Player, peer: Peer, id_: int, answer: Answer, now: Millis) -> None:
        """Acknowledge once what was written is on disk."""
        player.journal.ask_flush()
        needs = self._journal.newest
        self._waiting.append(Waiting(peer, id_, answer, needs, now + FLUSH_WITHIN))
        self._acknowledge(player, now)

    def _acknowledge(self, player: Player, now: Millis) -> None:
        if not self._waiting:
            return
        flushed = self._journal.poll_flushed()
        waiting, self._waiting = self._waiting, []
        for n, one in enumerate(waiting):
            on_disk = not self._journal.volatile and flushed >= one.needs
            if not (on_disk or self._journal.volatile or now >= one.until):
                self._waiting.append(one)
                continue
            recorded: Recorded = "on disk" if on_disk else "not recorded"
            reply = Reply(id=one.id, answer=one.answer, recorded=recorded, file=player.state.loaded)
            self._link.send(one.peer, reply)
            if player.busy():  # a slow flush frees hundreds at once: the others after the cue
                self._waiting += waiting[n + 1 :]
                break


def not_too_many(entries: list[Entry]) -> list[Entry]:
    """A page's entries up to the first that make it long: the parts of a night file do."""
    length = 0
    for n, entry in enumerate(entries):
        length += len(entry.data.get("packed", b""))
        if length > LONG_PAGE:
            return entries[: n + 1]
    return entries


def look_at_wall(player: Player) -> None:
    """Follow a clock that is kept in step, between runs; of one that was stepped raise an alarm."""
    measured = player.clock.measure()
    off = measured.wall - player.clock.now()
    if abs(off) >= STEPPED:
        player.alarm("clock_stepped", said("alarm.clock_stepped", off=off / 1000))
        return
    player.alarm("clock_stepped", None)
    if abs(off) >= 2 and not any(run.live for run in player.state.runs.values()):
        player.adopt(measured)
