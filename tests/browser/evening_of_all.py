"""The opening night made to use all that a caller may meet: a loop, groups, a timeline that a cue starts, a
warning, what is passed over, a server whose picture can be moved, and an output that may be rehearsed alone."""

from __future__ import annotations

from typing import Any

from tests.adversity.tonight import Document

FACADE = ["surface:facade"]
WASH = ["bridge-wash"]
DOORS = {"en": "Before the doors", "ko": "문 열기 전"}
SHOW = {"en": "The show", "ko": "본공연"}


def act(action: str, outputs: list[str], **more: Any) -> dict[str, Any]:
    return {"action": action, "outputs": outputs, **more}


CUES: list[dict[str, Any]] = [
    {
        "number": "1",
        "name": "Attract: water",
        "group": DOORS,
        "on": "Plaza is open",
        "do": [act("play", FACADE, clip=1)],
        "duration": "2s",
    },
    {
        "number": "2",
        "name": "Attract: low",
        "group": DOORS,
        "continue": "follow",
        "do": [act("level", FACADE, value=0.4, fade="1s")],
        "duration": "2s",
        "loop": "1",
    },
    {
        "number": "3",
        "name": "Doors",
        "group": SHOW,
        "on": "Host: 'welcome'",
        "calls": [{"to": "sound", "say": "Doors music out"}],
        "do": [act("level", FACADE, value=1.0), {"action": "start", "sequence": "tide"}],
    },
    {"number": "3.5", "name": "Speech, if the mayor comes", "group": SHOW, "skip": True},
    {
        "number": "4",
        "name": "White wash",
        "group": SHOW,
        "on": "Artists on stage",
        "do": [act("play", FACADE, clip=11)],
        "duration": "60s",
        "post_wait": "10s",
    },
    {
        "number": "5",
        "name": "Out",
        "continue": "follow",
        "do": [act("stop", FACADE, fade="2s")],
    },
]
TIDE = [
    {"number": "1", "name": "Low tide", "at": "0s", "do": [act("level", WASH, value=0.3)]},
    {
        "number": "2",
        "name": "High tide",
        "at": "2m",
        "warn": "2m",
        "do": [act("level", WASH, value=1.0)],
    },
    {"number": "3", "name": "Ebb", "at": "5m", "do": [act("stop", WASH)]},
]
MATRIX = {
    "id": "matrix",
    "dialect": "generic",
    "main": "udp://127.0.0.1:8000",
    "feedback_port": 8001,
}
ON_AIR = {
    "via": "matrix",
    "main": {"address": "/matrix/1/take", "args": [{"i": 1}]},
    "backup": {"address": "/matrix/1/take", "args": [{"i": 2}]},
    "says": {
        "address": "/matrix/1/source",
        "main": 1,
        "backup": 2,
        "ask": {"address": "/matrix/1/source"},
    },
}


def of_all(document: Document) -> None:
    """A change of the opening night."""
    document["sequences"][0]["cues"] = CUES
    document["sequences"].append(
        {"id": "tide", "title": {"en": "Tide", "ko": "밀물"}, "cues": TIDE}
    )
    document["outputs"].append({"id": WASH[0], "server": "laser", "surface": "bridge"})
    west = next(server for server in document["servers"] if server["id"] == "west")
    west["on_air"] = ON_AIR
    document["servers"].append(dict(MATRIX))
