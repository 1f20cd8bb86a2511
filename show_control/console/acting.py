"""What keys do at a desk: guarded where held, asked back where it is grave. It knows no terminal."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Literal, Protocol

from show_control.console import asking as asks
from show_control.console import keys
from show_control.console.asking import Asking
from show_control.console.desk import Desk
from show_control.console.keys import Intent
from show_control.console.korean import LANGUAGES, other
from show_control.console.presses import DOUBT, Presses
from show_control.console.scene import Scene, neighbour, next_run
from show_control.console.words import Language, Words


class Terminal(Protocol):
    """What is done for the keys by whoever hears them."""

    def start(self, calling: Coroutine[Any, Any, object]) -> None:
        """Have a call made, and do not wait for it."""

    def later(self, seconds: float, what: Callable[[], None]) -> None:
        """Do something in a moment."""

    def type_line(self, start: str, then: Callable[[str], None]) -> None:
        """Have a line typed, and hand it over unless that is given up."""

    def paint(self) -> None:
        """Show what has changed."""

    def leave(self) -> None:
        """The caller is done."""


class Acting:
    """The keys' meaning. Each comes with the scene that the caller saw when it was pressed."""

    def __init__(self, desk: Desk, terminal: Terminal, language: Language) -> None:
        self.desk = desk
        self.language = language
        self.picked: str | None = None
        self.helping = False
        self.notice: str | None = None
        self._asking: Asking | None = None
        self._terminal = terminal
        self._presses = Presses()

    @property
    def words(self) -> Words:
        """The language's."""
        return LANGUAGES[self.language]

    def question(self, scene: Scene) -> str | None:
        """What is asked, or told, at the bottom of the screen."""
        if self._asking is not None and self.desk.uptime >= self._asking.until:
            self._asking = None
        return asks.question(self._asking, scene) if self._asking is not None else self.notice

    def press(self, key: str, seen: Scene) -> None:
        """A key, unless it is held: one that may be is believed a moment later."""
        intent, at = keys.KEYS.get(key), self.desk.uptime
        heard = self._presses.press(intent or key, at)
        if intent not in keys.GUARDED:
            self._mean(key, intent, seen)
            return
        match heard:
            case "act":
                self._mean(key, intent, seen)
            case "ignore" if self.notice != self.words.held_key:
                self.notice = self.words.held_key
                self._terminal.paint()
            case "ignore":
                pass
            case "doubt":
                self._terminal.later(DOUBT / 1000, lambda: self._believe(key, intent, seen, at))

    def _believe(self, key: str, intent: Intent, seen: Scene, at: int) -> None:
        if self._presses.meant(intent, at):
            self._mean(key, intent, seen)

    def _mean(self, key: str, intent: Intent | None, seen: Scene) -> None:
        """A key answers a question first; else it means itself. Esc closes before it fades, and n is no."""
        asking, self._asking = self._asking, None
        closes = key == "escape" and (asking is not None or self.helping)
        closes |= key == asks.NO and asking is not None
        self.notice, self.helping = None, False
        said = asks.answered(asking, key, self.desk.uptime) if asking is not None else None
        if asking is not None and said is not None:
            self._answer(asking, said, seen)
        elif len(key) == 1 and key.isdecimal():
            self._ask_standby(seen, key)
        elif intent is not None and not closes:
            self._do(intent, seen)
        self._terminal.paint()

    # --- keys by themselves -------------------------------------------------------------------------------------

    def _do(self, intent: Intent, seen: Scene) -> None:
        match intent:
            case "go" | "fade_out" | "fade_all" | "safe_look":
                self._do_at_once(intent, seen)
            case "stop" | "restart" | "end" | "enable" | "disable" | "route" | "start" | "on_air":
                self._ask(intent, seen)
            case "standby" | "before" | "after" | "hold" | "back" | "skip" | "leave":
                self._do_to_run(intent, seen)
            case "ask_control" | "take_over" | "hand_back":
                self._pass_control(intent, seen)
            case "note" | "automation":
                self._ask_words(intent, seen)
            case "next_run":
                self.picked = next_run(seen.board.runs, seen.run)
            case "help":
                self.helping = True
            case "language":
                self.language = other(self.language)
            case "quit":
                self._terminal.leave()

    def _do_at_once(
        self, intent: Literal["go", "fade_out", "fade_all", "safe_look"], seen: Scene
    ) -> None:
        match intent:
            case "go":
                self._go(seen)
            case "fade_out":
                live = seen.run if seen.run in seen.live else None
                self._start(self.desk.fade_out(live.run if live is not None else None))
            case "fade_all":
                self._start(self.desk.fade_out(None))
            case "safe_look" if self.desk.connected:
                self.notice = self.words.safe_look_lives
            case "safe_look":
                self._start(self.desk.send_safe_look())

    def _go(self, seen: Scene) -> None:
        if seen.silent is None:
            self.notice = self.words.never
        elif seen.stale:
            self.notice = self.words.stale.format(seconds=seen.silent // 1000)
        elif seen.run is None or seen.cue is None:
            nothing = self.words.nothing_stands_by
            self.notice = self.words.go_disabled.format(reason=nothing)
        else:
            self._start(self.desk.go(seen.run))

    def _do_to_run(self, intent: Intent, seen: Scene) -> None:
        if seen.run is None:
            self.notice = self.words.no_run
            return
        match intent:
            case "hold":
                self._start(self.desk.hold_or_resume(seen.run))
            case "back":
                self._start(self.desk.back(seen.run))
            case "skip":
                self._start(self.desk.skip(seen.run))
            case "leave":
                self._start(self.desk.leave(seen.run))
            case "before" | "after":
                step = -1 if intent == "before" else 1
                self._ask_standby(seen, neighbour(seen.run, seen.run.standby, step))
            case _:
                self._ask_standby(seen, "")

    def _pass_control(
        self, intent: Literal["ask_control", "take_over", "hand_back"], seen: Scene
    ) -> None:
        if (run := seen.run) is None or run not in seen.live:
            self.notice = self.words.nobody_to_ask
            return
        match intent:
            case "ask_control":
                self._start(self.desk.ask_for_control(run))
            case "take_over":
                self._start(self.desk.take_over(run))
            case "hand_back":
                self._start(self.desk.hand_back(run))

    def _start(self, calling: Coroutine[Any, Any, object]) -> None:
        self._terminal.start(calling)

    # --- questions ----------------------------------------------------------------------------------------------

    def _ask(self, kind: asks.Kind, seen: Scene) -> None:
        until = self.desk.uptime + (asks.STOP_FOR if kind == "stop" else asks.FOR)
        if kind in ("enable", "disable"):
            self._asking = asks.hazard(kind, seen, until)
            self.notice = None if self._asking is not None else self.words.no_hazard
        elif kind == "route":
            self._asking = asks.route(seen, until)
            self.notice = None if self._asking is not None else self.words.no_outputs
        elif kind == "on_air":
            found = asks.on_air(seen, until)
            self._asking = asks.aimed(found, seen) if found is not None else None
            self.notice = None if found is not None else self.words.no_on_air
        elif kind == "start":
            self._asking = asks.start(seen, until)
            self.notice = None if self._asking is not None else self.words.no_slot_to_come
        elif kind == "restart" and seen.board.stopped is None:
            self.notice = self.words.not_stopped
        elif kind == "end" and seen.run is None:
            self.notice = self.words.no_run
        else:
            what = seen.run.run if seen.run is not None else ""
            self._asking = Asking(kind=kind, until=until, what=what)

    def _answer(self, asking: Asking, said: Asking | Literal["yes", "reason"], seen: Scene) -> None:
        if isinstance(said, Asking):
            self._asking = asks.aimed(said, seen) if asking.choices else said
        elif said == "reason":
            self.notice = self.words.ask_reason
            self._terminal.type_line("", lambda typed: self._start(self.desk.show_stop(typed)))
        else:
            self._start(self._confirmed(asking))

    def _confirmed(self, asking: Asking) -> Coroutine[Any, Any, object]:
        match asking.kind:
            case "stop":
                return self.desk.show_stop()
            case "restart":
                return self.desk.restart()
            case "end":
                return self.desk.end(asking.what)
            case "enable":
                return self.desk.enable(asking.what)
            case "disable":
                return self.desk.disable(asking.what)
            case "route":
                return self.desk.route_surface(asking.what, asking.to)
            case "on_air":
                return self.desk.on_air(asking.what, asking.to)
            case "automation_on":
                return self.desk.automation_on()
            case "start":
                return self.desk.start(asking.what)

    def _ask_standby(self, seen: Scene, number: str) -> None:
        if (run := seen.run) is None:
            self.notice = self.words.no_run
            return
        self.notice = self.words.ask_standby
        self._terminal.type_line(
            number, lambda typed: self._start(self.desk.standby(run.run, typed)) if typed else None
        )

    def _ask_words(self, intent: Literal["note", "automation"], seen: Scene) -> None:
        if intent == "note":
            self._ask_note(seen)
        else:
            self._ask_automation(seen)

    def _ask_automation(self, seen: Scene) -> None:
        """Off with a reason, on by name: neither by one key."""
        if seen.board.automation:
            self.notice = self.words.ask_automation_off
            self._terminal.type_line(
                "", lambda typed: self._start(self.desk.automation_off(typed)) if typed else None
            )
        else:
            until = self.desk.uptime + asks.FOR
            self._asking = Asking(kind="automation_on", until=until)

    def _ask_note(self, seen: Scene) -> None:
        run = seen.run.run if seen.run is not None else None
        self.notice = self.words.ask_note
        self._terminal.type_line(
            "", lambda typed: self._start(self.desk.note(run, typed)) if typed else None
        )
