"""Reports to a feedback port, RATE a second: python -m benchmarks.instants.feedback PORT RATE."""

from __future__ import annotations

import socket
import sys
import time

from show_control import osc
from show_control.model import Argument

EVERY = 0.002


def main(port: int, rate: int) -> None:
    reports = [
        osc.encode("/composition/layers/1/video/opacity", (Argument(tag="f", value=n / 100),))
        for n in range(100)
    ]
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.connect(("127.0.0.1", port))
    sent, began = 0, time.monotonic()
    while True:
        while sent < (time.monotonic() - began) * rate:
            try:
                sender.send(reports[sent % 100])
            except ConnectionRefusedError:
                pass  # nobody listens yet
            sent += 1
        time.sleep(EVERY)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
