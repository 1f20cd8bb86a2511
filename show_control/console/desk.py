"""Where a caller sits: follows the player over the link, and makes calls. It knows no terminal.

What is shown is the fold of the player's own entries, pulled from a cursor of this desk's own.
Nothing is called twice: what came of a call, or that nobody knows, is told and left to the caller.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec

from show_control import board
from show_control.clock import MILLI, Clock, SystemClock
from show_control.console.last_resort import SafeLook, send_safe_look
from show_control.console.outcome import Came, Outcome, cue_outputs, ended
from show_control.documents import Board, Routing, RunView, Which
from show_control.entries import Entry
from show_control.events import Call, CallName
from show_control.link import Beat, Key, Welcome
from show_control.link.client import Heard, LinkClient, LinkLost, NoReply, RefusedByLink
from show_control.model import Millis

STALE: Millis = 2000
"""Without a word from the player for this long, nothing shown counts any more."""


class Desk:
    """One caller at the player of a folder. `run` follows it; `changed` is called when there is more.

    Calls name the run as the caller saw it: what `board()` gave when the key was pressed.
    """

    def __init__(
        self,
        folder: Path,
        *,
        by: str,
        clock: Clock | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.by = by
        self.came: Came | None = None
        """What the newest call came to."""
        self.safe_look: SafeLook | None = None
        self.unread: str | None = None
        """The last of the player's entries that could not be read, and why."""
        self._folder = folder
        self._clock = clock or SystemClock()
        self.changed = changed
        self._client = LinkClient(
            folder, self._clock, name=f"console {by}", ceiling="call", heard=self._hear
        )
        self._fold = board.EMPTY
        self._after: Key | None = None
        self._of: str | None = None
        self._volatile = False
        self._heard: tuple[Millis, int] | None = None
        self._more = asyncio.Event()

    # --- following ----------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Follow the player until cancelled, through its restarts."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._client.run())
            group.create_task(self._follow())

    @property
    def connected(self) -> bool:
        """Whether a player answers."""
        return self._client.welcome is not None

    @property
    def now(self) -> Millis:
        """The player's present: its last word, and the time since."""
        if self._heard is None:
            return self._clock.now()
        said, at = self._heard
        return said + (self._clock.boottime() - at) // MILLI

    @property
    def uptime(self) -> Millis:
        """Milliseconds that only rise, whatever the player's clock does."""
        return self._clock.boottime() // MILLI

    @property
    def silent(self) -> Millis | None:
        """How long the player has said nothing; None if it never has."""
        return None if self._heard is None else (self._clock.boottime() - self._heard[1]) // MILLI

    @property
    def stale(self) -> bool:
        """Whether what is shown may be the past."""
        return self.silent is None or self.silent >= STALE

    def board(self) -> Board:
        """The document, as of the player's present."""
        shown = board.view(self._fold, self.now)
        return msgspec.structs.replace(shown, volatile=shown.volatile or self._volatile)

    def _hear(self, heard: Heard) -> None:
        if isinstance(heard, Welcome | Beat):
            self._heard = (heard.now, self._clock.boottime())
            if heard.player != self._of:
                # Another player's journal: nothing of the one before is true of it.
                self._of, self._after, self._fold = heard.player, None, board.EMPTY
                self.unread = None
            self._more.set()
        if isinstance(heard, Beat):
            self._volatile = heard.volatile
            if (heard.player, heard.term, heard.seq) == self._after:
                self._more.clear()
        self.changed()

    async def _follow(self) -> None:
        while True:
            await self._more.wait()
            self._more.clear()
            try:
                await self._catch_up()
            except (LinkLost, RefusedByLink):
                pass  # the next heartbeat tells that there is more

    async def _catch_up(self) -> None:
        more = True
        while more:
            of = self._of
            page = await self._client.entries(self._after)
            if of != self._of:
                self._more.set()
                return
            for entry in page.entries:
                self._take(entry)
            more = page.more
            self.changed()

    def _take(self, entry: Entry) -> None:
        """Fold one more. A player of another version may say what this desk cannot read: then it
        shows less, says so, and calls all the same."""
        try:
            self._fold = board.fold(self._fold, entry)
        except (LookupError, TypeError, ValueError) as fault:
            self.unread = f"{entry.kind} {entry.term}.{entry.seq}: {fault!r}"
        self._after = entry.key

    # --- calling ------------------------------------------------------------------------------------------------

    async def go(self, seen: RunView) -> Came:
        """GO of the cue that stood by as the caller saw it; that standby fires at most once."""
        call = Call(call="go", run=seen.run, standby=seen.standby, standby_count=seen.standby_count)
        return await self._call(call, seen.standby or "", cue_outputs(seen))

    async def standby(self, run: str, number: str) -> Came:
        """Put a cue in standby, by its number."""
        return await self._call(Call(call="standby", run=run, standby=number), number)

    async def hold_or_resume(self, seen: RunView) -> Came:
        """Hold what runs; resume what is held."""
        name: CallName = "resume" if seen.status == "holding" else "hold"
        return await self._call(Call(call=name, run=seen.run), seen.slot)

    async def skip(self, seen: RunView) -> Came:
        """Pass over the cue that stood by as the caller saw it."""
        call = Call(call="skip", run=seen.run, standby=seen.standby)
        return await self._call(call, seen.standby or "")

    async def back(self, seen: RunView) -> Came:
        """Put the cue before the one that stood by as the caller saw it in standby."""
        call = Call(call="back", run=seen.run, standby=seen.standby)
        return await self._call(call, seen.standby or "")

    async def leave(self, seen: RunView) -> Came:
        """Let the loop that runs finish its turn."""
        return await self._call(Call(call="leave", run=seen.run), seen.slot)

    async def end(self, run: str) -> Came:
        """The run is over."""
        return await self._call(Call(call="end", run=run), self._slot(run))

    async def fade_out(self, run: str | None) -> Came:
        """To the safe look: a run's outputs, or all; called again a moment later, a cut."""
        return await self._call(Call(call="fade_out", run=run), self._slot(run))

    async def show_stop(self, reason: str | None = None) -> Came:
        """Every surface to its safe look, until somebody restarts the show."""
        return await self._call(Call(call="show_stop", reason=reason or None))

    async def restart(self) -> Came:
        """End a show stop, in this caller's name."""
        return await self._call(Call(call="restore"))

    async def enable(self, output: str) -> Came:
        """Let a hazard output be lit this night, in this caller's name."""
        return await self._call(Call(call="enable", output=output), output)

    async def disable(self, output: str) -> Came:
        """Take that back, and have the output dark."""
        return await self._call(Call(call="disable", output=output), output)

    async def route(self, to: Routing, *outputs: str) -> Came:
        """Have what these outputs are told go there, in this caller's name."""
        return await self._call(Call(call="route", to=to, outputs=outputs), ", ".join(outputs))

    async def route_surface(self, surface: str, to: str) -> Came:
        """Send all of a surface to the wire, a simulator, or the record alone."""
        call = Call(call="route", surface=surface, to=msgspec.convert(to, Routing))
        return await self._call(call, surface)

    async def automation_off(self, reason: str) -> Came:
        """Nothing starts by itself, in this caller's name."""
        return await self._call(Call(call="automation_off", reason=reason))

    async def automation_on(self) -> Came:
        """Slots start by themselves again, in this caller's name."""
        return await self._call(Call(call="automation_on"))

    async def on_air(self, server: str, which: str) -> Came:
        """Put a server's main or backup on the picture, in this caller's name."""
        call = Call(call="on_air", server=server, which=msgspec.convert(which, Which))
        return await self._call(call, f"{server} {which}")

    async def start(self, slot: str) -> Came:
        """Start a slot now, as it would have by itself."""
        return await self._call(Call(call="start", run=slot), slot)

    async def ask_for_control(self, seen: RunView) -> Came:
        """Ask who has control of a run for it; where nobody has it, take it."""
        return await self._call(Call(call="ask", run=seen.run), seen.slot)

    async def take_over(self, seen: RunView) -> Came:
        """Take control of a run, whoever has it."""
        return await self._call(Call(call="take_over", run=seen.run), seen.slot)

    async def hand_back(self, seen: RunView) -> Came:
        """Give control to who asked for it, or had it before."""
        return await self._call(Call(call="hand_back", run=seen.run), seen.slot)

    async def note(self, run: str | None, words: str) -> Came:
        """Enter a note, with the run in front where there is one."""
        return await self._call(Call(call="note", run=run, reason=words))

    async def send_safe_look(self) -> SafeLook:
        """With the player dead: send what lies ready, if no player holds the folder."""
        self.safe_look = await asyncio.to_thread(send_safe_look, self._folder)
        self.changed()
        return self.safe_look

    def _slot(self, run: str | None) -> str:
        """What people call a run; nothing where all are meant."""
        known = self._fold.state.runs.get(run or "")
        return known.slot if known is not None else run or ""

    async def _call(self, call: Call, what: str = "", outputs: tuple[str, ...] = ()) -> Came:
        request = secrets.token_hex(8)
        call = msgspec.structs.replace(call, by=self.by, request=request)
        came = Came(call=call.call, request=request, what=what, outputs=outputs, at=self.now)
        self.came, self.safe_look = came, None
        self.changed()
        came = msgspec.structs.replace(came, outcome=await self._asked(call))
        if self.came.request == request:  # a newer call's answer is what the caller waits for
            self.came = came
        self.changed()
        return came

    async def _asked(self, call: Call) -> Outcome:
        if not self.connected:
            return Outcome(phase="not sent", at=self.now)
        try:
            reply = await self._client.call(call)
        except RefusedByLink as no:
            return Outcome(phase="refused", at=self.now, reason=str(no))
        except (NoReply, LinkLost):
            return Outcome(phase="unknown", at=self.now)
        return ended(reply)
