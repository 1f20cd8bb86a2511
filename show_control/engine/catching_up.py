"""A step far behind its instants (a restart, a stall): the present look is joined, never a backlog."""

from __future__ import annotations

import msgspec

from show_control.commands import AnyCommand, Record, Send, Switch
from show_control.engine.stage import Stage
from show_control.model import MOMENTARY, Action, Millis
from show_control.sentences import said, say

replace = msgspec.structs.replace
PASSED = said("passed_unheard")
OVERTAKEN = said("overtaken")


def coalesced(stage: Stage) -> list[AnyCommand]:
    """The step's commands; where cues were late, one send for each output, of its look as it is now.

    A late cue of which nothing is left to be sent did not go, and its entry says so: `cue_passed`.
    """
    if not any(isinstance(c, Record) and _late(c) for c in stage.commands):
        return stage.commands
    return _passed(_switched_once(_joined(stage), stage.now))


def _late(record: Record) -> bool:
    return record.kind == "cue_went" and record.data["late"] > 0


def _joined(stage: Stage) -> list[AnyCommand]:
    """Sends of one output become its last one, from the first one's look, as an assertion."""
    last: dict[str, Send] = {}
    first: dict[str, Send] = {}
    for command in stage.commands:
        if isinstance(command, Send) and not _once(command):
            first.setdefault(command.output, command)
            last[command.output] = command
    joined: list[AnyCommand] = [c for c in stage.commands if not isinstance(c, Send) or _once(c)]
    for output, send in last.items():
        if first[output] is send and stage.now == send.at:
            joined.append(send)
            continue
        joined.append(
            replace(
                send,
                before=first[output].before,
                action=None,
                why=f"late: {send.why}",
                at=stage.now,
            )
        )
    return joined


def _switched_once(commands: list[AnyCommand], now: Millis) -> list[AnyCommand]:
    """Of what puts a server's main or backup on the picture only the last is told, and now."""
    last = {c.server: c for c in commands if isinstance(c, Switch)}
    return [
        c
        if not isinstance(c, Switch)
        else replace(c, at=now)
        if last[c.server] is c
        else _not_switched(c)
        for c in commands
    ]


def _not_switched(switch: Switch) -> Record:
    action = Action(kind="on_air", outputs=(), server=switch.server, which=switch.which)
    return _not_sent(switch, action)


def _not_sent(command: Send | Switch, action: Action) -> Record:
    """What is entered in the place of a command that a later one has overtaken."""
    return Record(
        kind="not_sent",
        at=command.at,
        night=command.night,
        surface=command.surface,
        slot=command.slot,
        run=command.run,
        cue=command.cue,
        output=command.output,
        reason=say(OVERTAKEN),
        data={
            "said": msgspec.to_builtins(OVERTAKEN),
            "action": msgspec.to_builtins(action),
        },
    )


def _passed(commands: list[AnyCommand]) -> list[AnyCommand]:
    """Late cues went whose looks are sent, or that are of their run's last group and it goes on."""
    sent = {
        (c.run, c.cue)
        for c in commands
        if isinstance(c, Switch) or (isinstance(c, Send) and not _once(c))
    }
    over = {c.run for c in commands if isinstance(c, Record) and c.kind == "ended"}
    kept: list[AnyCommand] = []
    for command in reversed(commands):
        if not (isinstance(command, Record) and _late(command)):
            kept.append(command)
        elif command.run in over and (command.run, command.cue) not in sent:
            data = command.data | {"said": msgspec.to_builtins(PASSED)}
            kept.append(replace(command, kind="cue_passed", reason=say(PASSED), data=data))
        else:
            kept.append(command)
            if command.data["how"] != "with":
                over.add(command.run)
    kept.reverse()
    newest = _newest(commands)
    return [_overtaken(c, newest) for c in kept]


def _newest(commands: list[AnyCommand]) -> dict[tuple[str | None, str | None], bool]:
    """The late cues, and whether each is of the last group of its run."""
    groups: dict[str | None, list[str | None]] = {}
    late = [c for c in commands if isinstance(c, Record) and _late(c)]
    for record in late:
        if record.data["how"] != "with":
            groups[record.run] = []
        groups.setdefault(record.run, []).append(record.cue)
    return {(c.run, c.cue): c.cue in groups[c.run] for c in late}


def _overtaken(
    command: AnyCommand, newest: dict[tuple[str | None, str | None], bool]
) -> AnyCommand:
    """What is told once goes late with the newest cues; what those before it had to tell is stale."""
    if not isinstance(command, Send) or command.action is None or not _once(command):
        return command
    if newest.get((command.run, command.cue), True):
        return command
    return _not_sent(command, command.action)


def _once(send: Send) -> bool:
    return send.action is not None and send.action.kind in MOMENTARY
