"""The link between the player and those who ask: `call`, `entries`, `load`, and a heartbeat.

It hides that they are msgpack frames over a WebSocket on a Unix socket in the data folder, who is
cut and when, and connecting again. `LinkServer` is for the player's loop; `link.client` has the
other side, for asyncio, which the player is spared the import of.
"""

from show_control.link.address import socket_path
from show_control.link.frames import (
    Beat,
    CallFrame,
    Ceiling,
    Entries,
    EntriesAfter,
    Hello,
    Key,
    LoadFrame,
    Refused,
    Reply,
    StoredUpTo,
    Welcome,
)
from show_control.link.server import LinkServer, Peer, Received

__all__ = [
    "Beat",
    "CallFrame",
    "Ceiling",
    "Entries",
    "EntriesAfter",
    "Hello",
    "Key",
    "LinkServer",
    "LoadFrame",
    "Peer",
    "Received",
    "Refused",
    "Reply",
    "StoredUpTo",
    "Welcome",
    "socket_path",
]
