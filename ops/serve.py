"""The service's process: what `lamplighter run` starts."""

from __future__ import annotations

import socket

import uvicorn

from ops.app import create_app
from ops.logs import configure_logs, logger
from ops.settings import Settings

BACKLOG = 2048
LARGEST_MESSAGE = 65_536
"""Bytes that a client may send in a WebSocket message: the longest note fits, however it is escaped."""
UNREAD = 65_536
"""Bytes that the kernel is asked to keep for a connection that does not read them (it takes about
twice as much): what lies there is old by the time it is read. Left to itself it keeps megabytes."""
GRACE = 3
"""Seconds for open requests to end when the service is told to stop."""


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM."""
    configure_logs(settings)
    config = configuration(settings)
    logger("serve").info("serving", host=settings.host, port=settings.port)
    uvicorn.Server(config).run([listening(config)])


def listening(config: uvicorn.Config) -> socket.socket:
    """The bound socket; what is set on it holds for every connection that it takes."""
    bound = config.bind_socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNREAD)
    return bound


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
        # Nobody else's X-Forwarded-* is believed: anybody can send them.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
        timeout_graceful_shutdown=GRACE,
    )
