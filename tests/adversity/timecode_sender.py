"""Art-Net timecode at 25 frames a second, written by hand, from an instant on; or five thousand a second of it.

python -m tests.adversity.timecode_sender PORT UNIX_MILLISECONDS [flood]

Frame n is sent at the instant and 40 ms for each; 10:00:00:00 is the first.
"""

from __future__ import annotations

import socket
import sys
import time

HEAD = bytes.fromhex("4172742D4E657400 0097 000E 00 00")
FLOOD = 5000


def packet(n: int, hours: int = 10) -> bytes:
    seconds, frame = divmod(n, 25)
    return HEAD + bytes((frame, seconds % 60, seconds // 60 % 60, hours, 1))


def frames(out: socket.socket, start: float) -> None:
    """On their instants, and late only where this process is."""
    n = max(0, int((time.time() - start) / 0.04) + 1)
    while True:
        due = start + n * 0.04
        while (left := due - time.time()) > 0:
            time.sleep(left if left < 0.002 else left - 0.002)
        say(out, packet(n))
        n += 1


def flood(out: socket.socket) -> None:
    began, n = time.monotonic(), 0
    while True:
        while n < (time.monotonic() - began) * FLOOD:
            say(out, packet(n % 1500, hours=2))
            n += 1
        time.sleep(0.001)


def say(out: socket.socket, datagram: bytes) -> None:
    try:
        out.send(datagram)
    except ConnectionRefusedError:
        pass  # the player is not there now


def main(port: int, start: float, mode: str = "") -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.connect(("127.0.0.1", port))
        if mode == "flood":
            flood(out)
        frames(out, start)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) / 1000, *sys.argv[3:])
