"""README and docs name commands, options, routes, files and tests that are there."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ops.app import openapi_document
from ops.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = ("docs", "festivals", "migrations", "ops", "schedules", "show_control", "tests")
OURS = re.compile(rf"(?<![\w/.-])(?:{'|'.join(FOLDERS)})/[\w./-]*\w/?")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^```.*?\n(.*?)^```", re.DOTALL | re.MULTILINE)
ROUTE = re.compile(r"\b(GET|POST|DELETE|WS) (/(?:api|health)[\w/{}.-]*)")
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
TO_COME = {"docs/call-page.png"}
"""Made by the browser's tests, which may not have run."""

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)


def said(page: Path) -> list[str]:
    """What stands in code: between backticks, and the lines of fenced blocks."""
    text = page.read_text("utf-8")
    lines = [line for block in FENCED.findall(text) for line in block.splitlines()]
    return [*lines, *CODE.findall(FENCED.sub("", text))]


def commands(page: Path) -> Iterator[list[str]]:
    """Words after `lamplighter` wherever it is run."""
    for line in said(page):
        found = re.match(r"(?:\.venv/bin/)?lamplighter\s+([a-z].*)", line.strip())
        if found:
            yield shlex.split(found[1], comments=True)


def command_of(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that words name, and the words after its name."""
    command: click.Command = main
    while isinstance(command, click.Group):
        assert words, f"{command.name} needs a command"
        assert words[0] in command.commands, f"there is no command {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    return command, words


def options(command: click.Command) -> set[str]:
    return {name for option in command.params for name in option.opts} | {"-h", "--help"}


@every_page
def test_commands_and_their_options_are_there(page: Path) -> None:
    for words in commands(page):
        command, rest = command_of(words)
        unknown = {w for w in rest if w.startswith("-")} - options(command)
        assert not unknown, f"lamplighter {' '.join(words)}"


def test_the_table_of_commands_has_all_of_them_and_names_no_option_that_is_not_there() -> None:
    rows = [
        line.split("|")[1:3]
        for line in (ROOT / "docs" / "operating.md").read_text("utf-8").splitlines()
        if line.startswith("| `lamplighter ")
    ]
    told = set()
    for name, what in rows:
        command, _ = command_of(CODE.findall(name)[0].split()[1:])
        told.add(command)
        named = {word for code in CODE.findall(what) for word in code.split() if "--" in word}
        assert named <= options(command), name
    assert told == set(leaves(main))


def leaves(group: click.Group) -> Iterator[click.Command]:
    """Every command that is shown."""
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from leaves(command)
        elif not command.hidden:
            yield command


@every_page
def test_files_are_there(page: Path) -> None:
    text = LINK.sub("", page.read_text("utf-8")).replace("::", " ")
    missing = {p for p in OURS.findall(text) if not (ROOT / p).exists()}
    assert missing <= TO_COME


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text("utf-8")):
        if "://" in link:
            continue
        path, _, heading = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        told = target.relative_to(ROOT).as_posix()
        assert target.exists() or told in TO_COME, link
        assert not heading or heading in headings(target), link


def headings(page: Path) -> set[str]:
    """As they are linked to: small letters, hyphens for spaces."""
    found = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in found}


def test_routes_are_there_and_all_of_them_are_told() -> None:
    served = {
        (method.upper(), path)
        for path, methods in openapi_document()["paths"].items()
        for method in methods
    }
    told = {
        ("GET" if method == "WS" else method, path)
        for method, path in ROUTE.findall((ROOT / "docs" / "api.md").read_text("utf-8"))
    }
    by_curl = {("POST", "/api/v1/session"), ("GET", "/api/v1/board")}
    assert told <= served
    assert served - told <= by_curl


@every_page
def test_tests_that_are_named_are_there(page: Path) -> None:
    for path, name in TEST.findall(page.read_text("utf-8")):
        text = (ROOT / path).read_text("utf-8")
        assert re.search(rf"^(async )?def {name}\(", text, re.MULTILINE), f"{path}::{name}"


def test_the_readme_has_its_two_commands_and_where_a_cue_fires() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "make demo\nmake test\n" in text
    for name, path in (
        ("def meet", "show_control/player.py"),
        ("def next_due", "show_control/engine/step.py"),
        ("def cue_due", "show_control/engine/firing.py"),
        ("def chain", "show_control/timing.py"),
    ):
        assert path in text
        assert name in (ROOT / path).read_text("utf-8")


def test_every_direct_dependency_is_told() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *project["dependency-groups"]["dev"],
    ]
    names = {re.split(r"[^\w.-]", wanted)[0] for wanted in asked}
    told = set(
        re.findall(
            r"^\| (\S+) \|", (ROOT / "docs" / "dependencies.md").read_text("utf-8"), re.MULTILINE
        )
    )
    assert names <= told


@every_page
def test_no_registry_is_named(page: Path) -> None:
    text = page.read_text("utf-8").lower()
    assert not re.search(r"(pypi|pythonhosted|npmjs|yarnpkg)\.", text)
