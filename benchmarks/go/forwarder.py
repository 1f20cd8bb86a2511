"""The bare forwarder: what comes by a door goes out as OSC, with no questions asked and no record kept.

python -m benchmarks.go.forwarder UDP_PORT HTTP_PORT OSC_PORT

HTTP and WebSocket by uvicorn, a plain ASGI function and no framework; OSC by asyncio's datagrams.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from typing import Any

import uvicorn

from show_control import osc
from show_control.model import Argument


class Sender:
    def __init__(self, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.connect(("127.0.0.1", port))

    def send(self, clip: int) -> None:
        self._socket.send(osc.encode("/cue", (Argument(tag="i", value=clip),)))


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def datagram_received(self, data: bytes, addr: Any) -> None:
        del addr
        self._sender.send(int(osc.decode(data)[0].args[0].value or 0))


async def main(udp_port: int, http_port: int, osc_port: int) -> None:
    sender = Sender(udp_port)

    async def follow(receive: Any, send: Any) -> None:
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            sender.send(json.loads(message["text"])["clip"])
            await send({"type": "websocket.send", "text": "{}"})

    async def forward(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await follow(receive, send)
            return
        body = (await receive())["body"]
        sender.send(json.loads(body)["clip"])
        headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{}"})

    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(
        lambda: Datagrams(sender), local_addr=("127.0.0.1", osc_port)
    )
    config = uvicorn.Config(
        forward,
        lifespan="off",
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )
    with socket.create_server(("127.0.0.1", http_port)) as listener:
        print("ready", flush=True)
        await uvicorn.Server(config).serve([listener])


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
