"""What a declared dialect makes of a look: its own messages, filled in, each with its instant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from show_control.dialects.dialect import Clip, Inexpressible, Timed
from show_control.dialects.filling import places, timed
from show_control.dialects.ramps import ramped
from show_control.looks import Look, Ramp
from show_control.model import Action, ActionKind, Declared, Message, Millis, Params


class Telling:
    """One output, told from an instant on. `params` are those of the server and of the output."""

    def __init__(self, declared: Declared, params: Params, start: Millis) -> None:
        self.declared = declared
        self.params = params
        self.start = start

    # ------------------------------------------------------------ the actions

    def played(self, before: Look, after: Look) -> list[Timed]:
        """The clip, its level where that may differ, and, where each clip ends by itself, the one before."""
        clip, start = after.clip, self.start
        gone = self._instead(before, clip)
        ramp = after.ramp
        if ramp is not None and self._carries_fade("play"):
            fade = max(0, ramp.end - start)
            return self._say("play", start, clip, after.level, fade) + gone
        play = self._say("play", start, clip, after.level)
        if ramp is not None:
            first, *rest = self._ramped(ramp, clip, "a play")
            lit = before.lit(start) and start <= ramp.start and self.declared.replaces
            return [*([] if lit else first), *play, *_flat(rest), *gone]
        if not self._has("level") or not self._level_may_differ(before, after):
            return play + gone
        return self._in_order(play, self._level(start, clip, after.brightness(start))) + gone

    def levelled(self, after: Look) -> list[Timed]:
        """A level at once, in its own time, or as a ramp."""
        if not self._has("level"):
            raise Inexpressible(f"{self.declared.name} has no level")
        if after.ramp is None:
            return self._level(self.start, after.clip, after.brightness(self.start))
        if self._carries_fade("level"):
            fade = max(0, after.ramp.end - self.start)
            return self._level(self.start, after.clip, after.ramp.b, fade)
        first, *rest = self._ramped(after.ramp, after.clip, "a level")
        return _flat(rest if self.start <= after.ramp.start else [first, *rest])

    def blacked(self, before: Look, after: Look) -> list[Timed]:
        """Its own blackout, after a ramp where it cannot fade; else level 0, else a stop: dark in any case."""
        ramp = after.ramp
        if self._has("blackout"):
            fade = 0 if ramp is None else max(0, ramp.end - self.start)
            if not fade or ramp is None or self._carries_fade("blackout") or not self._has("level"):
                return self._say("blackout", self.start, after.clip, 0.0, fade)
            return self.levelled(after) + self._say(
                "blackout", ramp.end, after.clip, 0.0, 0, "clear"
            )
        if self._has("level"):
            return self.levelled(after)
        return self._stop(self.start, before.showing(self.start))

    def stopped(self, before: Look, after: Look) -> list[Timed]:
        """Its own fade, else a ramp and then the stop; a server with neither stops at once."""
        shown = before.showing(self.start)
        if after.clears is None:
            return self._stop(self.start, shown)
        if self._carries_fade("stop"):
            return self._say("stop", self.start, shown, 0.0, max(0, after.clears - self.start))
        if not self._has("level"):
            return self._stop(self.start, shown)
        return self.levelled(after) + self._stop(max(after.clears, self.start), after.clip, "clear")

    def once(self, kind: Literal["load", "seek"], action: Action, look: Look) -> list[Timed]:
        """A clip to be made ready, or the place to go to in what plays: where the clip should be now."""
        if not self._has(kind):
            raise Inexpressible(f"{self.declared.name} has no message for {kind}")
        if kind == "load":
            return self._say(kind, self.start, action.clip, 0.0)
        return self._say(kind, self.start, look.clip, 0.0, max(0, self.start - look.since))

    def asserted(self, before: Look, after: Look) -> list[Timed]:
        """All of a look, from what the server shows."""
        wanted, shown = after.showing(self.start), before.showing(self.start)
        if wanted is None:
            return [] if shown is None else self._stop(self.start, shown)
        level = self._whole_level(after)
        if after.dark and not level:
            return [] if shown is None else self._stop(self.start, shown)
        play = [] if wanted == shown else self._say("play", self.start, wanted, after.level)
        clear = []
        if after.clears is not None:
            clear = self._stop(after.clears, wanted, "clear")
        return self._in_order(play, level) + self._instead(before, wanted) + clear

    # ------------------------------------------------------------ parts

    def _whole_level(self, after: Look) -> list[Timed]:
        if after.dark and self._has("blackout"):
            return self._say("blackout", self.start, after.clip, 0.0)
        if not self._has("level"):
            return []
        if after.ramp is None:
            return self._level(self.start, after.clip, after.brightness(self.start))
        return _flat(self._ramped(after.ramp, after.clip, "a level"))

    def _in_order(self, play: list[Timed], level: list[Timed]) -> list[Timed]:
        """Where a clip has its own level that is set before it shows; else the clip first, or the one
        before would flash; but darkness before the clip."""
        dark = any(a.value == 0 for t in level[:1] for a in t.args)
        first = dark or not self.declared.replaces
        return level[:1] + play + level[1:] if first else play + level

    def _level_may_differ(self, before: Look, after: Look) -> bool:
        same = before.brightness(self.start) == after.brightness(self.start)
        shown = before.showing(self.start) is not None
        return not (self.declared.replaces and shown and same and before.settles() <= self.start)

    def _instead(self, before: Look, clip: Clip | None) -> list[Timed]:
        shown = before.showing(self.start)
        if self.declared.replaces or shown is None or shown == clip:
            return []
        return self._stop(self.start, shown)

    def _ramped(self, ramp: Ramp, clip: Clip | None, what: str) -> list[list[Timed]]:
        if not self._has("level"):
            raise Inexpressible(f"{self.declared.name} cannot fade {what}: it has no level")
        return ramped(ramp, self.start, lambda at, value: self._level(at, clip, value))

    def _level(self, at: Millis, clip: Clip | None, value: float, fade: Millis = 0) -> list[Timed]:
        return self._say("level", at, clip, value, fade, "opacity")

    def _stop(self, at: Millis, clip: Clip | None, ramp: str | None = None) -> list[Timed]:
        return self._say("stop", at, clip, 0.0, 0, ramp)

    def _say(
        self,
        kind: ActionKind,
        at: Millis,
        clip: Clip | None,
        value: float,
        fade: Millis = 0,
        ramp: str | None = None,
    ) -> list[Timed]:
        values = {**self.params, "value": value, "fade": fade, "seconds": fade / 1000}
        if clip is not None:
            values["clip"] = clip
        found = []
        for message in self._messages(kind):
            if clip is None and "clip" in places(message):
                continue  # nothing shows there that could be told
            if missing := [p for p in places(message) if p not in values]:
                raise Inexpressible(f"{self.declared.name} needs params.{missing[0]}")
            found.append(timed(message, values, at, ramp))
        return found

    def _messages(self, kind: ActionKind) -> tuple[Message, ...]:
        told = self.declared.actions.get(kind)
        return () if told is None else told.send

    def _has(self, kind: ActionKind) -> bool:
        """Whether it has the action, with the params that this output gives."""
        known = {*self.params, "clip", "value", "fade", "seconds"}
        messages = self._messages(kind)
        return bool(messages) and all(known.issuperset(places(m)) for m in messages)

    def _carries_fade(self, kind: ActionKind) -> bool:
        return any({"fade", "seconds"} & set(places(m)) for m in self._messages(kind))


def _flat(steps: Iterable[list[Timed]]) -> list[Timed]:
    return [timed for step in steps for timed in step]
