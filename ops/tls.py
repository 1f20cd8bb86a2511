"""The service's own TLS, by a certificate that was given."""

from __future__ import annotations

import ssl
from pathlib import Path

from ops.settings import Settings


class BadCertificate(Exception):
    """What is wrong with it, in a line for a person."""


def check_certificate(settings: Settings) -> None:
    """Raises BadCertificate, before anything is started that would fail at it."""
    cert, key = settings.tls_cert, settings.tls_key
    if cert is None and key is None:
        return
    if cert is None or key is None:
        missing = "LAMPLIGHTER_TLS_CERT" if cert is None else "LAMPLIGHTER_TLS_KEY"
        raise BadCertificate(f"TLS needs a certificate and its key: {missing} is not set")
    for name, file in (("LAMPLIGHTER_TLS_CERT", cert), ("LAMPLIGHTER_TLS_KEY", key)):
        _read(name, file)
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password=_none)
    except ssl.SSLError as fault:
        why = "they do not belong together" if "MISMATCH" in str(fault) else _told(fault)
        raise BadCertificate(f"TLS by {cert} and {key}: {why}") from fault
    except ValueError as fault:
        raise BadCertificate(f"TLS by {key}: a key without a password is needed") from fault


def _read(name: str, file: Path) -> None:
    try:
        file.read_bytes()
    except OSError as fault:
        raise BadCertificate(f"{name}: {file}: {fault.strerror}") from fault


def _told(fault: ssl.SSLError) -> str:
    return f"they are not a certificate and a key in PEM ({fault.reason or fault})"


def _none() -> str:
    raise ValueError("a password is asked for")
