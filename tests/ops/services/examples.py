"""The Seoul festival, and another that wants the same facade on the same nights."""

from __future__ import annotations

from tests.schedules.examples import SEOUL

FALL = "seoullight-2025-fall"
RIVAL = "seoul-by-day"
RIVALS = SEOUL.replace(f'id = "{FALL}"', f'id = "{RIVAL}"')
# In the afternoon, out of each other's way.
AFTERNOON = RIVALS.replace('at = "20:00"', 'at = "14:00"')
