"""The commands of `lamplighter` about who is let in: `person`, `token`, `link`, `audit`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from ops.access.rights import RIGHTS, ROLES
from ops.cli_parts import Span, data_dir_option, fail, print_lines, settings_of

F = TypeVar("F", bound=Callable[..., Any])
VIEWS = ("call", "night", "facade", "clock", "department", "record")
LONGEST = 1000
"""Characters of a password that can be signed in with."""
PASSWORD = "LAMPLIGHTER_PASSWORD"  # noqa: S105 - its name


def grant_options(command: F) -> F:
    """What an account may do, and where."""
    options = (
        click.option("--role", "roles", multiple=True, type=click.Choice(sorted(ROLES))),
        click.option("--right", "rights", multiple=True, type=click.Choice(RIGHTS)),
        click.option(
            "--festival", "festivals", multiple=True, help="In this one alone, by its id."
        ),
        click.option("--surface", "surfaces", multiple=True, help="On this one alone, by its id."),
    )
    for option in reversed(options):
        command = option(command)
    return command


expires_option = click.option("--expires", type=Span(), help="After 30m, 12h, 7d (else never).")


def password_options(command: F) -> F:
    """A password from standard input, the environment, or a prompt: never from the command line,
    which everybody on the machine can read."""
    return click.option(
        "--password-stdin", is_flag=True, help=f"Read it there (else {PASSWORD}, or you are asked)."
    )(command)


def password_from(*, stdin: bool) -> str:
    """What was chosen; ends where there is none."""
    import os

    if stdin:
        given = _line()
    else:
        given = os.environ.get(PASSWORD) or click.prompt(
            "Password", hide_input=True, confirmation_prompt=True
        )
    if not given:
        fail(["a password is needed"])
    if len(given) > LONGEST or not _is_text(given):
        fail([f"a password is UTF-8, of {LONGEST} characters at most"])
    return str(given)


def _line() -> str:
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        return "\ud800"


def _is_text(given: str) -> bool:
    """Bytes that are no UTF-8 come from outside as surrogates."""
    return not any("\ud800" <= c <= "\udfff" for c in given)


@click.group()
def person() -> None:
    """The people who may sign in."""


@person.command("add")
@data_dir_option
@click.argument("name")
@grant_options
@password_options
def person_add(data_dir: Path | None, name: str, *, password_stdin: bool, **asked: Any) -> None:
    """Add a person NAME, who signs in with a password. Without a role or right: all rights."""
    from ops.letting_in import Wanted, person_added

    wanted = (
        Wanted(**asked)
        if asked["roles"] or asked["rights"]
        else Wanted(**{**asked, "rights": RIGHTS})
    )
    print_lines(
        person_added(settings_of(data_dir), name, password_from(stdin=password_stdin), wanted)
    )


@person.command("list")
@data_dir_option
def person_list(data_dir: Path | None) -> None:
    """Who may sign in, and what they may do."""
    from ops.letting_in import listed

    print_lines(listed(settings_of(data_dir), "person"))


@person.command("revoke")
@data_dir_option
@click.argument("name")
def person_revoke(data_dir: Path | None, name: str) -> None:
    """Bar NAME: signed out at once, everywhere; open pages are closed."""
    from ops.letting_in import revoked

    print_lines(revoked(settings_of(data_dir), "person", name))


@person.command("password")
@data_dir_option
@click.argument("name")
@password_options
def person_password(data_dir: Path | None, name: str, *, password_stdin: bool) -> None:
    """Give NAME a new password; whoever signed in with the old one is signed out."""
    from ops.letting_in import password_changed

    new = password_from(stdin=password_stdin)
    print_lines(password_changed(settings_of(data_dir), name, new))


@person.command("grant")
@data_dir_option
@click.argument("name")
@grant_options
@click.option("--only", is_flag=True, help="This, and nothing that was granted before.")
def person_grant(data_dir: Path | None, name: str, *, only: bool, **asked: Any) -> None:
    """Let NAME do more, from this moment on; with --only, this and nothing else."""
    from ops.letting_in import Wanted, granted

    print_lines(granted(settings_of(data_dir), "person", name, Wanted(**asked), only=only))


@click.group()
def token() -> None:
    """Bearer tokens, for programs."""


@token.command("create")
@data_dir_option
@click.argument("name")
@grant_options
@expires_option
def token_create(
    data_dir: Path | None, name: str, *, expires: timedelta | None, **asked: Any
) -> None:
    """Create a token NAME and print it, alone: it is told this once."""
    from ops.letting_in import Wanted, token_created

    print_lines(token_created(settings_of(data_dir), name, Wanted(**asked), expires))


@token.command("list")
@data_dir_option
def token_list(data_dir: Path | None) -> None:
    """The tokens, what they may do, and until when."""
    from ops.letting_in import listed

    print_lines(listed(settings_of(data_dir), "token"))


@token.command("revoke")
@data_dir_option
@click.argument("name")
def token_revoke(data_dir: Path | None, name: str) -> None:
    """From this moment on the token NAME is refused; its open connections are closed."""
    from ops.letting_in import revoked

    print_lines(revoked(settings_of(data_dir), "token", name))


@click.group()
def link() -> None:
    """Links that sign in whoever opens them."""


@link.command("create")
@data_dir_option
@click.argument("name")
@grant_options
@click.option("--view", type=click.Choice(VIEWS), default="call", show_default=True)
@click.option("--address", help="Where the page is, as its readers see it: https://lights.example")
@expires_option
def link_create(
    data_dir: Path | None,
    name: str,
    *,
    view: str,
    address: str | None,
    expires: timedelta | None,
    **asked: Any,
) -> None:
    """Create a link NAME and print its address, alone: it is told this once."""
    from ops.letting_in import Wanted, link_created

    lines = link_created(settings_of(data_dir), name, Wanted(**asked), expires, view, address)
    print_lines(lines)


@link.command("list")
@data_dir_option
def link_list(data_dir: Path | None) -> None:
    """The links, what they may do, and until when."""
    from ops.letting_in import listed

    print_lines(listed(settings_of(data_dir), "link"))


@link.command("revoke")
@data_dir_option
@click.argument("name")
def link_revoke(data_dir: Path | None, name: str) -> None:
    """The link NAME ends, and so does every session that it began."""
    from ops.letting_in import revoked

    print_lines(revoked(settings_of(data_dir), "link", name))


@click.command()
@data_dir_option
@click.option("--since", type=Span(), default="7d", show_default=True, help="How far back.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def audit(data_dir: Path | None, since: timedelta, *, as_json: bool) -> None:
    """Who signed in, called and changed what: when, from where, and what came of it."""
    from ops.letting_in import audited

    print_lines(audited(settings_of(data_dir), since, as_json=as_json))
