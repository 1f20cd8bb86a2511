"""People, tokens and links by the command line: what is printed, and what is said of bad input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ops.access.secret_keys import FORM
from ops.cli import main
from ops.database.embedded import EmbeddedServer

SEOUL = Path("festivals/seoullight-2025-fall.toml").resolve()
FESTIVAL = "seoullight-2025-fall"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder whose PostgreSQL runs, with the Seoul festival imported."""
    folder = tmp_path_factory.mktemp("in")
    server = EmbeddedServer(folder, durable=False)
    server.start()
    assert run(folder, "import", SEOUL).exit_code == 0
    yield folder
    server.stop()


def run(
    folder: Path, *arguments: object, given: str | bytes | None = None, **environment: str
) -> Result:
    words = [str(a) for a in arguments]
    return CliRunner().invoke(main, [*words, "--data-dir", str(folder)], given, environment)


def add(folder: Path, name: str, *more: object) -> Result:
    return run(folder, "person", "add", name, *more, "--password-stdin", given="a lamp\n")


def test_the_first_person_may_do_everything(installation: Path) -> None:
    assert add(installation, "First").stdout == "First may see, edit, control\n"
    assert "First may see, edit, control\n" in run(installation, "person", "list").stdout


def test_roles_and_rights_add_up_in_their_places(installation: Path) -> None:
    told = add(installation, "Han", "--role", "controller", "--right", "edit", "--role", "guest")
    assert told.stdout == "Han may see, edit, control\n"
    nowhere = add(installation, "Seo", "--surface", "moon")
    assert nowhere.exit_code == 1
    assert nowhere.stderr == "surface moon is not in any festival; there is bridge, facade\n"
    places = ("--festival", FESTIVAL, "--surface", "facade", "--surface", "bridge")
    told = add(installation, "Seo", "--role", "technician", *places)
    assert told.stdout == (
        f"Seo may see, control on facade in {FESTIVAL}; see, control on bridge in {FESTIVAL}\n"
    )


def test_what_is_granted_is_added_or_put_in_place(installation: Path) -> None:
    add(installation, "Yun", "--role", "artist")
    more = run(installation, "person", "grant", "Yun", "--right", "edit", "--festival", FESTIVAL)
    assert more.stdout == f"Yun may see; edit in {FESTIVAL}\n"
    more = run(installation, "person", "grant", "Yun", "--right", "control")
    assert more.stdout == f"Yun may see, control; edit in {FESTIVAL}\n"
    less = run(installation, "person", "grant", "Yun", "--role", "guest", "--only")
    assert less.stdout == "Yun may see\n"


def test_a_token_is_printed_alone_and_never_again(installation: Path) -> None:
    told = run(
        installation,
        "token",
        "create",
        "desk",
        "--right",
        "see",
        "--right",
        "control",
        "--expires",
        "12h",
    )
    assert FORM.fullmatch(told.stdout.removesuffix("\n"))
    listed = run(installation, "token", "list").stdout
    assert listed.startswith("desk may see, control until 20")
    assert told.stdout.strip() not in listed
    assert run(installation, "token", "revoke", "desk").stdout == "desk is revoked\n"
    assert run(installation, "token", "list").stdout == ""


def test_a_link_s_secret_stands_in_the_fragment_alone(installation: Path) -> None:
    told = run(installation, "link", "create", "backstage", "--right", "see", "--view", "clock")
    address, _, secret = told.stdout.strip().partition("#link=")
    assert address == "http://127.0.0.1:8100/clock"
    assert FORM.fullmatch(secret)
    told = run(
        installation,
        "link",
        "create",
        "press",
        "--role",
        "guest",
        "--address",
        "https://lights.example/",
    )
    assert told.stdout.startswith("https://lights.example/#link=lamp_")
    assert "backstage (clock) may see\n" in run(installation, "link", "list").stdout


def test_a_name_is_one_account_s(installation: Path) -> None:
    add(installation, "Moon")
    # The third in full width, the last with two Cyrillic letters.
    for same in ("Moon", "moon", " Moon ", "Ｍoon", "M\u043e\u043en"):
        told = run(installation, "token", "create", same, "--right", "see")
        assert (told.exit_code, told.stderr) == (1, "there is a person Moon already\n")
    assert run(installation, "person", "revoke", "Moon").exit_code == 0
    assert run(installation, "token", "create", "Moon", "--right", "see").exit_code == 0
    assert run(installation, "person", "revoke", "Moon").stderr == "Moon is a token, not a person\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("token", "create", "t", "--right", "fly"), "'see', 'edit', 'control'"),
        (("token", "create", "t", "--role", "king"), "'artist', 'controller', 'curator'"),
        (("token", "create", "t"), "--right see"),
        (("token", "create", "t", "--right", "see", "--expires", "soon"), "30m, 12h or 7d"),
        (("token", "create", "t", "--right", "see", "--expires", "0h"), "30m, 12h or 7d"),
        (("token", "create", "t", "--right", "see", "--expires", "999999d"), "3650d at most"),
        (("token", "create", "t", "--right", "see", "--festival", "x"), f"there is {FESTIVAL}"),
        (("token", "create", "", "--right", "see"), "a name has 1 to 200 characters"),
        (("token", "create", "a\u202eb", "--right", "see"), "cannot be seen"),
        (("token", "create", "Somebody\u3164", "--right", "see"), "cannot be seen"),
        (("token", "revoke", "nothing"), "there is no token nothing"),
        (("person", "revoke", "nobody"), "there is no person nobody: there are "),
        (("link", "create", "l", "--right", "see", "--view", "moon"), "'clock'"),
        (("link", "create", "l", "--right", "see", "--address", "lights"), "https://"),
        (("audit", "--since", "ever"), "30m, 12h or 7d"),
    ],
)
def test_bad_input_is_told_what_would_be_right(
    installation: Path, words: tuple[str, ...], said: str
) -> None:
    add(installation, "Somebody")
    told = run(installation, *words)
    assert told.exit_code in {1, 2}
    assert said in told.stderr, told.stderr
    assert told.stdout == ""


def test_words_are_apart_by_one_space_however_many_were_typed(installation: Path) -> None:
    add(installation, "Moon Lee")
    told = run(installation, "token", "create", "Moon \u3000 Lee", "--right", "see")
    assert (told.exit_code, told.stderr) == (1, "there is a person Moon Lee already\n")


@pytest.mark.parametrize("given", ["x" * 1001, b"a\xffb"])
def test_a_password_that_nobody_could_sign_in_with_is_refused(
    installation: Path, given: str | bytes
) -> None:
    told = run(installation, "person", "add", "Nil", "--password-stdin", given=given)
    assert (told.exit_code, told.stderr) == (
        1,
        "a password is UTF-8, of 1000 characters at most\n",
    )


def test_an_empty_password_is_none(installation: Path) -> None:
    told = run(installation, "person", "add", "Nil", "--password-stdin", given="\n")
    assert (told.exit_code, told.stderr) == (1, "a password is needed\n")


def test_every_change_is_in_the_audit(installation: Path) -> None:
    add(installation, "Baek")
    run(installation, "person", "password", "Baek", "--password-stdin", given="other\n")
    run(installation, "person", "grant", "Baek", "--right", "see", "--only")
    run(installation, "person", "revoke", "Baek")
    lines = run(installation, "audit", "--json", "--since", "1h").stdout.splitlines()
    told = [json.loads(line) for line in lines]
    assert [(t["what"], t["outcome"], t["kind"]) for t in told if "Baek" in t["about"]] == [
        ("add person", "done", "command"),
        ("change password", "done", "command"),
        ("grant person", "done", "command"),
        ("revoke person", "done", "command"),
    ]
    assert {"import"} <= {t["what"] for t in told}
    assert "a lamp" not in "".join(lines)
    plain = run(installation, "audit").stdout.splitlines()
    assert plain[-1].endswith(" (command) revoke person Baek, done")
