"""What the service is told when it starts, from its environment and its command."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs

PREFIX = "LAMPLIGHTER_"
LISTS = ("hosts", "trusted_proxies")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("lamplighter"))


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Each can be set as LAMPLIGHTER_ and its name in capitals; lists are split at commas.

    `database_url` is None for the data folder's own PostgreSQL. `hosts` are the names that the
    service answers to, besides those of this machine: what stands in the browser's address line
    when a proxy is in front. `secure_cookie` is for when that proxy speaks TLS. `trusted_proxies`
    are the addresses, or networks, whose word about where a request came from is believed.
    """

    data_dir: Path = msgspec.field(default_factory=default_data_dir)
    database_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8100
    hosts: tuple[str, ...] = ()
    secure_cookie: bool = False
    tls_cert: Path | None = None
    tls_key: Path | None = None
    trusted_proxies: tuple[str, ...] = ()
    log: Literal["auto", "json", "console"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def tls(self) -> bool:
        """Whether the service speaks TLS itself."""
        return self.tls_cert is not None

    @property
    def secure(self) -> bool:
        """Whether pages reach it by TLS, its own or a proxy's."""
        return self.tls or self.secure_cookie

    @property
    def address(self) -> str:
        """Where the page is, for somebody on this machine; by the certificate's name, with one."""
        if self.tls:
            return f"https://{self.hosts[0] if self.hosts else 'localhost'}:{self.port}"
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
    for name in LISTS:
        if isinstance(listed := values.get(name), str):
            values[name] = [one.strip() for one in listed.split(",") if one.strip()]
    settings = msgspec.convert(values, Settings, strict=False, dec_hook=_path)
    for proxy in settings.trusted_proxies:
        _check_network(proxy)
    return settings


def _check_network(proxy: str) -> None:
    try:
        ipaddress.ip_network(proxy)
    except ValueError:
        raise msgspec.ValidationError(
            f"`{proxy}` is neither an address nor a network - at `$.trusted_proxies`"
        ) from None


def _path(kind: type, value: object) -> object:
    return Path(str(value)) if kind is Path else value
