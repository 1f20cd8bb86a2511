"""QLab's own words, so that what was made for QLab works as it is: docs/remote.md says what each means here.

By https://qlab.app/docs/v5/scripting/osc-dictionary-v5/ as it is stored publicly, and by what clients
of it do. Each message is answered with `/reply` and its address: one text of JSON, with `status` `ok`,
`error` or `denied`.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from show_control.engine import State
from show_control.installation import RemoteSettings
from show_control.model import Argument, Message, Millis
from show_control.remote.caller import Caller
from show_control.remote.gate import Gate
from show_control.remote.meaning import Unclear
from show_control.remote.qlab.asked import Answers, Asked, Denied, Do, NotThere, Outcome, Said
from show_control.remote.qlab.ids import Ids
from show_control.remote.qlab.workspace import of_workspace
from show_control.remote.wire import TooLong
from show_control.sentences import Sentence, said, say

VERSION: Final = "5.4.0"
"""What a remote for QLab is told that it speaks with: they choose their words by it."""

_OF_THE_APPLICATION: Final = frozenset(
    {
        "version",
        "thump",
        "workspaces",
        "connect",
        "disconnect",
        "updates",
        "alwaysReply",
        "forgetMeNot",
        "udpKeepAlive",
        "udpReplyPort",
    }
)


class QLab:
    """Answers what asks for nothing to be done; what does, comes back as calls."""

    def __init__(self, settings: RemoteSettings, gate: Gate, ids: Ids) -> None:
        self._settings = settings
        self._gate = gate
        self._ids = ids

    def hear(self, caller: Caller, message: Message, state: State, now: Millis) -> Do | None:
        """Answer a message, or give the calls that it makes."""
        outcome = self.outcome(caller, message, state, now)
        match outcome:
            case Do():
                return outcome
            case Answers(each=each):
                for one in each:
                    self.reply(caller, one.address or message.address, "ok", one.data)
            case Said(data=data, address=address):
                self.reply(caller, address or message.address, "ok", data)
            case (status, why):
                self.reply(caller, message.address, status, why)
        return None

    def outcome(
        self, caller: Caller, message: Message, state: State, now: Millis
    ) -> Outcome | tuple[str, str]:
        """What a message comes to; a status and why it is refused where it is."""
        try:
            return self._outcome(caller, message, state, now)
        except Denied as fault:
            return "denied", say(fault.why)
        except Unclear as fault:
            return "error", say(fault.why)
        except NotThere:
            return "error", say(said("remote_no_word", address=message.address[:100]))

    def _outcome(
        self, caller: Caller, message: Message, state: State, now: Millis
    ) -> Outcome | tuple[str, str]:
        parts = tuple(part for part in message.address.split("/") if part)
        surface = None
        if parts[:1] == ("workspace",):
            surface = self._narrowed(parts[1:2], state)
            parts = parts[2:]
        if not parts:
            raise NotThere
        if parts[0] in _OF_THE_APPLICATION:
            return self._application(caller, parts, message, state, now)
        if not caller.connected:
            raise Denied(said("remote_connects"))
        asked = Asked(message.address, parts, message.args, state, self._ids, now, surface=surface)
        outcome = of_workspace(asked)
        if not isinstance(outcome, Do) and not self._settings.sees:
            raise Denied(said("remote_sees"))
        return outcome

    def _narrowed(self, names: tuple[str, ...], state: State) -> str | None:
        """The surface that a workspace's name means; None for the whole. Raises NotThere."""
        name = names[0] if names else ""
        if state.file is not None and name in state.file.surfaces:
            return name
        if name.upper() == self._ids.workspace or (state.file and name == state.file.festival):
            return None
        raise NotThere

    # ------------------------------------------------------------ the application's

    def _application(
        self,
        caller: Caller,
        parts: tuple[str, ...],
        message: Message,
        state: State,
        now: Millis,
    ) -> Outcome | tuple[str, str]:
        value = message.args[0].value if message.args else None
        match parts:
            case ("version",):
                return Said(VERSION)
            case ("thump",):
                return Said("thump")
            case ("workspaces",):
                return Said(self._workspaces(state))
            case ("connect",):
                return self._connect(caller, value, now)
            case ("disconnect",):
                caller.forget(connected=self._settings.passcode is None)
            case ("updates",):
                return self._updates(caller, value)
            case ("alwaysReply",):
                caller.answered = bool(value)
            case ("forgetMeNot",) | ("udpKeepAlive",):
                caller.kept = bool(value)
            case ("udpReplyPort",):
                caller.reply_port = _port(value)
            case _:
                raise NotThere
        return Said()

    def _workspaces(self, state: State) -> list[dict[str, Any]]:
        if state.file is None:
            return []
        ports = {"port": (self._settings.tcp or self._settings.udp or ("", 0))[1]}
        return [
            {
                "uniqueID": self._ids.workspace,
                "displayName": state.file.festival,
                "hasPasscode": self._settings.passcode is not None,
                "version": VERSION,
                "udpReplyPort": 53001,
                **ports,
            }
        ]

    def _connect(self, caller: Caller, value: object, now: Millis) -> Outcome | tuple[str, str]:
        """What QLab 5 says to `/connect`: the rights, or that the passcode is wrong."""
        match self._gate.admits(caller, value, now):
            case "slowed":
                return "denied", "denied"
            case "wrong":
                return Said("badpass")
            case "in" if not self._settings.rights:
                return "denied", "denied"
            case "in":
                view = ["view"] if self._settings.sees else []
                control = ["control"] if self._settings.calls else []
                return Said(f"ok:{'|'.join(view + control)}")

    def _updates(self, caller: Caller, value: object) -> Said:
        if not caller.connected:
            raise Denied(said("remote_connects"))
        if not self._settings.sees:
            raise Denied(said("remote_sees"))
        if value is None:
            return Said(caller.updates)
        caller.updates = bool(value)
        return Said()

    # ------------------------------------------------------------ what is sent

    def done(self, caller: Caller, address: str, why: Sentence | str | None) -> None:
        """Answer what calls came to: done, or refused and why."""
        if why is None:
            self.reply(caller, address, "ok")
        else:
            self.reply(caller, address, "error", why if isinstance(why, str) else say(why))

    def reply(self, caller: Caller, address: str, status: str, data: Any = msgspec.UNSET) -> None:
        """Send an answer; one that asks for nothing to be said is left out where it is not wanted."""
        if data is msgspec.UNSET and status == "ok" and not caller.answered:
            return
        told: dict[str, Any] = {"workspace_id": self._ids.workspace, "address": address}
        told |= {"status": status} | ({} if data is msgspec.UNSET else {"data": data})
        try:
            caller.say(f"/reply{address}", _json(told))
        except TooLong:
            caller.say(f"/reply{address}", _json(told | {"status": "error", "data": _TOO_LONG}))

    def push(self, caller: Caller, below: str, value: str | None) -> None:
        """Send an update to one who asked for them."""
        args = () if value is None else (Argument(tag="s", value=value),)
        caller.say(f"/update/workspace/{self._ids.workspace}{below}", *args)


_TOO_LONG: Final = "this is too long for a datagram: ask by TCP"


def _json(told: dict[str, Any]) -> Argument:
    return Argument(tag="s", value=msgspec.json.encode(told).decode())


def _port(value: object) -> int:
    if isinstance(value, int | float) and 0 < value < 65536:
        return int(value)
    raise Unclear(said("remote_arguments", fault="a port is from 1 to 65535"))
