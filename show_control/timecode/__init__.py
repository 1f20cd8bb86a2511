"""Timecode in: what is heard of it, the mapping that it comes to, and the player's door to it.

`artnet.py`, `mtc.py` and `rtp_midi.py` read packets, `chasing.py` makes of frames a position at every
instant; all four are pure. `receiving.py` has the sockets, `door.py` tells the engine.
"""
