"""`lamplighter export`: the draft's festival file, to the letter; imported again it changes nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ops.cli import main
from ops.cli_parts import text_of
from ops.database.embedded import EmbeddedServer
from ops.services.cataloguing import import_festival
from schedules.catalogue.queries import fetch_festival
from schedules.compile import compile_nights
from schedules.connection import Connection
from schedules.festival_file import decode
from show_control.night_file import content_hash, pack_night_file
from tests.database import new_database
from tests.schedules.examples import GALLERY, RIVER, SEOUL, SMALL
from tests.schedules.exports.versions import PUBLISHED

FALL = "seoullight-2025-fall"
COMMENTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t"), max_size=40
)


def plan_of(text: str) -> str:
    return content_hash(pack_night_file(compile_nights(decode(text)).night_file))


async def test_a_festival_goes_out_and_in_again_by_the_command(
    server: EmbeddedServer, template: str, tmp_path: Path
) -> None:
    """Comments, blank lines, the order of keys and Korean words are the author's own; Windows' line
    ends and byte order mark are not."""
    source, back = tmp_path / "in.toml", tmp_path / "out.toml"
    windows = f"# 빛의 축제 — by hand\n\n{SEOUL}\n# the end".replace("\n", "\r\n")
    source.write_bytes(b"\xef\xbb\xbf" + windows.encode())

    def all_of_it(**environment: str) -> tuple[Result, ...]:
        def run(*arguments: object) -> Result:
            told = [*map(str, arguments), "--data-dir", str(tmp_path / "data")]
            return CliRunner(env=environment).invoke(main, told)

        first = run("import", source)
        out = run("export", FALL)
        back.write_bytes(out.stdout_bytes)
        return first, out, run("import", back), run("export", FALL), run("export", "nowhere")

    async with new_database(server, template) as address:
        told = await asyncio.to_thread(
            all_of_it, LAMPLIGHTER_DATABASE_URL=address.owner, PYTHONIOENCODING="ascii"
        )
    first, out, again, twice, nowhere = told
    assert [t.exit_code for t in told] == [0, 0, 0, 0, 1]
    assert "revision 1" in first.output
    assert again.output == f"{FALL}: no change\n"
    assert out.stdout_bytes == windows.replace("\r\n", "\n").encode() == twice.stdout_bytes
    assert plan_of(back.read_text("utf-8")) == plan_of(SEOUL)
    assert "there is no festival nowhere" in nowhere.stderr
    assert nowhere.stdout == ""


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.sampled_from([SEOUL, RIVER, GALLERY, SMALL]),
    comment=COMMENTS,
    ends=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    last=st.sampled_from(["", "\n", "\n\n"]),
)
def test_import_export_import_is_the_same_plan_to_the_byte(
    tmp_path: Path, text: str, comment: str, ends: str, mark: str, last: str
) -> None:
    """What `import` reads of a file is what is kept and goes out; of that it reads the same."""
    file = tmp_path / "any.toml"
    written = f"{mark}# {comment}\n{text.rstrip()}{last}".replace("\n", ends)
    file.write_bytes(written.encode())
    draft = text_of(file)
    file.write_bytes(draft.encode())
    assert text_of(file) == draft
    assert plan_of(draft) == plan_of(text)


@pytest.mark.parametrize("text", [SEOUL, RIVER, GALLERY, SMALL])
async def test_what_is_kept_of_a_draft_is_the_whole_file(connection: Connection, text: str) -> None:
    told = await import_festival(connection, text, PUBLISHED)
    kept = await fetch_festival(connection, told.festival)
    assert kept is not None
    assert kept.draft == text
    again = await import_festival(connection, kept.draft, PUBLISHED)
    assert (told.changed, again.changed) == (True, False)
