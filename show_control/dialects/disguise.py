"""disguise Designer with an OSC event transport, by its pages on OSC at help.disguise.one.

https://help.disguise.one/designer/timeline-tracks-transports/osc/monitoring has what it sends by
default: a heartbeat that changes all the time, the name of the track, the time into it, the play mode.
All addresses can be changed in a show: leave them as they are. A command with one float acts only if
that is exactly 1.0, so it is exactly 1.0. It answers nothing; it tells, so its output must be "always
send" and reach `feedback_port`. One output is the whole of a transport; a clip is a track, by its name.
A stop leaves the last picture: brightness 0 goes with it.

Some versions send the play mode from `d3/showcontrol/playmode`, without the first "/": that is heard.
Unverified: that HoldSection and HoldEnd show the track's picture, and whether playing anew starts over.
"""

from __future__ import annotations

from typing import Final

from show_control.dialects.declared import Spoken
from show_control.model import Argument, Declared, Feedback, Message, Told

_HERE: Final = "/d3/showcontrol"
_YES: Final = Argument(tag="f", value=1.0)
_LEVEL: Final = Message(address=f"{_HERE}/brightness", args=(Argument(tag="f", value="{value}"),))
_PLAYS: Final = ("Play", "PlaySection", "LoopSection", "HoldSection", "HoldEnd")


class Disguise(Spoken):
    """The dialect `disguise`."""

    slashless = True


DISGUISE: Final = Disguise(
    Declared(
        name="disguise",
        page="https://help.disguise.one/designer/timeline-tracks-transports/osc/monitoring",
        tells=True,
        actions={
            "play": Told(
                send=(
                    Message(
                        address=f"{_HERE}/trackname", args=(Argument(tag="s", value="{clip}"),)
                    ),
                    Message(address=f"{_HERE}/play", args=(_YES,)),
                ),
                repeating="unknown",
            ),
            "stop": Told(
                send=(
                    Message(address=f"{_HERE}/brightness", args=(Argument(tag="f", value=0.0),)),
                    Message(address=f"{_HERE}/stop", args=(_YES,)),
                ),
                repeating="same",
            ),
            "level": Told(send=(_LEVEL,), repeating="same"),
        },
        hear=(
            Feedback(address=f"{_HERE}/heartbeat", says="alive"),
            Feedback(address=f"{_HERE}/trackname", says="shows"),
            Feedback(address=f"{_HERE}/playmode", says="playing", when=_PLAYS),
            Feedback(address=f"{_HERE}/brightness", says="brightness"),
            Feedback(address=f"{_HERE}/trackposition", says="position"),
        ),
    )
)
