"""`lamplighter rehearse`: the command line, the calls file and its faults, what is printed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ops.cli import main
from ops.rehearse import CALL_NAMES, CALLER, COLUMNS, CallsFault, plain, read_calls
from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control.model import Argument
from show_control.osc import decode as osc_decode
from show_control.rehearsal import rehearse
from tests.schedules.examples import GALLERY, RIVER, SEOUL
from tests.show_control.house import at

ROOT = Path(__file__).parents[2]
FILE = str(ROOT / "festivals" / "seoullight-2025-fall.toml")
OPENING = date(2025, 8, 28)
FESTIVAL = decode(SEOUL)
CALLS = """\
at,call,run,standby,output,by,reason
19:50,enable,,,bridge-laser,Kim,
20:05,go,opening-ceremony,1,,Kim,
20:06,go,,2,,Kim,
20:07,go,seoullight-2025-fall.2025-08-28.opening-ceremony,,,,
20:30:00.250,show_stop,,,,Lee,"smoke, at the east end"
"""


def ran(*args: str) -> Result:
    return CliRunner().invoke(main, ["rehearse", *args], catch_exceptions=False)


def faults(csv: str, night: date = OPENING, festival: str = SEOUL) -> list[str]:
    with pytest.raises(CallsFault) as raised:
        read_calls(csv, decode(festival), night)
    return str(raised.value).splitlines()


# --- the calls file ---------------------------------------------------------------------------------------------


def test_calls_are_read_with_their_instants() -> None:
    calls = read_calls(CALLS, FESTIVAL, OPENING)
    assert [(when - at("00:00", "2025-08-28")) / 1000 for when, _ in calls] == [
        71400, 72300, 72360, 72420, 73800.25
    ]  # fmt: skip
    assert (calls[0][1].output, calls[0][1].by, calls[0][1].run) == ("bridge-laser", "Kim", None)
    assert (calls[3][1].by, calls[3][1].standby) == (CALLER, None)
    assert calls[4][1].reason == "smoke, at the east end"


def test_only_at_and_call_must_be_there_in_whatever_order() -> None:
    ((when, call),) = read_calls("call,at\nfade_out,25:30\n", FESTIVAL, OPENING)
    assert (when, call.call, call.run) == (at("25:30", "2025-08-28"), "fade_out", None)


def test_a_notes_words_and_control_are_lines_of_the_sheet(tmp_path: Path) -> None:
    calls = tmp_path / "calls.csv"
    calls.write_text(
        "at,call,run,standby,by,reason\n"
        "20:05,go,opening-ceremony,1,Kim,\n"
        "20:06,go,opening-ceremony,2,Lee,\n"
        "20:07,take_over,opening-ceremony,,Lee,\n"
        "20:07:30,note,opening-ceremony,,Seo,the east end flickers\n"
        "20:08,hand_back,opening-ceremony,,Lee,\n",
        "utf-8",
    )
    told = ran(FILE, "--night", "2025-08-28", "--calls", str(calls)).output.splitlines()
    assert [line for line in told if line[:5] in ("20:06", "20:07", "20:08")] == [
        "20:06:00.000  facade  opening-ceremony  2  go refused, Lee: Kim has control",
        "20:07:00.000  facade  opening-ceremony  Lee takes over control from Kim",
        "20:07:30.000  facade  opening-ceremony  2  note by Seo: the east end flickers",
        "20:08:00.000  facade  opening-ceremony  Lee hands control to Kim",
    ]


def test_every_call_has_its_name() -> None:
    rows = "\n".join(f"20:00,{name}" for name in CALL_NAMES)
    assert len(read_calls(f"at,call\n{rows}\n", FESTIVAL, OPENING)) == len(CALL_NAMES) == 22


def test_a_surface_and_outputs_with_spaces_between_are_named() -> None:
    columns = "at,call,surface,outputs,to,server,which"
    rows = "20:00,route,facade,,simulator,,\n20:00,route,,facade-west  facade-east,wire,,\n"
    rows += "20:01,on_air,,,,facade,backup\n"
    one, two, three = (call for _, call in read_calls(f"{columns}\n{rows}", FESTIVAL, OPENING))
    assert (one.surface, one.to, two.outputs) == (
        "facade",
        "simulator",
        ("facade-west", "facade-east"),
    )
    assert (three.server, three.which) == ("facade", "backup")


def test_where_outputs_go_and_which_address_is_on_air_have_their_words() -> None:
    assert faults("at,call,to,which\n20:00,route,air,\n20:00,on_air,,third\n") == [
        "line 2: to = 'air': it is one of wire, simulator, record only",
        "line 3: which = 'third': it is one of main, backup",
    ]


def test_empty_lines_and_spaces_are_no_matter() -> None:
    (one,) = read_calls("at, call, run\n\n 20:05 , go , gala \n,,\n", FESTIVAL, OPENING)
    assert (one[1].call, one[1].run) == ("go", "gala")


def test_a_wall_time_that_is_not_there_moves_forward() -> None:
    ((when, _),) = read_calls("at,call\n26:30,fade_out\n", decode(RIVER), date(2026, 3, 28))
    assert when == at("01:30", "2026-03-29", "UTC")


@pytest.mark.parametrize(
    ("csv", "wanted"),
    [
        ("", ["line 1: no column at and no call: it names the columns, of " + ", ".join(COLUMNS)]),
        ("at,who\n", ["line 1: no column call: it names the columns, of " + ", ".join(COLUMNS),
                      "line 1: there is no column 'who': the columns are " + ", ".join(COLUMNS)]),
        ("at,call\n20:00,leap\n", ["line 2: call = 'leap': it is one of " + ", ".join(CALL_NAMES)]),
        ("at,call\n20:00,\n", ["line 2: call = '': it is one of " + ", ".join(CALL_NAMES)]),
        ("at,call\n8 pm,go\n", ["line 2: at = '8 pm': night time is HH:MM[:SS[.mmm]], as 20:05 or 25:30"]),
        ("at,call\n,go\n", ["line 2: at = '': night time is HH:MM[:SS[.mmm]], as 20:05 or 25:30"]),
        ("at,call\n20:61,go\n", ["line 2: at = '20:61': night time is HH:MM[:SS[.mmm]], as 20:05 or 25:30"]),
        ("at,call\n05:59,go\n", ["line 2: at = '05:59': this night lasts from 06:00 to 30:00"]),
        ("at,call\n30:00,go\n", ["line 2: at = '30:00': this night lasts from 06:00 to 30:00"]),
        ("at,call\n20:00,go,x\n", ["line 2: it has more cells than the first line has names"]),
        ("at,call\n20:00,go\n\nx,go\n20:01,y\n",
         ["line 4: at = 'x': night time is HH:MM[:SS[.mmm]], as 20:05 or 25:30",
          "line 5: call = 'y': it is one of " + ", ".join(CALL_NAMES)]),
    ],
)  # fmt: skip
def test_every_fault_of_a_calls_file_is_told_with_its_line(csv: str, wanted: list[str]) -> None:
    assert faults(csv) == wanted


def test_the_bounds_are_those_of_the_festivals_own_night() -> None:
    assert faults("at,call\n24:00,go\n", date(2025, 11, 1), GALLERY) == [
        "line 2: at = '24:00': this night lasts from 00:00 to 24:00"
    ]


def test_the_command_tells_the_faults_and_fails(tmp_path: Path) -> None:
    calls = tmp_path / "calls.csv"
    calls.write_text("at,call\n20:00,leap\n", "utf-8")
    result = ran(FILE, "--night", "2025-08-28", "--calls", str(calls))
    assert result.exit_code != 0
    assert "line 2: call = 'leap'" in result.output
    assert "Traceback" not in result.output


# --- what is printed ----------------------------------------------------------------------------------------------


@pytest.fixture
def calls(tmp_path: Path) -> str:
    path = tmp_path / "calls.csv"
    path.write_bytes(b"\xef\xbb\xbf" + CALLS.encode())  # as a spreadsheet writes it
    return str(path)


def test_the_cue_sheet_is_printed_as_it_ran(calls: str) -> None:
    result = ran(FILE, "--night", "2025-08-28", "--calls", calls)
    assert result.exit_code == 0
    assert result.output.splitlines()[:5] == [
        "19:50:00.000  bridge  enable bridge-laser by Kim",
        "20:00:00.000  facade  facade-loop.1  displaced by opening-ceremony",
        "20:00:00.000  facade  opening-ceremony  stands by",
        "20:05:00.000  facade  opening-ceremony  1  Facade dark  GO  blackout over 3s -> facade-west, facade-centre, facade-east",
        "20:06:00.000  facade  opening-ceremony  2  Water loop  GO  clip 1 -> facade-west, facade-centre, facade-east",
    ]
    assert "20:30:00.250  show stop by Lee: smoke, at the east end" in result.output


KEYS = ["at", "night", "surface", "slot", "run", "cue", "output", "server", "address", "args"]


def test_json_is_an_object_a_line_for_each_message_that_an_action_sends(calls: str) -> None:
    result = ran(FILE, "--night", "2025-08-28", "--calls", calls, "--json")
    messages = [json.loads(each) for each in result.output.splitlines()]
    assert all(list(m) == KEYS for m in messages)
    assert [m["at"] for m in messages] == sorted(m["at"] for m in messages)
    assert {m["server"] for m in messages} == {"main", "backup"}
    (press, *_) = [
        m
        for m in messages
        if m["cue"] == "2" and m["output"] == "facade-west" and "clips" in m["address"]
    ]
    assert press == {
        "at": "2025-08-28T11:06:00.000Z",
        "night": "2025-08-28",
        "surface": "facade",
        "slot": "opening-ceremony",
        "run": "seoullight-2025-fall.2025-08-28.opening-ceremony",
        "cue": "2",
        "output": "facade-west",
        "server": "main",
        "address": "/composition/layers/1/clips/1/connect",
        "args": [1],
    }
    assert not [m for m in messages if m["args"] == ["?"]]


def test_what_no_cue_sends_has_no_slot_no_run_and_no_cue() -> None:
    result = ran(FILE, "--night", "2025-08-29", "--json")
    at_curfew = [
        m
        for m in map(json.loads, result.output.splitlines())
        if m["at"] == "2025-08-29T13:30:00.000Z"
    ]
    assert {m["output"] for m in at_curfew} == {
        "facade-west",
        "facade-centre",
        "facade-east",
        "bridge-laser",
    }
    assert {(m["slot"], m["run"], m["cue"], m["night"]) for m in at_curfew} == {
        (None, None, None, "2025-08-29")
    }


def test_json_has_the_very_messages_that_were_sent() -> None:
    file = compile_nights(decode(RIVER), nights=[date(2026, 3, 28)]).night_file
    played = rehearse(file, [])
    river = str(ROOT / "tests" / "festivals" / "river-and-dome.toml")
    told = [
        json.loads(each)
        for each in ran(river, "--night", "2026-03-28", "--json").output.splitlines()
    ]
    for message, sent in zip(told, played.sent, strict=True):
        (on_the_wire,) = osc_decode(sent.packet.datagram)
        assert message["address"] == on_the_wire.address
        wanted = [a.tag == "T" if a.tag in "TF" else a.value for a in on_the_wire.args]
        assert message["args"] == [pytest.approx(w) for w in wanted]


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_two_runs_print_the_same_bytes(calls: str, option: list[str]) -> None:
    """In processes of their own, whose hashes of text differ."""
    command = [
        sys.executable,
        "-c",
        "from ops.cli import main; main()",
        "rehearse",
        FILE,
        "--night",
        "2025-08-28",
        "--calls",
        calls,
        *option,
    ]
    first, second = (
        subprocess.run(
            command, cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert first.count(b"\n") >= 15


def test_neither_litestar_nor_asyncpg_is_imported() -> None:
    program = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from ops.cli import main\n"
        f"result = CliRunner().invoke(main, ['rehearse', {FILE!r}, '--night', '2025-08-29'])\n"
        "assert result.exit_code == 0, result.output\n"
        "print(*sorted({'litestar', 'asyncpg', 'uvicorn', 'asyncio', 'socketserver'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert not {"litestar", "asyncpg", "uvicorn"} & set(done.stdout.split())


def test_a_night_that_is_not_the_festivals_is_told_with_those_that_are() -> None:
    result = ran(FILE, "--night", "2025-12-24")
    assert result.exit_code != 0
    assert "2025-12-24 is not a night of the festival" in result.output
    assert "2025-08-28 to 2025-09-07" in result.output


def test_osc_types_without_a_value_are_said_as_json_has_them() -> None:
    said = [plain(Argument(tag=tag)) for tag in ("T", "F", "N")]
    assert said == [True, False, None]


def test_what_is_taken_off_the_wire_has_no_message_and_its_lines_say_so(tmp_path: Path) -> None:
    calls = tmp_path / "calls.csv"
    calls.write_text("at,call,surface,to\n19:00,route,facade,record only\n", "utf-8")
    args = (FILE, "--night", "2025-08-29", "--calls", str(calls))
    messages = [json.loads(line) for line in ran(*args, "--json").output.splitlines()]
    assert {m["surface"] for m in messages} == {"bridge"}
    assert not any("routing" in m for m in messages)
    went = [line for line in ran(*args).output.splitlines() if "  facade-loop.4  1  " in line]
    assert went
    assert went[0].endswith("(record only: facade-west, facade-centre, facade-east)")
