"""Machines, surfaces, sequences and cues of a festival as the night file has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from schedules.catalogue import machines
from schedules.catalogue import model as catalogue
from schedules.catalogue.index import Index
from schedules.compile_dialect import arguments, declared, osc_message, switch
from schedules.compile_timecode import places
from show_control import model as night_model

_SAFE = (catalogue.Action(action="blackout", fade=2000),)
_IDLE = (catalogue.Action(action="stop"),)


class Compiler:
    """Compiles the parts of one festival; references are settled by its index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def server(self, server: machines.Server) -> night_model.Server:
        """A server; the arguments of its messages become tag and value."""
        return night_model.Server(
            id=server.id,
            dialect=server.dialect,
            main=server.main,
            backup=server.backup,
            feedback_port=server.feedback_port,
            messages=dict(_messages(server.messages)) if server.messages else {},
            params=server.params,
            declared=declared(self.index.dialects.get(server.dialect)),
            on_air=switch(server.on_air),
        )

    def timecode(self, timecode: machines.Timecode) -> night_model.Timecode:
        """A timecode."""
        return night_model.Timecode(
            id=timecode.id,
            kind=timecode.kind,
            listen=timecode.listen,
            rate=timecode.rate,
            stream=timecode.stream,
            interface=timecode.interface,
        )

    def output(self, output: machines.Output) -> night_model.Output:
        """An output, its place spread out."""
        return night_model.Output(
            id=output.id,
            server=output.server,
            surface=output.surface,
            params=output.params,
            x=output.place.x if output.place else None,
            width=output.place.width if output.place else None,
            hazard=output.hazard,
            on_restart=output.on_restart,
        )

    def surface(self, surface: catalogue.Surface) -> night_model.Surface:
        """A surface with its safe look and its idle actions on all its outputs."""
        return night_model.Surface(
            id=surface.id,
            kind=surface.kind,
            title=surface.title,
            safe=self._on_surface(_SAFE if surface.safe is None else surface.safe, surface.id),
            idle=self._on_surface(_IDLE if surface.idle is None else surface.idle, surface.id),
        )

    def sequence(self, key: str) -> night_model.Sequence:
        """A sequence by its id, or the works of `pattern:ID` or `slot:ID` one after another."""
        kind, _, name = key.rpartition(":")
        if kind == "pattern":
            made_by = next(p for p in self.index.festival.patterns if p.id == name)
            return self._works(key, made_by)
        if kind == "slot":
            return self._works(key, next(s for s in self.index.festival.slots if s.id == name))
        sequence = self.index.sequences[key]
        return night_model.Sequence(
            id=key,
            title=sequence.title,
            cues=self._cues(sequence),
            late=sequence.late,
            resume=sequence.resume,
            timecode=sequence.timecode,
        )

    def _cues(self, sequence: catalogue.Sequence) -> tuple[night_model.Cue, ...]:
        """A sequence's cues; those at a timecode have the place that this is on its timeline."""
        cues = tuple(map(self._cue, sequence.cues))
        timecode = self.index.timecodes.get(sequence.timecode or "")
        if timecode is None:
            return cues
        at = places(sequence.cues, timecode.rate)
        return tuple(
            cue if where is None else msgspec.structs.replace(cue, at=where)
            for cue, where in zip(cues, at, strict=True)
        )

    def _works(self, key: str, made_by: catalogue.Pattern | catalogue.Slot) -> night_model.Sequence:
        works = self.index.known_works(made_by.works)
        cues = (self._work_cue(n, work, made_by.surface) for n, work in enumerate(works, 1))
        return night_model.Sequence(id=key, title=made_by.title, cues=tuple(cues))

    def _work_cue(self, number: int, work: catalogue.Work, surface: str) -> night_model.Cue:
        outputs = self.index.outputs_on(surface)
        play = _play(work, surface, outputs)
        first = number == 1
        level = night_model.Action(kind="level", outputs=outputs, value=1.0)
        return night_model.Cue(
            number=str(number),
            name=work.title or {"und": work.id},
            do=(level, play) if first else (play,),
            length=work.duration,
            pre_wait=0 if first else self.index.surfaces[surface].changeover,
            continues="none" if first else "follow",
        )

    def _cue(self, cue: catalogue.Cue) -> night_model.Cue:
        return night_model.Cue(
            number=cue.number,
            name=cue.name,
            do=tuple(done for action in cue.do for done in self._action(action)),
            length=self.index.length(cue),
            pre_wait=cue.pre_wait,
            post_wait=cue.post_wait,
            continues=cue.continues,
            at=cue.at,
            timecode=cue.timecode,
            loop=cue.loop,
            times=cue.times,
            group=cue.group,
            skip=cue.skip,
            on=_plain(cue.on),
            calls=tuple(night_model.Say(to=c.to, say=c.say) for c in cue.calls),
            warn=cue.warn,
            note=_plain(cue.note),
            colour=cue.colour,
        )

    def _action(self, action: catalogue.Action) -> Iterator[night_model.Action]:
        """One action, or one for each surface where a work plays: its clip differs there."""
        outputs = self.index.expand(action.outputs)
        kind = action.action
        work = self.index.works[action.work] if action.work else None
        if work is None:
            yield _plain_action(action, outputs)
            return
        for surface, group in self.index.by_surface(outputs).items():
            yield _play(work, surface, group, action.fade, kind)

    def _on_surface(
        self, actions: Sequence[catalogue.Action], surface: str
    ) -> tuple[night_model.Action, ...]:
        """Actions that name no outputs mean all of the surface; one without outputs has no look."""
        everywhere = self.index.outputs_on(surface)
        named = (
            a if a.outputs else msgspec.structs.replace(a, outputs=everywhere) for a in actions
        )
        return tuple(done for a in named if a.outputs for done in self._action(a))


def _play(
    work: catalogue.Work,
    surface: str,
    outputs: tuple[str, ...],
    fade: int = 0,
    kind: night_model.ActionKind = "play",
) -> night_model.Action:
    clip = work.clips[surface]
    return night_model.Action(
        kind=kind, outputs=outputs, clip=clip.at, clip_name=clip.name, work=work.id, fade=fade
    )


def _plain_action(action: catalogue.Action, outputs: tuple[str, ...]) -> night_model.Action:
    return night_model.Action(
        kind=action.action,
        outputs=outputs,
        clip=action.clip,
        value=action.value,
        fade=action.fade,
        to=action.to,
        address=action.address,
        args=arguments(action.args),
        sequence=action.sequence,
        server=action.server,
        which=action.which,
    )


def _messages(messages: machines.Messages) -> Iterable[tuple[str, night_model.Message]]:
    for kind in messages.__struct_fields__:
        message: machines.Message | None = getattr(messages, kind)
        if message is not None:
            yield kind, osc_message(message)


def _plain(text: dict[str, str]) -> str | None:
    """The night file has these words in one language."""
    return night_model.words(text) or None
