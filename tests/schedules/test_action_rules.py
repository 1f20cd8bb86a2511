"""What may be told besides looks: load, seek, raw OSC, and sequences that start and end each other."""

from __future__ import annotations

import pytest

from schedules.compile import compile_nights
from schedules.faults import Fault
from schedules.festival_file import decode, read
from show_control.model import Action, Argument
from tests.schedules.examples import SMALL, bent
from tests.schedules.test_cue_rules import with_cues

SERVERS = """
[[surfaces]]
id = "yard"
venue = "hall"

[[dialects]]
name = "lampwall"
actions.play = { send = { address = "/show", args = [{ s = "{clip}" }] } }
actions.stop = { send = { address = "/clear" } }
actions.seek = { send = { address = "/time", args = [{ f = "{seconds}" }] } }

[[servers]]
id = "wo"
dialect = "watchout"
main = "udp://127.0.0.1:8000"
[[servers]]
id = "px"
dialect = "pixera"
main = "tcp://127.0.0.1:1400"
[[servers]]
id = "lab"
dialect = "qlab"
main = "tcp://127.0.0.1:53000"
[[servers]]
id = "lamps"
dialect = "lampwall"
main = "udp://127.0.0.1:9100"

[[outputs]]
id = "time"
server = "wo"
surface = "yard"
[[outputs]]
id = "pixels"
server = "px"
surface = "yard"
[[outputs]]
id = "stage"
server = "lab"
surface = "yard"
[[outputs]]
id = "lamp"
server = "lamps"
surface = "yard"
"""


def told(*actions: str, more: str = "") -> str:
    return with_cues(f'{{ number = "1", do = [{", ".join(actions)}] }}', more=SERVERS + more)


def faults(*actions: str, more: str = "") -> list[Fault]:
    return list(read(told(*actions, more=more))[1])


def test_all_of_an_action_reaches_the_night_file() -> None:
    text = told(
        '{ action = "load", clip = "4", outputs = ["stage"] }',
        '{ action = "seek", to = "1m30s", outputs = ["stage", "lamp", "time", "pixels"] }',
        '{ action = "osc", address = "/a/b", args = [{ i = 3 }, { T = true }], outputs = ["left"] }',
    )
    (cue,) = compile_nights(decode(text)).night_file.sequences["show"].cues
    assert cue.do == (
        Action(kind="load", clip="4", outputs=("stage",)),
        Action(kind="seek", to=90_000, outputs=("stage", "lamp", "time", "pixels")),
        Action(
            kind="osc",
            address="/a/b",
            args=(Argument(tag="i", value=3), Argument(tag="T")),
            outputs=("left",),
        ),
    )
    assert cue.length == 0


def test_a_load_of_a_work_has_its_clip_of_each_surface() -> None:
    text = bent(
        told('{ action = "load", work = "rain", outputs = ["below"] }'),
        'messages.play = { address = "/play", args = [{ s = "{clip}" }] }\n',
        'messages.play = { address = "/play", args = [{ s = "{clip}" }] }\n'
        'messages.load = { address = "/load", args = [{ s = "{clip}" }] }\n',
    )
    (cue,) = compile_nights(decode(text)).night_file.sequences["show"].cues
    assert cue.do == (Action(kind="load", clip="rain", work="rain", outputs=("below",)),)


WRONG = [
    # a dialect that has no message says why
    ('{ action = "load", clip = 1, outputs = ["left"] }', "action", "ready unseen"),
    ('{ action = "seek", to = "5s", outputs = ["left"] }', "action", "a part of the clip's duration"),
    ('{ action = "load", clip = 1, outputs = ["time"] }', "action", "shows it"),
    ('{ action = "load", clip = "x", outputs = ["lamp"] }', "action", "does not say actions.load"),
    ('{ action = "seek", to = "5s", outputs = ["below"] }', "action", "no message for seek"),
    ('{ action = "osc", address = "/x", outputs = ["pixels"] }', "action", "no OSC"),
    # keys
    ('{ action = "load", outputs = ["stage"] }', "clip", "a load of nothing"),
    ('{ action = "seek", outputs = ["stage"] }', "to", "missing"),
    ('{ action = "seek", to = 5, outputs = ["stage"] }', "to", "not a length"),
    ('{ action = "seek", to = "5s", fade = "1s", outputs = ["stage"] }', "fade", "says nothing to a seek"),
    ('{ action = "osc", outputs = ["left"] }', "address", "missing"),
    ('{ action = "osc", address = "/x" }', "outputs", "no outputs"),
    ('{ action = "osc", address = "x", outputs = ["left"] }', "address", "not an OSC address"),
    ('{ action = "osc", address = "/{clip}", outputs = ["left"] }', "address", "nothing is filled in"),
    ('{ action = "osc", address = "/x", args = [{ i = 2.5 }], outputs = ["left"] }', "args[0].i", "cannot carry"),
    ('{ action = "osc", address = "/x", args = [{ s = "on" }], outputs = ["time"] }', "args", "numbers alone"),
    ('{ action = "osc", address = "/x", value = 0.5, outputs = ["left"] }', "value", "says nothing to an osc"),
    ('{ action = "sek", to = "5s", outputs = ["stage"] }', "action", "not known here"),
    # sequences
    ('{ action = "start", sequence = "shw" }', "sequence", 'no sequence "shw"'),
    ('{ action = "start" }', "sequence", "missing"),
    ('{ action = "start", sequence = "show" }', "sequence", "would start itself"),
    ('{ action = "end", sequence = "show", outputs = ["left"] }', "outputs", "says nothing to an end"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "path", "message"), WRONG)
def test_a_rule_that_does_not_hold(action: str, path: str, message: str) -> None:
    (fault,) = faults(action)
    assert fault.path == f"sequences[0].cues[0].do[0].{path}"
    assert message in fault.message
    assert fault.right


def test_what_makes_no_look_is_no_safe_look() -> None:
    safe = 'id = "wall"\nvenue = "hall"\nsafe = { action = "osc", address = "/x" }'
    (fault,) = read(bent(SMALL, 'id = "wall"\nvenue = "hall"', safe))[1]
    assert (fault.path, fault.message) == ("surfaces[0].safe[0].action", "osc makes no look")


def test_raw_osc_to_a_server_names_its_hazards_too() -> None:
    text = bent(
        told('{ action = "osc", address = "/x", outputs = ["below"] }'),
        'id = "below"\nserver = "any"\nsurface = "floor"\n',
        'id = "below"\nserver = "any"\nsurface = "floor"\n'
        '[[outputs]]\nid = "beam"\nserver = "any"\nsurface = "floor"\nhazard = "laser"\n',
    )
    (fault,) = read(text)[1]
    assert "any drives the laser beam too" in fault.message
    assert "name beam as well" in fault.right


MORE = """
[[sequences]]
id = "side"
cues = [{ number = "1", do = [
  { action = "start", sequence = "deep" },
  { action = "level", value = 0.5, outputs = ["right"] },
] }]
[[sequences]]
id = "deep"
cues = [{ number = "1", do = { action = "play", clip = "x", outputs = ["below"] } }]
"""


def test_what_is_started_comes_with_the_night_and_its_outputs_with_the_slot() -> None:
    start = '{ action = "start", sequence = "side" }'
    play = '{ action = "play", clip = 1, outputs = ["left"] }'
    file = compile_nights(decode(told(start, play, more=MORE))).night_file
    assert {"show", "side", "deep"} <= file.sequences.keys()
    (gala,) = [s for n in file.nights for s in n.slots if s.id == "gala"]
    assert set(gala.outputs) == {"left", "right", "below"}


def test_a_sequence_that_comes_back_to_itself_is_told_at_each_of_its_starts() -> None:
    start = '{ action = "start", sequence = "side" }'
    back = MORE.replace('clip = "x", outputs = ["below"]', 'clip = "x", outputs = ["below"] }, { action = "start", sequence = "show"')  # fmt: skip
    back = back.replace("do = { action", "do = [{ action").replace('"show" } }]', '"show" }] }]')
    found = faults(start, more=back)
    assert [f.path for f in found] == [
        "sequences[0].cues[0].do[0].sequence",
        "sequences[1].cues[0].do[0].sequence",
        "sequences[2].cues[0].do[1].sequence",
    ]
    assert "by way of side" in found[0].message
