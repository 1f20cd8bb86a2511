"""`on_air` of a server in the festival file: what is told, what is heard, and each fault of it."""

from __future__ import annotations

import pytest

from schedules.compile import compile_nights
from schedules.faults import FestivalFaults
from schedules.festival_file import decode
from show_control.model import Action, Argument, Message, Switch, SwitchSays
from show_control.night_file_rules import faults
from tests.schedules.examples import GALLERY, RIVER, SMALL, bent

MATRIX = """
[[servers]]
id = "matrix"
dialect = "generic"
main = "udp://127.0.0.1:8000"
"""
VIA = 'via = "matrix"'
MAIN = 'main = { address = "/matrix/1/take", args = [{ i = 1 }] }'
BACKUP = 'backup = { address = "/matrix/1/take", args = [{ i = 2 }] }'
SAYS = 'says = { address = "/matrix/1/source", main = 1, backup = 2, ask = { address = "/matrix/1/source" } }'


def file(*parts: str, small: str = SMALL) -> str:
    on_air = f"on_air = {{ {', '.join(parts or (VIA, MAIN, BACKUP, SAYS))} }}"
    one = 'main = "udp://127.0.0.1:7000"'
    return bent(small, one, f'{one}\nbackup = "udp://127.0.0.1:7010"\n{on_air}') + MATRIX


def told(text: str) -> list[str]:
    with pytest.raises(FestivalFaults) as caught:
        decode(text)
    return [str(fault) for fault in caught.value.faults]


def test_it_comes_into_the_night_file() -> None:
    servers = compile_nights(decode(file())).night_file.servers
    one, two = (
        Message(address="/matrix/1/take", args=(Argument(tag="i", value=n),)) for n in (1, 2)
    )
    ask = Message(address="/matrix/1/source")
    says = SwitchSays(address="/matrix/1/source", main=1, backup=2, ask=ask)
    assert servers["one"].on_air == Switch(via="matrix", main=one, backup=two, says=says)
    assert servers["matrix"].on_air is None


def test_what_it_says_may_be_left_out() -> None:
    switch = compile_nights(decode(file(VIA, MAIN, BACKUP))).night_file.servers["one"].on_air
    assert switch is not None
    assert switch.says is None


@pytest.mark.parametrize("text", [RIVER, GALLERY])
def test_files_without_it_have_none(text: str) -> None:
    assert not any(s.on_air for s in compile_nights(decode(text)).night_file.servers.values())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (file('via = "matrx"', MAIN, BACKUP), "servers[0].on_air.via: "),
        (file(VIA, MAIN), "servers[0].on_air.backup: "),
        (file(VIA, MAIN, BACKUP.replace("i = 2", "i = 1")),
         "servers[0].on_air.backup: it says the same as main"),
        (file(VIA, MAIN.replace('"/', '"'), BACKUP),
         'servers[0].on_air.main.address: "matrix/1/take" is not an OSC address'),
        (file(VIA, MAIN, BACKUP, SAYS.replace("backup = 2", "backup = 1")),
         "servers[0].on_air.says.backup: 1 is what it says of main"),
        (file(VIA, MAIN, BACKUP, SAYS.replace('address = "/matrix/1/source", main', 'address = "source", main')),
         'servers[0].on_air.says.address: "source" is not an OSC address'),
        (file('via = "one"', MAIN, BACKUP),
         "servers[0].on_air.via: one has a backup of its own"),
        (file(VIA, MAIN, BACKUP).replace('backup = "udp://127.0.0.1:7010"\n', ""),
         "servers[0].on_air: one has no backup to put on"),
        (file().replace('dialect = "generic"\nmain = "udp://127.0.0.1:8000"',
                        'dialect = "pixera"\nmain = "tcp://127.0.0.1:1400"'),
         "servers[0].on_air.via: matrix does not speak OSC"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_path(text: str, fault: str) -> None:
    assert [found for found in told(text) if found.startswith(fault)]


def test_a_server_that_only_moves_pictures_needs_no_messages_of_its_own() -> None:
    assert decode(file())
    alone = SMALL + MATRIX
    assert told(alone)[0].startswith("servers[2].messages: a generic server is sent nothing")


def test_a_night_file_whose_switch_is_nowhere_is_refused() -> None:
    good = compile_nights(decode(file())).night_file
    bad = {name: s for name, s in good.servers.items() if name != "matrix"}
    assert faults(
        type(good)(**{f: getattr(good, f) for f in good.__struct_fields__} | {"servers": bad})
    ) == ["server one: there is no server matrix"]


ACTION = '{ action = "on_air", server = "one", which = "backup" }'
CUE = '{ number = "1", do = [{ outputs = ["surface:wall"], action = "play", clip = 7 }] }'


def acting(action: str) -> str:
    return bent(file(), CUE, f'{{ number = "1", do = [{action}] }}')


def test_a_cue_may_do_it() -> None:
    (first, _) = compile_nights(decode(acting(ACTION))).night_file.sequences["show"].cues
    assert first.do == (Action(kind="on_air", outputs=(), server="one", which="backup"),)
    assert first.length == 0


@pytest.mark.parametrize(
    ("action", "fault"),
    [
        (ACTION.replace('"one"', '"any"'), "server: nothing puts any on the picture"),
        (ACTION.replace('"one"', '"two"'), "server: "),
        (ACTION.replace(', which = "backup"', ""), "which: which is missing"),
        (ACTION.replace("which", 'fade = "2s", which'), "fade: fade says nothing to an on_air"),
        (ACTION.replace("which", 'outputs = ["left"], which'), "outputs: outputs says nothing to an on_air"),
        ('{ action = "stop", outputs = ["left"], server = "one" }', "server: server says nothing to a stop"),
    ],
)  # fmt: skip
def test_each_fault_of_the_action_is_told(action: str, fault: str) -> None:
    assert [f for f in told(acting(action)) if f.startswith(f"sequences[0].cues[0].do[0].{fault}")]
