"""What a message of a caller comes to: our own words, QLab's, and the calls that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from show_control import osc
from show_control.commands import Answer
from show_control.events import Call
from show_control.installation import RemoteSettings
from show_control.model import Argument, Message, Millis
from show_control.player import Player
from show_control.remote.answering import OwnAnswer
from show_control.remote.caller import Caller
from show_control.remote.gate import Gate
from show_control.remote.meaning import Unclear
from show_control.remote.qlab import QLab
from show_control.remote.qlab.asked import Do
from show_control.remote.waiting import Calling, Then
from show_control.remote.words import WORDS, Let, calls_of
from show_control.sentences import Sentence, call_word, said, say

SAME_PRESS: Final[Millis] = 20
"""Fade outs of one address within this are one."""
MOST_FADED: Final = 256

_GO: Final = osc.encode("/lamplighter/go")
_NOBODY: Final = Caller("", "udp", lambda *_: None, connected=False)

Refused = Callable[[Sentence], None]


class Acting:
    """Acts on messages, one at a time."""

    def __init__(self, settings: RemoteSettings, gate: Gate, qlab: QLab, calling: Calling) -> None:
        self._settings = settings
        self._gate = gate
        self._qlab = qlab
        self._calling = calling
        self._faded: dict[tuple[str, tuple[str | None, ...]], Millis] = {}

    def act(self, player: Player, caller: Caller, message: Message, made_at: Millis) -> None:
        """Act on a message that was sent at this instant, and answer it."""
        if message.address.startswith("/lamplighter/"):
            self._own(player, caller, message, made_at)
            return
        asked = self._qlab.hear(caller, message, player.state, player.clock.now())
        if asked is not None:
            self._do(player, caller, message.address, asked, made_at)

    def go_through(self, player: Player) -> None:
        """Read a GO, find what it means, and make nothing of it: the real one then has the way at hand."""
        (message,) = osc.decode(_GO)
        word, now = message.address.rpartition("/")[2], player.clock.now()
        if word in WORDS:
            self._named(_NOBODY, calls_of(player.state, word, None, message.args), now)

    # ------------------------------------------------------------ our own words

    def _own(self, player: Player, caller: Caller, message: Message, made_at: Millis) -> None:
        """`/lamplighter/{word}`, `/lamplighter/{surface}/{word}`."""
        parts = message.address.split("/")[2:]
        word, where = parts[-1], parts[0] if len(parts) == 2 else None
        answer = OwnAnswer(caller, message)
        try:
            if parts == ["connect"]:
                self._connect(caller, message, answer, player.clock.now())
            elif not caller.connected:
                answer.refused(said("remote_connects"))
            elif word == "status" and len(parts) <= 2:
                self._status(player, caller, where, answer)
            elif word not in WORDS or len(parts) > 2:
                answer.refused(said("remote_no_word", address=message.address[:100]))
            else:
                calls = calls_of(player.state, word, where, message.args)
                answer.request = calls[0].request
                self._make(player, caller, calls, made_at, answer.told, answer.refused)
        except Let:
            answer.done(say(said("remote_let_go")))
        except Unclear as fault:
            answer.refused(fault.why)

    def _connect(self, caller: Caller, message: Message, answer: OwnAnswer, now: Millis) -> None:
        if self._gate.admits(caller, message.args[0].value if message.args else None, now) == "in":
            answer.done("")
        else:
            answer.refused(said("remote_connects"))

    def _status(self, player: Player, caller: Caller, where: str | None, answer: OwnAnswer) -> None:
        """What stands by on each surface, or on one."""
        if not self._settings.sees:
            answer.refused(said("remote_sees"))
            return
        for run in player.state.runs.values():
            if run.live and where in (None, run.surface, run.slot):
                cues = player.state.sequence(run).cues
                number = cues[run.standby].number if run.standby is not None else ""
                words = (run.surface, run.slot, run.phase, number)
                caller.say(
                    "/lamplighter/status",
                    *(Argument(tag="s", value=w) for w in words),
                    Argument(tag="i", value=run.count),
                    back=True,
                )
        answer.done("")

    # ------------------------------------------------------------ calls

    def _do(self, player: Player, caller: Caller, address: str, asked: Do, made_at: Millis) -> None:
        def then(answers: list[Answer], recorded: str) -> None:
            del recorded
            why = next((a.reason for a in answers if not a.accepted), None)
            self._qlab.done(caller, address, why)

        def refused(why: Sentence) -> None:
            self._qlab.reply(caller, address, "denied", say(why))

        self._make(player, caller, asked.calls, made_at, then, refused, whole=asked.whole)

    def _make(
        self,
        player: Player,
        caller: Caller,
        calls: Sequence[Call],
        made_at: Millis,
        then: Then,
        refused: Refused,
        *,
        whole: bool = False,
    ) -> None:
        """Make calls in the remote's name, within its rights and pace; a fade out is never too fast."""
        above = next((c.call for c in calls if c.call not in self._settings.calls), None)
        now = player.clock.now()
        if above is not None:
            self._gate.counts["calls without the right"] += 1
            refused(said("remote_may_not", call=call_word(above)))
        elif all(c.call == "fade_out" for c in calls):
            if self._fades_anew(player, caller, calls, now):
                self._calling.make(player, self._named(caller, calls, made_at), then, whole=False)
            else:
                then([Answer(request=None, accepted=True, at=now)], "on disk")
        elif self._gate.in_pace(caller.ip, now):
            self._calling.make(player, self._named(caller, calls, made_at), then, whole=whole)
        else:
            refused(said("remote_too_fast"))

    def _named(self, caller: Caller, calls: Sequence[Call], made_at: Millis) -> list[Call]:
        """Calls as they are entered: by whom, from where, and with an id that is of this address alone."""
        return [
            msgspec.structs.replace(
                call,
                by=self._settings.name,
                where=caller.where,
                made_at=made_at,
                request=f"{caller.ip} {call.request}" if call.request else None,
            )
            for call in calls
        ]

    def _fades_anew(
        self, player: Player, caller: Caller, calls: Sequence[Call], now: Millis
    ) -> bool:
        """Whether this fade out is none that the same address made a moment ago: a flood is one. All
        runs that nobody knows are one, as each means all outputs."""
        runs = player.state.runs
        key = (caller.ip, tuple(c.run if c.run in runs else None for c in calls))
        before = self._faded.get(key)
        if before is not None and 0 <= now - before < SAME_PRESS:
            return False
        if len(self._faded) > MOST_FADED:
            self._faded.clear()
        self._faded[key] = now
        return True
