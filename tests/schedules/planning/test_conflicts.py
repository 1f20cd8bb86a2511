"""Every code of conflict, with its reason and with its way out carried through."""

from __future__ import annotations

import string
from typing import get_args

import pytest

from schedules.festival_file import decode
from schedules.festival_file import read as festival_and_faults
from schedules.nights import night_time
from schedules.planning.conflict_model import Code, Conflict
from schedules.planning.conflict_words import REASONS, REMEDIES
from schedules.planning.conflicts import Judged, conflicts, judge
from tests.schedules.examples import GALLERY, RIVER, SEOUL, SMALL, bent

WALL = 'id = "wall"\nvenue = "hall"\n'
FLOOR = 'id = "floor"\nvenue = "hall"\n'
RAIN = 'id = "rain"\nduration = "5m"\n'
GALA = 'sequence = "show"\n'
KIM = 'id = "kim"\n'
FLOOR_LOOP = '\n[[patterns]]\nid = "floor-loop"\nsurface = "floor"\nstarts = { at = "20:00" }\nworks = ["rain"]\n'
SECOND_GALA = '\n[[slots]]\nid = "late"\nsurface = "wall"\nprogramme = "special"\nnight = 2025-09-02\nstarts = { at = "20:15" }\nduration = "10m"\nsequence = "show"\n'
ONE_HEAD = (
    'server = "any"\nsurface = "floor"',
    'server = "one"\nsurface = "floor"\nparams = { layer = 1 }',
)
QUIET = 'cues = [\n  { number = "1", do = [{ outputs = ["surface:wall"], action = "play", clip = 7 }] },\n  { number = "2", do = [{ outputs = ["surface:wall", "below"], action = "play", work = "rain" }] },\n]'
ON_THE_WALL = (
    'cues = [{ number = "1", do = [{ outputs = ["surface:wall"], action = "play", clip = 7 }] }]'
)
ON_THE_FLOOR = (
    'cues = [{ number = "1", do = [{ outputs = ["below"], action = "play", work = "rain" }] }]'
)

LOOP_APART = ("passes = 2", "passes = 2\nexcept = [2025-09-02]")
WITHOUT_RAIN = (QUIET, ON_THE_WALL)


def with_keys(anchor: str, keys: str) -> tuple[str, str]:
    return anchor, anchor + keys + "\n"


CASES: list[tuple[Code, str, str, str, list[tuple[str, str]]]] = [
    ("overlap", "error", "move", "both are base on wall", [('"30m"', '"10m"')]),
    ("overlap", "error", "drop", "gala, 20:10-20:20", [("", SECOND_GALA), with_keys(WALL, 'opening = "20:10"\ncurfew = "20:25"')]),
    ("changeover", "warning", "move", "5m after loop.1 ends: wall needs 10m to change over", [with_keys(WALL, 'changeover = "10m"'), ('works = ["rain", "snow"]', 'works = ["rain"]\nexcept = [2025-09-02]'), ('"30m"', '"10m"')]),
    ("displaced", "notice", "move", "is displaced by gala, 20:10-20:20", []),
    ("outside_night", "error", "move", "does not lie inside its night, 06:00-30:00", [('"20:10"', '"29:55"')]),
    ("opening", "warning", "move", "before wall opens at 20:05", [with_keys(WALL, 'opening = "20:05"')]),
    ("closed", "error", "move", "while it is closed, 19:00-20:20 (polish)", [with_keys(WALL, 'closures = [{ from = 2025-09-01, to = 2025-09-01, hours = { from = "19:00", to = "20:20" }, reason = { en = "polish" } }]')]),
    ("closed", "error", "drop", "while it is closed, 06:00-30:00", [with_keys(WALL, "closures = [{ from = 2025-09-01, to = 2025-09-01 }]")]),
    ("curfew", "error", "move", "runs past curfew: wall goes dark at 20:40", [with_keys(WALL, 'curfew = "20:40"')]),
    ("curfew", "error", "shorten", "runs past curfew: wall goes dark at 20:16", [with_keys(WALL, 'opening = "20:10"\ncurfew = "20:16"'), ('passes = 2', 'passes = 1\nexcept = [2025-09-01, 2025-09-02, 2025-09-03]')]),
    ("light_hours", "error", "move", "may be lit, 19:00-20:40 (No. 7, hall@example)", [with_keys(WALL, 'permits = { light = { from = "19:00", to = "20:40" }, paper = "No. 7", contact = "hall@example" }')]),
    ("sound_hours", "error", "drop", "has sound (rain)", [with_keys(WALL, 'permits = { sound = { from = "08:00", to = "20:05" } }\nopening = "20:00"'), with_keys(RAIN, "sound = true"), LOOP_APART]),
    ("picture_minutes", "error", "drop", "more than 20 minutes of picture on wall in the hour from 20:00", [with_keys(WALL, "permits = { minutes_an_hour = 20 }")]),
    ("luminance", "error", "leave_out", "rain in loop.1 shines with 900 cd/m2: wall may have 400", [with_keys(WALL, "permits = { luminance = 400 }"), with_keys(RAIN, "luminance = 900"), WITHOUT_RAIN]),
    ("advertising", "error", "leave_out", "rain in loop.1 is advertising", [with_keys(WALL, "permits = { advertising = false }"), with_keys(RAIN, "advertising = true"), WITHOUT_RAIN]),
    ("rights_window", "error", "leave_out", "from 2025-09-02 to 2025-09-05, not on 2025-09-01", [with_keys(RAIN, "rights = { window = { from = 2025-09-02, to = 2025-09-05 } }")]),
    ("rights_surface", "error", "leave_out", "its rights are for floor", [with_keys(RAIN, 'rights = { surfaces = ["floor"] }'), WITHOUT_RAIN]),
    ("away", "error", "move", "needs kim, who is not there then", [with_keys(KIM, 'there = [{ from = 2025-09-02, to = 2025-09-02, hours = { from = "21:00", to = "23:00" } }]'), with_keys(GALA, 'needs = ["kim"]')]),
    ("away", "error", "drop", "needs kim", [with_keys(KIM, "there = []"), with_keys(GALA, 'needs = ["kim"]')]),
    ("needed_twice", "warning", "move", "kim is needed by gala", [(QUIET, ON_THE_WALL), with_keys(GALA, 'needs = ["kim"]'), ("", FLOOR_LOOP + 'needs = ["kim"]\n'), ('"20:10"', '"20:04"')]),
    ("claimed_twice", "error", "move", "server one layer=1 is claimed by loop.1 on wall", [ONE_HEAD, ('clips = { wall = 1, floor = "rain" }', "clips = { wall = 1, floor = 1 }"), ("", FLOOR_LOOP)]),
    ("claimed_twice", "error", "move", "projector 10.0.0.9 is claimed", [("", FLOOR_LOOP + '\n[[projectors]]\nid = "a"\naddress = "10.0.0.9"\noutput = "left"\n\n[[projectors]]\nid = "b"\naddress = "10.0.0.9"\noutput = "below"\n')]),
    ("too_long", "error", "lengthen", "rain, snow lasts 15m, longer than gala, 20:10-20:20", [(GALA, 'works = ["rain", "snow"]\n')]),
    ("sequence_missing", "error", "drop", "the sequence nothing, which is not there", [(GALA, 'sequence = "nothing"\n')]),
    ("sequence_unfit", "error", "drop", "plays snow on floor, whose outputs have no clip of it", [('work = "rain" }', 'work = "snow" }')]),
    ("sequence_unfit", "warning", "drop", "drives none of its outputs", [(QUIET, ON_THE_FLOOR)]),
    ("latest_start", "error", "start_by", "at 20:05 at the latest, before it starts at 20:10", [with_keys(GALA, 'latest_start = "20:05"')]),
    ("latest_start", "warning", "start_by", "started as late as 20:55 would run past curfew", [with_keys(GALA, 'latest_start = "20:55"'), with_keys(WALL, 'curfew = "21:00"')]),
]  # fmt: skip


def read(edits: list[tuple[str, str]]) -> Judged:
    """The small festival with edits; a fault that a conflict tells too is no hindrance here."""
    text = SMALL
    for old, new in edits:
        text = bent(text, old, new) if old else text + new
    return judge(festival_and_faults(text)[0])


def of_code(judged: Judged, code: str) -> dict[tuple[object, ...], Conflict]:
    return {(c.night, c.surface, c.slots, c.other): c for c in judged.conflicts if c.code == code}


@pytest.mark.parametrize(
    ("code", "severity", "do", "said", "edits"), CASES, ids=[f"{c[0]}-{c[2]}" for c in CASES]
)
def test_a_conflict_and_its_way_out(
    code: Code, severity: str, do: str, said: str, edits: list[tuple[str, str]]
) -> None:
    judged = read(edits)
    before = of_code(judged, code)
    found = [c for c in before.values() if said in c.reason["en"]]
    assert found, [c.reason["en"] for c in judged.conflicts]
    assert {(c.severity, c.remedy.do) for c in found} == {(severity, do)}
    for key, conflict in before.items():
        after = of_code(judged.applied(conflict.remedy), code)
        assert key not in after
        assert after.keys() <= before.keys()


def test_every_code_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(get_args(Code))


@pytest.mark.parametrize("said", [*REASONS.values(), *REMEDIES.values()])
def test_both_languages_say_the_same_things(said: tuple[str, str]) -> None:
    en, ko = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in said)
    assert en - {"programme"} == ko - {"programme"}
    assert not said[0].isascii() or any("가" <= letter <= "힣" for letter in said[1])


@pytest.mark.parametrize("text", [SEOUL, RIVER, GALLERY, SMALL])
def test_a_good_file_has_no_errors(text: str) -> None:
    assert [c for c in conflicts(decode(text)) if c.severity == "error"] == []


def test_a_base_slot_that_a_special_displaces_is_a_notice_and_nothing_else() -> None:
    found = [
        c for c in read([with_keys(WALL, 'curfew = "20:12"')]).conflicts if "loop.1" in c.slots
    ]
    on_the_second = [c.code for c in found if c.night.day == 2]
    assert on_the_second == ["displaced"]


def test_what_the_file_does_not_limit_is_no_conflict() -> None:
    text = SMALL + FLOOR_LOOP
    text = bent(bent(text, *with_keys(KIM, "")), GALA, GALA + 'needs = ["kim"]\n')
    text = bent(text, RAIN, RAIN + "luminance = 5000\nadvertising = true\nsound = true\n")
    assert {c.severity for c in conflicts(decode(text))} == {"notice"}


def test_a_closures_reason_is_told_in_each_language_that_it_is_written_in() -> None:
    closed = '[{ from = 2025-09-02, to = 2025-09-02, reason = { ko = "청소", en = "polish" } }]'
    found = read([with_keys(WALL, f"closures = {closed}")]).conflicts
    (reason,) = [c.reason for c in found if (c.code, c.slots) == ("closed", ("gala",))]
    assert reason["en"].endswith(" (polish)")
    assert reason["ko"].endswith("(청소)")


def test_people_of_the_staff_are_needed_as_artists_are() -> None:
    text = bent(SMALL, GALA, GALA + 'needs = ["lee"]\n')
    text += '\n[[staff]]\nid = "lee"\nthere = [{ from = 2025-09-01, to = 2025-09-01 }]\n'
    (away,) = [c for c in conflicts(decode(text)) if c.code == "away"]
    assert (away.slots, away.other.id) == (("gala",), "lee")


def test_a_conflict_reaches_over_from_the_night_before() -> None:
    edits = [
        with_keys(WALL, 'changeover = "30m"'),
        ('starts = { at = "20:00" }', 'starts = { at = "29:20" }'),
        ('"20:10"', '"06:05"'),
        ("passes = 2", "passes = 1"),
    ]
    (met,) = [c for c in read(edits).conflicts if c.code == "changeover" and "gala" in c.slots]
    assert (met.night.day, met.slots) == (2, ("loop.1", "gala"))


def test_a_start_in_the_repeated_hour_is_told_and_never_proposed() -> None:
    text = bent(SMALL, "from = 2025-09-01, to = 2025-09-03", "from = 2025-10-25, to = 2025-10-25")
    text = bent(
        bent(text, "night = 2025-09-02", "night = 2025-10-25"), "Asia/Seoul", "Europe/Berlin"
    )
    text = bent(
        bent(bent(text, '"20:00"', '"26:40"'), "passes = 2", "passes = 6"), '"30m"', '"14m"'
    )
    judged = judge(decode(text))
    moves = [c.remedy for c in judged.conflicts if c.remedy.do == "move"]
    assert moves
    for move in moves:
        after = judged.applied(move)
        (window,) = [w for w in after.windows if w.id == move.slot]
        assert after.limits.instant(_parsed(move.to), move.night) == window.starts


def _parsed(at: str | None) -> int:
    assert at is not None
    return night_time.parse(at)
