"""A flood of the link: calls and questions as fast as they are taken.

python -m benchmarks.instants.flooding FOLDER
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, unix_connect

from show_control.clock import SystemClock
from show_control.events import Call
from show_control.link import CallFrame, EntriesAfter, Hello, socket_path
from show_control.link.frames import pack

AT_ONCE = 200
"""Frames that may be unanswered: who asks for more than it reads is cut, and floods nobody."""


def main(folder: Path) -> None:
    while True:
        try:
            flood(folder)
        except (ConnectionClosed, OSError):
            pass  # cut after all, or the player is gone: again


def flood(folder: Path) -> None:
    clock = SystemClock()
    room = threading.Semaphore(AT_ONCE)
    with unix_connect(str(socket_path(folder)), compression=None, max_size=None) as link:
        link.send(pack(Hello(name="flood", ceiling="call")))
        threading.Thread(target=swallow, args=(link, room), daemon=True).start()
        number = 0
        while True:
            number += 1
            room.acquire(timeout=1)
            link.send(pack(EntriesAfter(id=number, limit=20)))
            room.acquire(timeout=1)
            nobody = Call(call="go", run="nobody", by="flood", request=str(number))
            link.send(pack(CallFrame(id=-number, call=nobody, made=clock.boottime())))


def swallow(link: ClientConnection, room: threading.Semaphore) -> None:
    try:
        for _ in link:
            room.release()
    except ConnectionClosed:
        pass


if __name__ == "__main__":
    main(Path(sys.argv[1]))
