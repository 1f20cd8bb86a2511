"""WATCHOUT 7, by docs.dataton.com's pages on OSC: a clip is a timeline, by its id (0 is the main one).

UDP port 8000, or TCP port 8001 with a length before each packet (OSC 1.0). OSC goes one way there: it
answers nothing, and what it shows cannot be asked (the program's HTTP and TCP protocols could).
Every other address sets a variable, floats and whole numbers alone: `params.level` is such an address
that the show binds an opacity to. Without it there is no level, and no fade.

A `play` with a float goes to that second. A timeline that is paused shows its picture, so that is no
way to load one.

`run` is not used: older and newer pages differ on whether it starts a timeline over. Unverified:
whether `play` of a running timeline starts it over.
"""

from __future__ import annotations

from typing import Final

from show_control.dialects.declared import Spoken
from show_control.model import Argument, Declared, Message, Param, Told

WATCHOUT: Final = Spoken(
    Declared(
        name="watchout",
        page="https://docs.dataton.com/watchout-7/external-control/OSC.html",
        tcp="length",
        replaces=False,
        params={"level": Param(needed=False)},
        clip=Param(type="i", least=0),
        actions={
            "play": Told(send=(Message(address="/wo/play/{clip}"),), repeating="unknown"),
            "stop": Told(send=(Message(address="/wo/stop/{clip}"),), repeating="same"),
            "seek": Told(
                send=(
                    Message(
                        address="/wo/play/{clip}", args=(Argument(tag="f", value="{seconds}"),)
                    ),
                ),
                repeating="same",
            ),
            "level": Told(
                send=(Message(address="{level}", args=(Argument(tag="f", value="{value}"),)),),
                repeating="same",
            ),
        },
    )
)
