"""The command line: what it prints, how it ends, and what it says of bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ops.cli import main
from tests.database import new_database

SEOUL = Path("festivals/seoullight-2025-fall.toml").resolve()


@pytest.fixture
def own_data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(*arguments: object, **environment: str) -> Result:
    """One command, as a person would type it."""
    return CliRunner().invoke(main, [str(a) for a in arguments], env=environment)


def test_check_says_that_the_seoul_file_has_no_faults() -> None:
    result = run("check", SEOUL)
    assert result.exit_code == 0
    assert "displaces facade-loop.1" in result.output
    assert result.output.endswith("no faults\n")


def test_check_tells_every_fault_in_one_go(tmp_path: Path) -> None:
    text = SEOUL.read_text("utf-8").replace('"Asia/Seoul"', '"Asia/Soul"')
    text = text.replace('changeover = "10s"', 'changeover = "10 seconds"')
    bad = tmp_path / "bad.toml"
    bad.write_text(text.replace('work = "timo-helgert-sora"', 'work = "timo-helgert"'), "utf-8")
    result = run("check", bad)
    assert result.exit_code == 1
    for told in ("festival.time_zone", "surfaces[0].changeover", "timo-helgert-sora", "faults"):
        assert told in result.stderr


def test_conflicts_of_the_seoul_file_are_none_to_mend() -> None:
    result = run("conflicts", SEOUL)
    assert result.exit_code == 0
    assert "is displaced by opening-ceremony" in result.output
    assert result.output.endswith("2 conflicts, none to mend before publishing\n")


def test_conflicts_as_json_have_what_a_press_needs_and_end_with_1(tmp_path: Path) -> None:
    file = tmp_path / "late.toml"
    text = SEOUL.read_text("utf-8").replace('sequence = "opening-night"', 'sequence = "closing"')
    file.write_text(text.replace('curfew = "22:30"  ', 'curfew = "21:50"  '), "utf-8")
    result = run("conflicts", file, "--json")
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    for conflict in found:
        assert conflict.keys() >= {"code", "severity", "night", "surface", "slots", "reason"}
        assert conflict["reason"].keys() == conflict["remedy"]["words"].keys() == {"en", "ko"}
    curfew = [c for c in found if c["code"] == "curfew"]
    assert len(curfew) == 11
    assert {c["slots"][0] for c in curfew} == {"facade-loop.4"}
    assert "runs past curfew" in curfew[0]["reason"]["en"]
    assert [c["severity"] for c in found if c["code"] == "sequence_missing"] == ["error"]


def test_a_file_that_cannot_be_read_has_faults_and_no_conflicts(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(SEOUL.read_text("utf-8").replace("passes = 4", "passes = 0"), "utf-8")
    result = run("conflicts", bad, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "patterns[0].passes" in result.stderr


def test_a_file_that_is_no_text_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "picture.toml"
    file.write_bytes(b"format = 1\n\xff")
    result = run("check", file)
    assert (result.exit_code, "not UTF-8 text: byte 11 is 0xff" in result.stderr) == (1, True)


def test_rehearse_refuses_a_night_that_is_not_there() -> None:
    result = run("rehearse", SEOUL, "--night", "2025-10-01")
    assert result.exit_code == 1
    assert "2025-10-01 is not a night of the festival" in result.stderr


def test_the_journal_of_nobody_is_said_so(own_data: Path) -> None:
    for command in ("show", "verify"):
        result = run("journal", command, "--data-dir", own_data)
        assert result.exit_code == 1
        assert "no player has recorded anything" in result.stderr


def test_an_installation_of_its_own_is_filled(own_data: Path) -> None:
    """Each command starts the data folder's PostgreSQL if it is down, and stops it again."""
    told = [
        run(*command, "--data-dir", own_data, LAMPLIGHTER_PASSWORD="a lamp")
        for command in (
            ("migrate",),
            ("migrate",),
            ("import", SEOUL),
            ("import", SEOUL),
            ("publish", "seoullight-2025-fall", "--by", "Kim"),
            ("publish", "seoullight-2025-fall", "--by", "Kim"),
            ("person", "add", "Kim"),
        )
    ]
    assert [t.exit_code for t in told] == [0] * len(told)
    assert "applied 0001_create_catalogue.sql" in told[0].output
    assert told[1].output == "up to date\n"
    assert "revision 1" in told[2].output
    assert "no change" in told[3].output
    assert "published as version 1" in told[4].output
    assert "it is already version 1" in told[5].output
    assert told[6].output == "Kim may see, edit, control\n"
    assert not (own_data / "postgres" / "postmaster.pid").exists()


async def test_a_dsn_is_used_where_there_is_one(server, template, own_data) -> None:  # type: ignore[no-untyped-def]  # fixtures of tests/database.py
    async with new_database(server, template) as address:
        environment = {"LAMPLIGHTER_DATABASE_URL": address.owner}
        import asyncio  # noqa: PLC0415  # the commands run a loop of their own

        def both() -> list[Result]:
            return [
                run("import", SEOUL, "--data-dir", own_data, **environment),
                run("publish", "seoullight-2025-fall", "--data-dir", own_data, **environment),
            ]

        told = await asyncio.to_thread(both)
    assert [t.exit_code for t in told] == [0, 0], told[0].output
    assert not own_data.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("publish", "nowhere"), "import its file first"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    own_data: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments, "--data-dir", own_data)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_database_that_is_not_there_is_said_in_a_line(own_data: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"
    result = run("migrate", "--data-dir", own_data, LAMPLIGHTER_DATABASE_URL=nowhere)
    assert result.exit_code == 1
    assert result.stderr.startswith("the database: ")


def test_rehearse_json_has_the_keys_of_the_contract() -> None:
    result = run("rehearse", SEOUL, "--night", "2025-08-29", "--json")
    first = json.loads(result.output.splitlines()[0])
    assert list(first) == [
        "at",
        "night",
        "surface",
        "slot",
        "run",
        "cue",
        "output",
        "server",
        "address",
        "args",
    ]
    assert first["at"] == "2025-08-29T11:00:00.000Z"
