"""The service's process: what `lamplighter run` starts."""

from __future__ import annotations

import socket

import uvicorn

from ops.app import create_app
from ops.logs import configure_logs, logger
from ops.settings import Settings

BACKLOG = 2048
LARGEST_MESSAGE = 1024
"""Bytes that a client may send in a WebSocket message: it has its clock's reading to send."""
GRACE = 3
"""Seconds for open requests to end when the service is told to stop."""


def serve(settings: Settings, listening: socket.socket | None = None) -> None:
    """Serve until SIGINT or SIGTERM. `listening`: a bound socket, where the parent has one."""
    configure_logs(settings)
    server = uvicorn.Server(configuration(settings))
    logger("serve").info("serving", host=settings.host, port=settings.port)
    server.run(None if listening is None else [listening])


def configuration(settings: Settings) -> uvicorn.Config:
    """How uvicorn serves; tests serve in the same way."""
    return uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        backlog=BACKLOG,
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
    )
