"""Settings from the environment; what is logged and what is not."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from ops.access.attempts import FOR_A_NAME, WINDOW, Attempts
from ops.logs import withhold_secrets
from ops.settings import read_settings


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
