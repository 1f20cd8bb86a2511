"""A festival file given to a player at its start has all that its coming nights may want."""

from __future__ import annotations

from pathlib import Path

import tomli_w

from ops.coming_nights import packed_nights
from show_control.night_file import open_night_file
from tests.adversity.tonight import opening_night
from tests.browser.evening_of_all import of_all


def test_sequences_that_cues_start_come_with_their_nights(tmp_path: Path) -> None:
    file = open_night_file(packed_nights(tmp_path, tomli_w.dumps(opening_night(of_all))))
    assert {"opening-night", "tide"} <= set(file.sequences)
