"""The look that an output should have: a function of time, and how actions change it.

A look begins with no clip, level 1.0, not dark; `stop` ends there. Ramps are absolute, so that a
look means the same after a restart and on a second machine.
"""

from __future__ import annotations

import msgspec

from show_control.model import Action, Millis


class Ramp(msgspec.Struct, frozen=True):
    """Brightness from `start` (value `a`) to `end` (value `b`), straight."""

    a: float
    b: float
    start: Millis
    end: Millis

    def value(self, now: Millis) -> float:
        """Exact at both ends."""
        if now >= self.end:
            return self.b
        if now <= self.start:
            return self.a
        return self.a + (self.b - self.a) * (now - self.start) / (self.end - self.start)


class Look(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an output should show.

    `level` is what `level` last asked for; `dark` covers it and keeps the clip. `ramp` is the fade
    that is or was under way, of brightness as seen (0 while dark). After a `stop` with a fade the
    clip goes at `clears` and brightness rests at 0 on the server until the next `play`. `began` is when
    the clip was, or would have been, at its beginning: its place is counted from there.
    """

    clip: int | str | None = None
    clip_name: str | None = None
    work: str | None = None
    since: Millis = 0
    level: float = 1.0
    dark: bool = False
    ramp: Ramp | None = None
    clears: Millis | None = None
    began: Millis | None = None

    def brightness(self, now: Millis) -> float:
        """What the server's own level should be at an instant."""
        if self.ramp is not None:
            return self.ramp.value(now)
        return 0.0 if self.dark else self.level

    def showing(self, now: Millis) -> int | str | None:
        """The clip at an instant: none once a fading stop has cleared it."""
        return None if self.clears is not None and now >= self.clears else self.clip

    def lit(self, now: Millis) -> bool:
        """Whether light should leave the output."""
        return self.showing(now) is not None and self.brightness(now) > 0

    def settles(self) -> Millis:
        """The instant from which the look no longer moves."""
        return self.ramp.end if self.ramp is not None else self.since


NOTHING = Look()


def _ramp(
    look: Look, to: float, at: Millis, fade: Millis, *, start: float | None = None
) -> Ramp | None:
    if not fade:
        return None
    return Ramp(look.brightness(at) if start is None else start, to, at, at + fade)


def after(look: Look, action: Action, at: Millis) -> Look:
    """The look that an action, at an instant, makes of a look. `seek` moves since when the clip plays."""
    match action.kind:
        case "play":
            # A fade in starts from black unless something is on already, and then from what is seen.
            start = look.brightness(at) if look.lit(at) else 0.0
            return Look(
                clip=action.clip,
                clip_name=action.clip_name,
                work=action.work,
                since=at,
                level=look.level,
                ramp=_ramp(look, look.level, at, action.fade, start=start),
                began=at,
            )
        case "level":
            value = 1.0 if action.value is None else action.value
            return msgspec.structs.replace(
                _cleared(look, at),
                level=value,
                dark=False,
                since=at,
                ramp=_ramp(look, value, at, action.fade),
            )
        case "blackout":
            return msgspec.structs.replace(
                _cleared(look, at), dark=True, since=at, ramp=_ramp(look, 0.0, at, action.fade)
            )
        case "seek":
            began = at - (action.to or 0)
            return msgspec.structs.replace(look, since=began, began=began)
        case "load" | "osc" | "start" | "end" | "on_air":
            return look
        case "stop":
            if look.showing(at) is None or not action.fade:
                return Look(since=at)
            return msgspec.structs.replace(
                look,
                level=1.0,
                dark=False,
                since=at,
                ramp=_ramp(look, 0.0, at, action.fade),
                clears=at + action.fade,
            )


def _cleared(look: Look, at: Millis) -> Look:
    """A look whose fading stop is over is the empty look; one still fading goes on with its clip."""
    if look.clears is None:
        return look
    if at >= look.clears:
        return Look(since=look.clears)
    return msgspec.structs.replace(look, clears=None)
