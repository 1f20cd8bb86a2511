"""Every error as problem details (RFC 9457), and what of our own can go wrong with a request."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.exceptions import (
    HTTPException,
    NotAuthorizedException,
    NotFoundException,
    PermissionDeniedException,
    SerializationException,
    ValidationException,
)
from litestar.openapi.datastructures import ResponseSpec
from litestar.plugins.problem_details import ProblemDetailsException
from litestar.utils import normalize_path

AnyRequest = Request[Any, Any, Any]
AnyConnection = ASGIConnection[Any, Any, Any, Any]

BODY = "data"
MISSING = re.compile(r"Object missing required field `(.+)`")


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one part of a request, and where."""

    path: str
    message: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Problem details. `errors` for a body or parameter that is not as it should be."""

    status: int
    title: str
    type: str = "about:blank"
    detail: str = ""
    errors: tuple[Fault, ...] = ()


class WrongKey(NotAuthorizedException):
    """A 401 that says more than to sign in: what was offered to be let in by is wrong."""


class WrongPassword(WrongKey):
    def __init__(self) -> None:
        super().__init__(detail="This name and password do not go together.")


class WrongLink(WrongKey):
    def __init__(self) -> None:
        super().__init__(detail="This link holds no longer: ask for another.")


class WrongPin(PermissionDeniedException):
    """The session stays locked."""

    def __init__(self) -> None:
        super().__init__(detail="This does not unlock it.")


class Locked(HTTPException):
    """The session is locked: it shows everything and calls nothing."""

    status_code = 423

    def __init__(self) -> None:
        super().__init__(detail="This session is locked: unlock it first.")


class Unreachable(HTTPException):
    """What the request needs does not answer: the player, or the database."""

    status_code = 503

    def __init__(self, what: str, detail: str) -> None:
        super().__init__(detail=detail, headers={"Retry-After": "2"}, extra={"missing": what})


def as_problem(exc: Exception) -> ProblemDetailsException:
    """The problem that an exception is told as. What we did not expect tells nothing of itself."""
    match exc:
        case ProblemDetailsException():
            return exc
        case ValidationException() | SerializationException():
            return problem(400, "The request is not as it should be.", errors=_faults(exc))
        case NotAuthorizedException() if not isinstance(exc, WrongKey):
            return problem(401, "Sign in first.")
        case HTTPException(status_code=400):
            return problem(400, exc.detail, errors=_faults(exc))
        case HTTPException():
            extra = exc.extra if isinstance(exc.extra, dict) else {}
            return problem(exc.status_code, exc.detail, headers=exc.headers, **extra)
        case _:
            return problem(500, "The service failed at this; its log says how.")


def members_of(found: ProblemDetailsException) -> dict[str, Any]:
    """A problem's members, as an answer's body has them."""
    told = {"status": found.status_code, "type": found.type_, "title": found.title}
    more = found.extra if isinstance(found.extra, dict) else {}
    return told | {"detail": found.detail} | more


def problem(
    status: int, detail: str, headers: dict[str, str] | None = None, **members: Any
) -> ProblemDetailsException:
    title = HTTPStatus(status).phrase
    if detail == title:
        detail = ""
    return ProblemDetailsException(
        detail=detail or title,
        status_code=status,
        title=title,
        type_="about:blank",
        headers=headers,
        extra=members,
    )


def answer_problem(request: AnyRequest, exc: Exception) -> Response[Any]:
    """The one exception handler."""
    return as_problem(hidden(request, exc)).to_response(request)


def hidden(connection: AnyConnection, exc: Exception) -> Exception:
    """The fault, as this person is told it: to a stranger, what there is not looks like what there
    is. Where no route was found, nobody has asked yet who this is."""
    if _may_be_known(connection, exc):
        return Unreachable("database", "Who is signed in is not known until the database answers.")
    if connection.scope.get("route_handler") is not None or not isinstance(exc, HTTPException):
        return exc
    if exc.status_code not in {400, 404, 405}:
        return exc
    known = connection.app.state.present.knows(connection)
    if normalize_path(connection.scope["path"]).startswith("/api") and not known:
        return NotAuthorizedException()
    return NotFoundException() if connection.scope["type"] == ScopeType.WEBSOCKET else exc


def _may_be_known(connection: AnyConnection, exc: Exception) -> bool:
    """Whether a 401 would call somebody a stranger whose session merely could not be read yet."""
    if not isinstance(exc, NotAuthorizedException) or isinstance(exc, WrongKey):
        return False
    may_be: bool = connection.app.state.present.may_be_known(connection)
    return may_be


def _faults(exc: HTTPException | SerializationException) -> list[Fault]:
    parts = exc.extra if isinstance(exc, HTTPException) and isinstance(exc.extra, list) else []
    told = [_fault(part) for part in parts if isinstance(part, dict)]
    return told or [Fault(path="", message=exc.detail)]


def _fault(part: dict[str, Any]) -> Fault:
    """Litestar tells of the whole body as `data`; msgspec names a missing key in words only."""
    path, message = str(part.get("key", "")), str(part.get("message", ""))
    if path == BODY:
        missing = MISSING.fullmatch(message)
        path = missing[1] if missing else ""
    return Fault(path=path, message=message)


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """For a handler's `responses`: which problems it answers with."""
    return {code: spec for status in statuses for code, spec in problem_of(status).items()}


def problem_of(status: int, kind: type[Problem] = Problem) -> dict[int, ResponseSpec]:
    """A problem with more to tell than its kind."""
    spec = ResponseSpec(
        data_container=kind,
        description=HTTPStatus(status).phrase,
        generate_examples=False,
        media_type="application/problem+json",
    )
    return {status: spec}
