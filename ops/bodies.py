"""What a request's body is read as: JSON, or refused in words."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.exceptions import SerializationException


class JsonRequest(Request[Any, Any, Any]):
    """Litestar's, where also a body that is no UTF-8, or nested without end, is the sender's fault.

    The decoder tells of these two by Python's own exceptions, which would pass for ours.
    """

    async def json(self) -> Any:
        try:
            return await super().json()
        except UnicodeDecodeError as fault:
            raise SerializationException("JSON is UTF-8, and this is not") from fault
        except RecursionError as fault:
            raise SerializationException("JSON is nested too deeply") from fault
