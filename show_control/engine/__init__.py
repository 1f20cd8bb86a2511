"""The pure engine. `step.py` decides when a cue fires; `calls.py` what an operator may ask."""

from show_control.engine.on_timecode import waiting
from show_control.engine.state import EMPTY, State, apply, patch
from show_control.engine.step import deadline, step

__all__ = ["EMPTY", "State", "apply", "deadline", "patch", "step", "waiting"]
