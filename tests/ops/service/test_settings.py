"""Settings from the environment; what is logged and what is not."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from litestar.exceptions import TooManyRequestsException

from ops.access.attempts import FOR_A_NAME, WINDOW, Attempts
from ops.access.limiting import Limiting
from ops.logs import withhold_secrets
from ops.settings import Settings, read_settings


def test_settings_come_from_the_environment() -> None:
    settings = read_settings(
        {
            "LAMPLIGHTER_DATA_DIR": "/var/lib/lights",
            "LAMPLIGHTER_PORT": "9000",
            "LAMPLIGHTER_HOSTS": "lights.example, stage.example",
            "LAMPLIGHTER_SECURE_COOKIE": "true",
            "LAMPLIGHTER_DATABASE_URL": "",
            "OTHER": "x",
        }
    )
    assert settings.data_dir == Path("/var/lib/lights")
    assert settings.port == 9000
    assert settings.secure_cookie
    assert settings.database_url is None
    assert {"lights.example", "stage.example", "localhost"} <= settings.known_hosts


def test_a_setting_that_is_not_as_it_should_be_is_named() -> None:
    with pytest.raises(msgspec.ValidationError, match="port"):
        read_settings({"LAMPLIGHTER_PORT": "many"})


def test_secrets_are_withheld() -> None:
    line = withhold_secrets(None, "info", {"event": "x", "password": "p", "by": "Kim"})
    assert line == {"event": "x", "password": "withheld", "by": "Kim"}


def test_attempts_are_counted_by_name_and_address() -> None:
    attempts = Attempts()
    for n in range(FOR_A_NAME):
        assert attempts.wait("Kim", "a", n) == 0
        attempts.failed("Kim", "a", n)
    assert attempts.wait("Kim", "a", 10) == WINDOW - 10
    assert attempts.wait("Lee", "a", 10) == 0
    assert attempts.wait("Kim", "b", 10) == 0
    assert attempts.wait("Kim", "a", WINDOW) == 0
    attempts.succeeded("Kim", "a")
    assert attempts.wait("Kim", "a", 10) == 0


def test_proxies_are_named_by_address() -> None:
    settings = read_settings({"LAMPLIGHTER_TRUSTED_PROXIES": "10.0.0.1, 192.168.0.0/16, ::1"})
    assert settings.trusted_proxies == ("10.0.0.1", "192.168.0.0/16", "::1")
    for wrong in ("*", "proxy.example", "10.0.0.1/8"):
        with pytest.raises(msgspec.ValidationError, match="trusted_proxies"):
            read_settings({"LAMPLIGHTER_TRUSTED_PROXIES": wrong})


def test_the_address_of_the_page_is_by_tls_where_it_speaks_it() -> None:
    assert Settings(port=1).address == "http://127.0.0.1:1"
    by_tls = Settings(port=1, tls_cert=Path("c"), tls_key=Path("k"))
    assert by_tls.address == "https://localhost:1"
    assert by_tls.secure
    named = msgspec.structs.replace(by_tls, hosts=("lights.example", "other.example"))
    assert named.address == "https://lights.example:1"


def test_a_network_of_addresses_is_one_hand() -> None:
    limiting = Limiting(lambda: 0)
    for n in range(FOR_A_NAME):
        limiting.count("Kim", f"2001:db8::{n}")
    with pytest.raises(TooManyRequestsException):
        limiting.count("Kim", "2001:db8::ffff")
    limiting.count("Kim", "2001:db8:0:1::1")
    limiting.count("Kim", "somewhere")


def test_addresses_of_ipv4_on_a_socket_for_both_are_no_network() -> None:
    limiting = Limiting(lambda: 0)
    for n in range(FOR_A_NAME):
        limiting.count("Kim", f"::ffff:10.0.0.{n}")
    limiting.count("Kim", "::ffff:10.0.0.9")
