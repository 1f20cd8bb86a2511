"""`lamplighter remote` checks the installation's settings, and says what they open."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from ops.cli import main

TEXT = """
[remote]
udp = "127.0.0.1:53000"
allow = ["192.168.10.0/24"]
passcode = "7391"
rights = ["see", "go"]
"""


def told(folder: Path, text: str | None) -> Result:
    if text is not None:
        (folder / "lamplighter.toml").write_text(text, "utf-8")
        (folder / "lamplighter.toml").chmod(0o600)
    return CliRunner().invoke(main, ["remote", "--data-dir", str(folder)])


def test_without_the_file_no_remote_is_heard(tmp_path: Path) -> None:
    result = told(tmp_path, None)
    assert result.exit_code == 0
    assert result.output == f"{tmp_path}/lamplighter.toml: no remote is heard\n"


def test_what_is_opened_is_said_but_not_the_passcode(tmp_path: Path) -> None:
    result = told(tmp_path, TEXT)
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "udp 127.0.0.1 port 53000",
        "from 192.168.10.0/24",
        "after the passcode",
        "may see, go, in the name of remote",
        f"{tmp_path}/lamplighter.toml: no faults; the player reads it at its next start",
    ]


def test_a_passcode_that_others_can_read_is_a_notice(tmp_path: Path) -> None:
    told(tmp_path, TEXT)
    (tmp_path / "lamplighter.toml").chmod(0o644)
    result = CliRunner().invoke(main, ["remote", "--data-dir", str(tmp_path)])
    assert "notice: others on this machine can read the passcode: chmod 600" in result.output


def test_faults_are_told_and_end_it(tmp_path: Path) -> None:
    result = told(tmp_path, TEXT.replace("udp", "upd"))
    assert result.exit_code == 1
    assert "fault: lamplighter.toml, remote.upd: no such key; write udp\n" in result.output
