"""Festival files to test with: the Seoul one, two of other shapes, and a small one to bend."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).parents[2]

SEOUL = (_ROOT / "festivals" / "seoullight-2025-fall.toml").read_text("utf-8")
RIVER = (_ROOT / "tests" / "festivals" / "river-and-dome.toml").read_text("utf-8")
GALLERY = (_ROOT / "tests" / "festivals" / "gallery-by-day.toml").read_text("utf-8")

SMALL = """\
format = 1

[festival]
id = "small"
kind = "festival"
title = { en = "Small" }
time_zone = "Asia/Seoul"
night_ends = "06:00"
nights = { from = 2025-09-01, to = 2025-09-03 }

[[venues]]
id = "hall"

[[surfaces]]
id = "wall"
venue = "hall"

[[surfaces]]
id = "floor"
venue = "hall"

[[servers]]
id = "one"
dialect = "resolume"
main = "udp://127.0.0.1:7000"

[[servers]]
id = "any"
dialect = "generic"
main = "udp://127.0.0.1:9000"
messages.play = { address = "/play", args = [{ s = "{clip}" }] }
messages.stop = { address = "/stop" }
messages.level = { address = "/level", args = [{ f = "{value}" }] }
messages.blackout = { address = "/dark" }

[[outputs]]
id = "left"
server = "one"
surface = "wall"
params = { layer = 1 }

[[outputs]]
id = "right"
server = "one"
surface = "wall"
params = { layer = 2 }

[[outputs]]
id = "below"
server = "any"
surface = "floor"

[[artists]]
id = "kim"

[[works]]
id = "rain"
duration = "5m"
clips = { wall = 1, floor = "rain" }

[[works]]
id = "snow"
duration = "10m"
clips = { wall = 2 }

[[sequences]]
id = "show"
cues = [
  { number = "1", do = [{ outputs = ["surface:wall"], action = "play", clip = 7 }] },
  { number = "2", do = [{ outputs = ["surface:wall", "below"], action = "play", work = "rain" }] },
]

[[patterns]]
id = "loop"
surface = "wall"
starts = { at = "20:00" }
every = "30m"
passes = 2
works = ["rain", "snow"]

[[slots]]
id = "gala"
surface = "wall"
programme = "special"
night = 2025-09-02
starts = { at = "20:10" }
duration = "10m"
sequence = "show"
"""


def bent(text: str, old: str, new: str) -> str:
    """A text with its one occurrence of `old` replaced."""
    assert text.count(old) == 1, f"{text.count(old)} times: {old}"
    return text.replace(old, new)
