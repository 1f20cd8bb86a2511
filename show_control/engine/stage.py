"""Where one step is worked out: the state as it becomes, and the commands so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from show_control.commands import AnyCommand, Record, Send
from show_control.engine.state import Run, State
from show_control.looks import NOTHING, Look, Ramp, after
from show_control.model import Action, Cue, Millis, Night, NightFile, Output
from show_control.sentences import Sentence, say


class Stage:
    """A step under way. Only `step` makes one, and only for the length of one step."""

    def __init__(self, state: State, now: Millis) -> None:
        self.state = state
        self.now = now
        self.commands: list[AnyCommand] = []

    def change(self, **values: Any) -> None:
        """Replace fields of the state."""
        self.state = msgspec.structs.replace(self.state, **values)

    def put(self, run: Run) -> Run:
        """Store a run as it has become."""
        self.change(runs={**self.state.runs, run.id: run})
        return run

    def record(
        self,
        kind: str,
        at: Millis,
        run: Run | None = None,
        /,
        *,
        why: Sentence | None = None,
        data: dict[str, Any] | None = None,
        **columns: Any,
    ) -> None:
        """Enter a fact, perhaps with its reason; a run fills in where it was."""
        data = dict(data or {})
        if self.state.routing:
            data |= self.marked(run, data.get("do"), columns.get("output"))
        if why is not None:
            columns["reason"] = say(why)
            data["said"] = msgspec.to_builtins(why)
        if run is not None:
            columns = {
                "night": run.night,
                "surface": run.surface,
                "slot": run.slot,
                "run": run.id,
            } | columns
        self.commands.append(Record(kind=kind, at=at, data=data, **columns))

    def marked(
        self, run: Run | None, do: list[dict[str, Any]] | None, output: str | None
    ) -> dict[str, Any]:
        """The mark of a fact that did not happen on the wire: its outputs that are off it."""
        acted = [o for action in do or () for o in action["outputs"]]
        outputs = [output] if output else acted or (run.outputs if run else ())
        off = {o: r for o in outputs if (r := self.state.route(o)) != "wire"}
        return {"routing": off} if off else {}

    def file_of(self, run: Run | None) -> NightFile:
        """The file that a run stood by with, or the one in force."""
        file = self.state.files[run.file] if run else self.state.file
        assert file is not None, "nothing acts before a file is loaded"
        return file

    def cues(self, run: Run) -> tuple[Cue, ...]:
        """A run's cues."""
        return self.state.sequence(run).cues

    def output(self, run: Run | None, output: str) -> Output:
        """An output as the run's file has it."""
        return self.file_of(run).outputs[output]

    def night(self, date: str, run: Run | None = None) -> Night | None:
        """A night of the file by its date."""
        return next((n for n in self.file_of(run).nights if n.date == date), None)

    def night_now(self) -> Night | None:
        """The night that now belongs to."""
        nights = self.state.file.nights if self.state.file else ()
        return next((n for n in nights if n.starts <= self.now < n.ends), None)

    def curfew(self, night: str, surface: str, run: Run | None = None) -> Millis | None:
        """A surface's curfew in a night."""
        found = self.night(night, run)
        return found.curfews.get(surface) if found else None

    def look(self, output: str) -> Look:
        """The look wanted now."""
        return self.state.looks.get(output, NOTHING)

    def give(
        self,
        outputs: Iterable[str],
        action: Action,
        at: Millis,
        why: str,
        *,
        run: Run | None = None,
        cue: Cue | None = None,
        night: str | None = None,
    ) -> None:
        """Have outputs do an action. What is not a cue's and would change nothing is left out.

        A hazard output is lit by cues alone: where others would light it, it stops.
        """
        for name in outputs:
            if cue is None and lights(action) and self.output(run, name).hazard:
                self.give((name,), replace(STOP, fade=action.fade), at, why, run=run, night=night)
                continue
            before = self.look(name)
            wanted = after(self.uncovered(name, at, why), action, at)
            if cue is None and wanted == before:
                continue
            if why not in FADES:
                self.underneath(name, action, at)
                self.change(faded={k: v for k, v in self.state.faded.items() if k != name})
            self.send(name, wanted, at, why, action=action, run=run, cue=cue, night=night)

    def tell(self, output: str, action: Action, at: Millis, run: Run, cue: Cue) -> None:
        """Tell what is told once. A cover stays on; a seek moves what lies under it as well."""
        before = self.look(output)
        if action.kind == "seek" and output in self.state.cued:
            self.underneath(output, action, at)
        wanted = after(before, action, at)
        self.send(output, wanted, at, "cue", action=action, run=run, cue=cue)

    def underneath(self, output: str, action: Action, at: Millis) -> None:
        """Have an action change what `restore` would bring back."""
        cued = after(self.state.cued.get(output, NOTHING), action, at)
        self.change(cued={**self.state.cued, output: cued})

    def uncovered(self, output: str, at: Millis, why: str) -> Look:
        """The look that an action begins from: a safe look's level is forgotten once a cue acts."""
        look = self.look(output)
        if why in FADES or output not in self.state.faded:
            return look
        seen = look.brightness(at)
        level = self.state.cued.get(output, NOTHING).level
        return replace(look, level=level, ramp=look.ramp or Ramp(seen, seen, at, at))

    def send(
        self,
        output: str,
        wanted: Look,
        at: Millis,
        why: str,
        *,
        action: Action | None = None,
        run: Run | None = None,
        cue: Cue | None = None,
        night: str | None = None,
    ) -> None:
        """Want a look on an output, and have it sent. Only what a cue sends names slot, run, cue."""
        before = self.look(output)
        self.change(looks={**self.state.looks, output: wanted})
        self.commands.append(
            Send(
                output=output,
                before=before,
                after=wanted,
                at=at,
                why=why,
                routing=self.state.route(output),
                action=action,
                file=run.file if run else self.state.loaded or "",
                night=run.night if run else night,
                surface=self.output(run, output).surface,
                slot=run.slot if run and cue else None,
                run=run.id if run and cue else None,
                cue=cue.number if cue else None,
            )
        )


replace = msgspec.structs.replace

FADES = frozenset({"fade out", "show stop"})
"""What covers a look for a while and leaves what the cues made of it to be restored."""

STOP = Action(kind="stop", outputs=())


def lights(action: Action) -> bool:
    """Whether an action may bring light. What raw OSC does nobody here knows."""
    return action.kind in ("play", "level", "osc")
