"""Millumin 5, by https://github.com/anome/millumin-dev-kit/wiki/OSC-documentation.

A clip is a column, by its number; an output is a layer, by its name (`params.layer`), whose opacity is
the level and whose media time is the position. A column is launched for the whole board: outputs of
one server play the same one, and `goToTime` sends all its media to a second. Feedback ("API feedback"
in the device panel, to `feedback_port`) always has `/millumin` before it: a column launched or stopped, with its name, and a layer's media time. Asked
with `/?` behind its address it tells a value; `/ping` has it tell its state.

Unverified: what exactly `/ping` brings (we take it to repeat `board/launchedColumn`, 0 where none is),
and whether launching the launched column begins it again.
"""

from __future__ import annotations

from typing import Final

from show_control.dialects.declared import Spoken
from show_control.model import Argument, Declared, Feedback, Message, Param, Told

_LAYER: Final = "/millumin/layer:{layer}"

MILLUMIN: Final = Spoken(
    Declared(
        name="millumin",
        page="https://github.com/anome/millumin-dev-kit/wiki/OSC-documentation",
        tells=True,
        params={"layer": Param()},
        clip=Param(type="i", least=1),
        actions={
            "play": Told(
                send=(
                    Message(
                        address="/millumin/action/launchColumn",
                        args=(Argument(tag="i", value="{clip}"),),
                    ),
                ),
                repeating="unknown",
            ),
            "stop": Told(send=(Message(address="/millumin/action/stopColumn"),), repeating="same"),
            "seek": Told(
                send=(
                    Message(
                        address="/millumin/action/goToTime",
                        args=(Argument(tag="f", value="{seconds}"),),
                    ),
                ),
                repeating="same",
            ),
            "level": Told(
                send=(
                    Message(
                        address=f"{_LAYER}/opacity", args=(Argument(tag="f", value="{value}"),)
                    ),
                ),
                repeating="same",
            ),
        },
        ping=Message(address="/millumin/ping"),
        ask=(Message(address=f"{_LAYER}/opacity/?"),),
        hear=(
            Feedback(address="/millumin/board/launchedColumn", says="shows"),
            Feedback(address="/millumin/board/launchedColumn", says="clip_name", arg=1),
            Feedback(address="/millumin/board/stoppedColumn", says="ended"),
            Feedback(address=f"{_LAYER}/opacity", says="brightness"),
            Feedback(address=f"{_LAYER}/media/time", says="position"),
            Feedback(address=f"{_LAYER}/media/time", says="duration", arg=1),
        ),
    )
)
