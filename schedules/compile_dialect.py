"""A user's own dialect, and the messages of servers, as the night file has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from schedules.catalogue import machines
from show_control import model as night_model


def declared(dialect: machines.Dialect | None) -> night_model.Declared | None:
    """The dialect, with its arguments as tag and value."""
    if dialect is None:
        return None
    actions = {
        kind: night_model.Told(send=_all(told.send), repeating=told.repeating)
        for kind in dialect.actions.__struct_fields__
        if (told := getattr(dialect.actions, kind)) is not None
    }
    return night_model.Declared(
        name=dialect.name,
        page=dialect.page,
        udp=dialect.udp,
        tcp=dialect.tcp,
        tells=dialect.tells,
        replaces=dialect.replaces,
        params=_params(dialect.params),
        server_params=_params(dialect.server_params),
        clip=_param(dialect.clip),
        actions=actions,
        greet=_all(dialect.greet),
        ping=osc_message(dialect.ping) if dialect.ping else None,
        ask=_all(dialect.ask),
        hear=tuple(map(_feedback, dialect.hear)),
    )


def switch(on_air: machines.OnAir | None) -> night_model.Switch | None:
    """How a server's main or backup is put on the picture."""
    if on_air is None:
        return None
    says = on_air.says
    return night_model.Switch(
        via=on_air.via,
        main=osc_message(on_air.main),
        backup=osc_message(on_air.backup),
        says=None
        if says is None
        else night_model.SwitchSays(
            address=says.address,
            arg=says.arg,
            main=says.main,
            backup=says.backup,
            ask=osc_message(says.ask) if says.ask else None,
        ),
    )


def osc_message(message: machines.Message) -> night_model.Message:
    """A message: `{ i = 1 }` becomes the tag and the value."""
    return night_model.Message(address=message.address, args=arguments(message.args))


def arguments(
    args: Iterable[Mapping[str, int | float | str | bool]],
) -> tuple[night_model.Argument, ...]:
    """The arguments of a message."""
    return tuple(
        night_model.Argument(
            tag=cast(night_model.OscTag, tag), value=None if tag in "TFN" else value
        )
        for arg in args
        for tag, value in arg.items()
    )


def _all(messages: Iterable[machines.Message]) -> tuple[night_model.Message, ...]:
    return tuple(map(osc_message, messages))


def _params(params: Mapping[str, machines.Param]) -> dict[str, night_model.Param]:
    return {name: _param(param) for name, param in params.items()}


def _param(param: machines.Param) -> night_model.Param:
    return night_model.Param(type=param.type, least=param.least, needed=param.needed)


def _feedback(feedback: machines.Feedback) -> night_model.Feedback:
    return night_model.Feedback(
        address=feedback.address,
        says=feedback.says,
        arg=feedback.arg,
        when=feedback.when,
        scale=feedback.scale,
    )
