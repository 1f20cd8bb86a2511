"""Logs: structlog, JSON lines where nobody watches, one line for each request and each call."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import cast

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

from ops.settings import Settings

SECRETS = frozenset({"password", "cookie", "authorization", "token", "session", "hash", "dsn"})
REFUSED_UPGRADE = "without completing handshake"
"""uvicorn takes a WebSocket refused by an HTTP answer for a fault; the edge has told of it."""
# Without local variables: a password may be among them.
EXCEPTIONS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def configure_logs(settings: Settings) -> None:
    """Send our own lines and those of the libraries to stderr in one form."""
    as_json = settings.log == "json" or (settings.log == "auto" and not sys.stderr.isatty())
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        withhold_secrets,
    ]
    structlog.configure(
        processors=[*shared, *_rendering(as_json)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(as_json),
            ],
        )
    )
    handler.addFilter(lambda line: REFUSED_UPGRADE not in line.getMessage())
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)


def _rendering(as_json: bool) -> Iterable[Processor]:
    if as_json:
        return (EXCEPTIONS, structlog.processors.JSONRenderer())
    return (structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),)


def withhold_secrets(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """A belt beside the braces: nothing called like a secret is written, whoever logs it."""
    for key in SECRETS.intersection(line):
        line[key] = "withheld"
    return line


def logger(name: str) -> FilteringBoundLogger:
    return cast("FilteringBoundLogger", structlog.get_logger(source=name))
