"""Evidence through the player's own loop: a clip's name, its place by the look, and the age of it all."""

from __future__ import annotations

import msgspec
import pytest

from show_control.documents import EvidenceView
from show_control.model import Action, NightFile
from tests.show_control.house import WALL, cue, level, night_file, play, sequence, slot
from tests.show_control.playing import Playing

NAMED = Action(kind="play", clip=7, clip_name="VALLEY_LIGHT", outputs=WALL)


def house(*do: Action) -> NightFile:
    cues = (cue("1", *do, length=None), cue("2", level(0.5)))
    return night_file(
        (sequence("show", *cues),), (slot("gala", "20:00", "22:00", "show", start="manual"),)
    )


def running(*do: Action, until: str = "20:00:03") -> Playing:
    playing = Playing(house(*do or (play(7),)), "19:59")
    playing.call("go gala", "20:00")
    playing.until(until)
    return playing


def main(playing: Playing, output: str = "left") -> EvidenceView:
    return playing.output(output).evidence[0]


# --- the name -----------------------------------------------------------------------------------------------------


def test_a_clip_is_what_the_file_calls_it_or_it_differs() -> None:
    playing = running(NAMED)
    assert main(playing).reported["clip_name"] == "VALLEY_LIGHT"
    assert playing.output("left").lit
    core = next(s for s in playing.servers if s.name == "one").core
    core._names[1, 7] = "VALLEY_OLD"  # somebody put another file there
    playing.until("20:00:06")
    assert (main(playing).agreement, main(playing).reported["clip_name"]) == (
        "differs",
        "VALLEY_OLD",
    )
    assert not playing.output("left").lit
    assert playing.output("right").lit  # the same clip, on its own layer, is what it should be


# --- the place ----------------------------------------------------------------------------------------------------


def restarted(playing: Playing, late: int) -> None:
    """Somebody's hand begins the clip anew."""
    next(s for s in playing.servers if s.name == "one").core.since[1] += late


def test_a_clip_that_is_not_where_its_look_has_it_is_told() -> None:
    playing = running(until="20:00:10")
    assert "off" not in main(playing).reported
    restarted(playing, 8000)
    playing.until("20:00:13")
    assert main(playing).agreement == "confirmed"  # it is the right clip
    assert -8100 < main(playing).reported["off"] < -7900
    assert "off" not in playing.output("right").evidence[0].reported
    restarted(playing, -8000)
    playing.until("20:00:25")
    assert "off" not in main(playing).reported


def test_a_little_is_no_matter_nor_is_a_clip_that_began_again_at_its_end() -> None:
    playing = running(until="20:00:10")
    restarted(playing, 700)
    playing.until("20:02:30")  # the simulated clip lasts a minute
    assert "off" not in main(playing).reported
    assert main(playing).reported["duration"] == 60_000


def test_a_level_moves_no_clip() -> None:
    playing = running(until="20:00:10")
    playing.call("go gala")
    playing.until("20:00:20")
    assert playing.player.state.looks["left"].since == playing.at("20:00:10")
    assert playing.player.state.looks["left"].began == playing.at("20:00")
    assert (main(playing).agreement, "off" in main(playing).reported) == ("confirmed", False)


# --- the age ------------------------------------------------------------------------------------------------------


def test_since_when_it_is_confirmed_and_when_the_last_word_was() -> None:
    playing = running()
    seen = main(playing)
    assert seen.agreement == "confirmed"
    assert playing.at("20:00") < (seen.since or 0) < playing.at("20:00:01")
    assert (seen.since or 0) - 200 < (seen.reported_at or 0) < playing.at("20:00:02")
    playing.give("one", "silent")
    playing.until("20:01")
    seen = main(playing)
    assert (seen.agreement, seen.reported, seen.reported_at) == ("no reply", {}, None)
    assert playing.at("20:00:02") <= (seen.last_at or 0) <= playing.at("20:00:03")
    assert playing.at("20:00:05") < (seen.since or 0) < playing.at("20:00:07")
    again = msgspec.json.decode(msgspec.json.encode(playing.board()))
    (left,) = [o for o in again["outputs"] if o["output"] == "left"]
    assert left["evidence"][0]["last_at"] == seen.last_at


@pytest.mark.parametrize("side", ["main", "backup"])
def test_with_every_server_silent_nothing_is_confirmed_and_nothing_lit(side: str) -> None:
    playing = running()
    for name in ("one", "one/backup", "any"):
        playing.give(name, "silent")
    playing.until("20:00:10")
    for output in playing.board().outputs:
        assert not output.lit
        assert all(e.agreement != "confirmed" for e in output.evidence if e.which == side)
