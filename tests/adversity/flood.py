"""Datagrams to the player's feedback ports as fast as they can be sent, until ended.

python -m tests.adversity.flood PORT ...
"""

from __future__ import annotations

import os
import socket
import sys


def main(ports: list[int]) -> None:
    nonsense = [os.urandom(size) for size in (4, 64, 1400)]
    answer = b"/composition/layers/1/clips/9/connected\0,i\0\0\0\0\0\x03"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        while True:
            for port in ports:
                for datagram in (*nonsense, answer):
                    sender.sendto(datagram, ("127.0.0.1", port))


if __name__ == "__main__":
    main([int(port) for port in sys.argv[1:]])
