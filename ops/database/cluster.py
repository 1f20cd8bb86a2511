"""A new PostgreSQL folder: made beside its place, then moved there whole.

Two roles, their passwords made here and kept in a file of mode 0600: the owner, who may
change the tables, and the app, who may only do what the migrations grant it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Literal

import msgspec

from ops.database.account import Account
from ops.database.binaries import major_version

Role = Literal["owner", "app"]

DATABASE = "lamplighter"
ROLE_NAMES: dict[Role, str] = {"owner": "lamplighter_owner", "app": "lamplighter_app"}

HBA = """\
# Written by lamplighter. No line for TCP: the socket only, with a password.
local all all scram-sha-256
"""


class CannotMakeFolder(RuntimeError):
    """A PostgreSQL folder could not be made; says what the program said."""


class Passwords(msgspec.Struct, frozen=True):
    owner: str
    app: str

    def of(self, role: Role) -> str:
        return self.owner if role == "owner" else self.app


def read_passwords(file: Path) -> Passwords:
    return msgspec.json.decode(file.read_bytes(), type=Passwords)


def make_passwords(file: Path) -> Passwords:
    """Written before they are used, so that no server is left with unknown ones."""
    passwords = Passwords(owner=secrets.token_urlsafe(24), app=secrets.token_urlsafe(24))
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(msgspec.json.encode(passwords))
        opened.flush()
        os.fsync(opened.fileno())
    fresh.rename(file)
    return passwords


def make_folder(
    folder: Path, binaries: Path, passwords: Path, account: Account, *, durable: bool
) -> None:
    """Make a PostgreSQL folder that `account` can serve, and the file of passwords."""
    roles = make_passwords(passwords)
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    account.give(unfinished)
    initdb = _initdb(unfinished, major_version(binaries), durable=durable)
    _run(account.command(unfinished, [binaries / "initdb", *initdb]))
    single = ["--single", "-D", str(unfinished), "postgres"]
    _run(account.command(unfinished, [binaries / "postgres", *single]), _roles(roles))
    (unfinished / "pg_hba.conf").write_text(HBA)
    unfinished.rename(folder)


def _initdb(folder: Path, version: int, *, durable: bool) -> list[str]:
    # Trust, but nobody can connect before HBA is in place: no server runs until then.
    arguments = ["-D", str(folder), "-U", "postgres", "-E", "UTF8", "-A", "trust"]
    if version >= 17:
        # Built in: the same order of text on every machine, whatever its C library.
        arguments += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        arguments += ["--locale=C.UTF-8"]
    return arguments if durable else [*arguments, "--no-sync"]


def _roles(passwords: Passwords) -> str:
    """One statement a line, as the single-user mode reads them.

    The bootstrap user keeps no password: with scram that shuts it out.
    """
    owner, app = ROLE_NAMES["owner"], ROLE_NAMES["app"]
    return (
        f"CREATE ROLE {owner} LOGIN CREATEDB CREATEROLE PASSWORD '{passwords.owner}'\n"
        f"CREATE ROLE {app} LOGIN PASSWORD '{passwords.app}'\n"
        f"GRANT {app} TO {owner} WITH ADMIN OPTION\n"
        f"CREATE DATABASE {DATABASE} OWNER {owner}\n"
    )


def _run(command: list[str], stdin: str = "") -> None:
    done = subprocess.run(
        command,
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        check=False,
        process_group=0,  # a Ctrl-C at the terminal is its parent's to hear
    )
    # The single-user mode goes on after a fault and ends with 0.
    if done.returncode != 0 or "ERROR:" in done.stdout or "FATAL:" in done.stdout:
        raise CannotMakeFolder(f"PostgreSQL could not be set up: {done.stdout.strip()}")
