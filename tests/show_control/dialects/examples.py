"""What each dialect needs to be tried."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from schedules.compile_dialect import declared
from schedules.festival_file import read_dialect
from show_control.model import Argument, Declared, Message, Output, Params, Server


class Example(msgspec.Struct):
    """What a dialect needs to be tried: an output's params, its messages, two clips."""

    params: Params = {}
    messages: dict[str, Message] = {}
    clips: tuple[int | str, int | str] = (1, 2)
    dialect: str = ""
    main: str = "udp://m:1"
    declared: Declared | None = None


PAGE = Path(__file__).parents[3] / "docs" / "dialects.md"


def of_the_page() -> str:
    """The dialect that docs/dialects.md adds."""
    return re.findall(r"```toml\n(# dialects/.*?)```", PAGE.read_text("utf-8"), re.DOTALL)[0]


EXAMPLES = {
    "generic": Example(
        messages={
            "play": Message(address="/play", args=(Argument(tag="s", value="{clip}"),)),
            "stop": Message(address="/stop"),
            "level": Message(address="/level", args=(Argument(tag="f", value="{value}"),)),
            "blackout": Message(address="/off"),
        },
        clips=("A", "B"),
    ),
    "resolume": Example(params={"layer": 2}),
    "disguise": Example(clips=("Prologue", "Eternal")),
    "qlab": Example(clips=("1", "2.5")),
    "millumin": Example(params={"layer": "Facade"}),
    "watchout": Example(params={"level": "/facade/level"}),
    "pixera": Example(clips=("Timeline 1", "Timeline 2")),
    "pixera over TCP": Example(
        clips=("Timeline 1", "Timeline 2"), dialect="pixera", main="tcp://m:1"
    ),
    "lampwall": Example(
        params={"head": 2},
        clips=("Aurora", "Borealis"),
        declared=declared(read_dialect(of_the_page())),
    ),
}


def server_of(name: str) -> Server:
    """A server of the example, main and backup."""
    example = EXAMPLES[name]
    return Server(
        id="s",
        dialect=example.dialect or name,
        main=example.main,
        backup=example.main.replace("m:", "b:"),
        messages=example.messages,
        declared=example.declared,
    )


def output_of(name: str) -> Output:
    """Its output."""
    return Output(id="o", server="s", surface="x", params=EXAMPLES[name].params)
