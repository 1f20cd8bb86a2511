"""Rules of meets, start, automation and overrun on nights that pass midnight and change their offset.

Everything of the hand is elapsed time; what is planned is a wall time. So the same lateness is an overrun on
the night that loses an hour, and is gone by the next slot on one that has an hour twice.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control.model import NightFile
from show_control.timing import night_time
from show_control.views.predictions import prediction_views
from tests.schedules.examples import SEOUL
from tests.show_control.playbook import Desk, call

MINUTE = 60_000
NIGHTS = {
    ("Asia/Seoul", "2025-09-02"): 70,
    ("America/New_York", "2026-03-07"): 10,
    ("America/New_York", "2025-11-01"): 130,
    ("Australia/Lord_Howe", "2025-10-04"): 40,
    ("Australia/Lord_Howe", "2026-04-04"): 100,
}
"""Zone and night: how many minutes there are from 25:50 to 27:00."""
FESTIVAL = """\
format = 1
[festival]
id = "late"
kind = "festival"
title = "Late"
time_zone = "{zone}"
night_ends = "06:00"
nights = {{ from = {night}, to = {night} }}
[[venues]]
id = "hall"
[[surfaces]]
id = "wall"
venue = "hall"
curfew = "27:10"
[[servers]]
id = "one"
dialect = "resolume"
main = "udp://127.0.0.1:7000"
[[outputs]]
id = "left"
server = "one"
surface = "wall"
params = {{ layer = 1 }}
[[artists]]
id = "kim"
[[works]]
id = "talk"
duration = "20m"
clips = {{ wall = 1 }}
[[works]]
id = "act"
duration = "10m"
clips = {{ wall = 2 }}
[[slots]]
id = "gala"
surface = "wall"
programme = "special"
night = {night}
starts = {{ at = "25:30" }}
works = ["talk"]
start = "manual"
[[slots]]
id = "loop"
surface = "wall"
night = {night}
starts = {{ at = "25:50" }}
works = ["act"]
meets = "{meets}"
[[slots]]
id = "last"
surface = "wall"
programme = "special"
night = {night}
starts = {{ at = "27:00" }}
works = ["act"]
start = "manual"
"""

every_night = pytest.mark.parametrize(("zone", "night"), NIGHTS)


@cache
def file(zone: str, night: str, meets: str = "skip") -> NightFile:
    text = FESTIVAL.format(zone=zone, night=night, meets=meets)
    return compile_nights(decode(text)).night_file


def slot(of: NightFile, name: str) -> tuple[int, int]:
    (found,) = [s for s in of.nights[0].slots if s.id == name]
    return found.starts, found.ends


def over(desk: Desk) -> int:
    assert desk.state.file is not None
    return sum(v.over for v in prediction_views(desk.state, desk.state.file.nights[0], desk.now))


@every_night
def test_a_slot_that_takes_over_bounds_every_hand(zone: str, night: str) -> None:
    late = file(zone, night, "take over")
    desk = Desk(late)
    starts, _ = slot(late, "gala")
    assert over(desk) == 0
    desk.do(call("go gala 1"), starts + 8 * MINUTE)
    desk.do(call("hold gala"), starts + 9 * MINUTE)
    assert over(desk) == 0, "the loop takes over at its instant"


@every_night
def test_the_same_lateness_is_over_only_where_the_night_has_no_room(zone: str, night: str) -> None:
    late = file(zone, night)
    desk = Desk(late)
    loop, _ = slot(late, "loop")
    last, ends = slot(late, "last")
    desk.do(call("go gala 1"), loop - 1 * MINUTE)
    gap = last - (loop + 19 * MINUTE)
    assert over(desk) == max(0, -gap)
    assert last - loop == NIGHTS[zone, night] * MINUTE
    assert ends == late.nights[0].curfews["wall"]


@every_night
@pytest.mark.parametrize("meets", ["wait", "take over", "skip"])
def test_each_rule_at_its_instant_as_the_wall_says_it(zone: str, night: str, meets: str) -> None:
    late = file(zone, night, meets)
    desk = Desk(late)
    gala, ends = slot(late, "gala")
    desk.do(call("go gala 1"), ends - 5 * MINUTE)
    told = desk.lines(call("note", reason="now"), slot(late, "loop")[0])
    said = {
        "wait": "25:50:00 waiting loop: gala is in hand, by Kim",
        "take over": "25:50:00 ended gala: loop took over, from Kim",
        "skip": "25:50:00 skipped loop: gala is in hand, by Kim",
    }
    assert said[meets] in told
    assert night_time(gala, night, zone, millis=False) == "25:30:00"


@every_night
def test_started_early_it_lasts_as_long_and_is_not_started_again(zone: str, night: str) -> None:
    late = file(zone, night)
    desk = Desk(late)
    starts, ends = slot(late, "loop")
    desk.do(call("automation_off"), starts - 65 * MINUTE)
    desk.do(call("start loop"), starts - 60 * MINUTE)
    (run,) = [r for r in desk.state.runs.values() if r.slot == "loop"]
    assert (run.starts, run.ends - run.starts) == (starts - 60 * MINUTE, ends - starts)
    desk.do(call("automation_on"), starts - 1)
    told = desk.lines(call("note", reason="now"), starts)
    assert not [line for line in told if "loop" in line]


def test_the_opening_night_of_seoul_with_automation_off_and_a_slot_brought_later() -> None:
    desk = Desk(compile_nights(decode(SEOUL), nights=[date(2025, 8, 28)]).night_file)
    desk.call("automation_off", "20:40", reason="rain")
    assert [t for t in desk.until("21:01") if "facade-loop.3" in t] == [
        "21:00:00 skipped facade-loop.3: automation is off, by Kim: rain"
    ]
    told = desk.lines(call("start facade-loop.3"), "21:05:30")
    assert "21:05:30 cue_went facade-loop.3 1 auto" in told
    on = desk.until("21:31")
    assert "21:30:00 skipped facade-loop.4: automation is off, by Kim: rain" in on
    assert not [t for t in on if "ended facade-loop.3" in t], "nothing comes next by itself"
