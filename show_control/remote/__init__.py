"""The OSC remote: a door of the player's loop, closed until the installation's settings open it.

`door.py` is heard and tells, `wire.py` has its sockets, `gate.py` who is let in; `acting.py` is what a
message comes to: `words.py` has Lamplighter's own words, `qlab/` those of QLab. docs/remote.md tells them all.
"""

from __future__ import annotations

from show_control.remote.door import Remote

__all__ = ["Remote"]
