"""The headers that every answer carries."""

from __future__ import annotations

SECURITY: dict[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

RawHeaders = list[tuple[bytes, bytes]]

_ENCODED: RawHeaders = [(k.lower().encode(), v.encode()) for k, v in SECURITY.items()]
_BY_TLS: RawHeaders = [(b"strict-transport-security", b"max-age=31536000")]


def answer_headers(path: str, given: RawHeaders, *, secure: bool = False) -> RawHeaders:
    """What an answer carries: its own headers, ours, and how long it may be kept. Over TLS also
    that it is to be asked for by TLS alone, for a year."""
    names = {name.lower() for name, _ in given}
    ours = [*_ENCODED, (b"cache-control", _keeping(path)), *(_BY_TLS if secure else ())]
    return [*given, *(header for header in ours if header[0] not in names)]


def _keeping(path: str) -> bytes:
    if path.startswith("/assets/"):
        return b"public, max-age=31536000, immutable"  # their names change with their content
    return b"no-store" if path.startswith(("/api/", "/health/")) else b"no-cache"
