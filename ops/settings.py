"""What the service is told when it starts, from its environment and its command."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs

PREFIX = "LAMPLIGHTER_"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("lamplighter"))


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Each can be set as LAMPLIGHTER_ and its name in capitals; lists are split at commas.

    `database_url` is None for the data folder's own PostgreSQL. `hosts` are the names that the
    service answers to, besides those of this machine: what stands in the browser's address line
    when a proxy is in front. `secure_cookie` is for when that proxy speaks TLS.
    """

    data_dir: Path = msgspec.field(default_factory=default_data_dir)
    database_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8100
    hosts: tuple[str, ...] = ()
    secure_cookie: bool = False
    log: Literal["auto", "json", "console"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def address(self) -> str:
        """Where the page is, for somebody on this machine."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def known_hosts(self) -> frozenset[str]:
        """Host names that a request may be for, without ports."""
        return frozenset((*LOCAL_HOSTS, self.host, *self.hosts))


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings by the environment; raises msgspec.ValidationError that names the setting."""
    values: dict[str, str | list[str]] = {
        field.name: environment[PREFIX + field.name.upper()]
        for field in msgspec.structs.fields(Settings)
        if environment.get(PREFIX + field.name.upper())
    }
    if isinstance(hosts := values.get("hosts"), str):
        values["hosts"] = [host.strip() for host in hosts.split(",") if host.strip()]
    return msgspec.convert(values, Settings, strict=False, dec_hook=_path)


def _path(kind: type, value: object) -> object:
    return Path(str(value)) if kind is Path else value
