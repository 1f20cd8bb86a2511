"""What is answered to Lamplighter's own words, whose answers go back to where the words came from."""

from __future__ import annotations

from show_control.commands import Answer
from show_control.model import Argument, Message
from show_control.remote.caller import Caller
from show_control.sentences import Sentence, say


class OwnAnswer:
    """`/lamplighter/reply`: the address asked, done or refused, why, request, cue, count, on disk or not."""

    def __init__(self, caller: Caller, message: Message) -> None:
        self._caller = caller
        self._address = message.address
        self.request: str | None = None

    def told(self, answers: list[Answer], recorded: str) -> None:
        """What calls came to; of several that were made, the first that was refused."""
        answer = next((a for a in answers if not a.accepted), answers[-1])
        self._say(
            "done" if answer.accepted else "refused",
            answer.reason or "",
            answer.went or answer.standby or "",
            answer.standby_count or 0,
            recorded,
        )

    def done(self, why: str) -> None:
        """Done, with nothing to record."""
        self._say("done", why, "", 0, "")

    def refused(self, why: Sentence) -> None:
        """Refused before it was a call."""
        self._say("refused", say(why), "", 0, "")

    def _say(self, what: str, why: str, cue: str, count: int, recorded: str) -> None:
        words = (self._address, what, why, self.request or "", cue)
        self._caller.say(
            "/lamplighter/reply",
            *(Argument(tag="s", value=word) for word in words),
            Argument(tag="i", value=count),
            Argument(tag="s", value=recorded),
            back=True,
        )
