"""The command `lamplighter`. A command imports what it runs, and no other command's libraries."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ops.cli_access import audit, link, person, token
from ops.cli_parts import (
    FILE,
    FOLDER,
    data_dir_option,
    fail,
    port_option,
    print_lines,
    settings_of,
    text_of,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lamplighter")
def main() -> None:
    """Plan, call and record nights of light."""


@main.command()
@data_dir_option
@click.argument("file", type=FILE)
def check(data_dir: Path | None, file: Path) -> None:
    """Check a festival FILE: decode it, plan every night, compile it; tell every fault in one go."""
    from schedules.checking import check as checked

    found = checked(text_of(file), _own_dialects(data_dir))
    for notice in found.notices:
        click.echo(f"notice: {notice}")
    if found.faults:
        count = "1 fault" if len(found.faults) == 1 else f"{len(found.faults)} faults"
        fail([*(f"fault: {f}" for f in found.faults), f"{file}: {count}"])
    click.echo(f"{file}: no faults")


@main.command()
@data_dir_option
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each conflict.")
def conflicts(data_dir: Path | None, file: Path, *, as_json: bool) -> None:
    """Tell the conflicts of a festival FILE's plan, each with a way out; ends with 1 where one is to
    be mended before publishing."""
    import msgspec

    from schedules.conflicting import conflicts_of

    found = conflicts_of(text_of(file), _own_dialects(data_dir))
    errors = [c for c in found.conflicts if c.severity == "error"]
    for conflict in found.conflicts:
        told = f"{conflict.severity}: {conflict.night}: {conflict.reason['en']}"
        way_out = f"; {conflict.remedy.words['en']}"
        click.echo(msgspec.json.encode(conflict).decode() if as_json else told + way_out)
    if found.faults:
        fail(f"fault: {f}" for f in found.faults)
    if not as_json:
        count = len(found.conflicts)
        noun = "conflict" if count == 1 else "conflicts"
        click.echo(
            f"{file}: {count or 'no'} {noun}, {len(errors) or 'none'} to mend before publishing"
        )
    sys.exit(1 if errors else 0)


@main.command()
@data_dir_option
@click.argument("file", type=FILE)
@click.option("--night", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The night's date.")
@click.option("--calls", type=FILE, help="A CSV file of calls: at, call, run, standby, ...")
@click.option("--from", "starts", metavar="TIME", help="Print from here on: 23:55.")
@click.option("--to", "ends", metavar="TIME", help="Stop here: 00:10, or 24:10.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    help="So many times as fast as it will be (else at once).",
)
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line for each OSC message."
)
def rehearse(
    data_dir: Path | None,
    file: Path,
    night: datetime,
    calls: Path | None,
    starts: str | None,
    ends: str | None,
    speed: float | None,
    *,
    as_json: bool,
) -> None:
    """Run one night of a festival FILE, or a window of it, in virtual time, and print the cue sheet
    as it ran."""
    from ops.night_window import WindowFault
    from ops.rehearse import CallsFault, rehearsed
    from schedules.faults import FestivalFaults

    try:
        called = text_of(calls) if calls is not None else None
        own = _own_dialects(data_dir)
        lines = rehearsed(
            text_of(file),
            night.date(),
            called,
            own,
            as_json=as_json,
            between=(starts, ends),
            speed=speed,
        )
    except FestivalFaults as faults:
        fail(f"fault: {f}" for f in faults.faults)
    except CallsFault as faults:
        fail(f"{calls}, {line}" for line in str(faults).splitlines())
    except WindowFault as fault:
        fail([fault])
    if speed is None:
        click.echo("".join(f"{line}\n" for line in lines), nl=False)
    else:
        for line in lines:
            click.echo(line)


@main.command()
@data_dir_option
@click.option("--load", type=FILE, help="A festival file, whose coming nights are loaded.")
def player(data_dir: Path | None, load: Path | None) -> None:
    """Start the player alone, with no database and no service."""
    from ops.playing import play
    from show_control.journal import FolderHeld

    folder = settings_of(data_dir).data_dir
    try:
        play(folder, _packed_nights(folder, load) if load is not None else None)
    except FolderHeld as held:
        fail([held])


def _packed_nights(data_dir: Path, file: Path) -> bytes:
    """Planning is imported for a player that is given a file alone: the others hold none of it."""
    from ops.coming_nights import packed_nights
    from schedules.faults import FestivalFaults

    try:
        return packed_nights(data_dir, text_of(file))
    except FestivalFaults as faults:
        fail(f"fault: {f}" for f in faults.faults)


@main.command()
@data_dir_option
def remote(data_dir: Path | None) -> None:
    """Check the installation's lamplighter.toml, and say where a remote will be heard."""
    from ops.remote import remote_in_words
    from show_control.installation import InstallationFaults

    try:
        for line in remote_in_words(settings_of(data_dir).data_dir):
            click.echo(line)
    except InstallationFaults as faults:
        fail(f"fault: {f}" for f in faults.faults)


@main.group()
def journal() -> None:
    """Read what the player has recorded."""


@journal.command("show")
@data_dir_option
@click.option("--night", type=click.DateTime(["%Y-%m-%d"]), help="One night alone.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line for each OSC message."
)
@click.option("--entries", is_flag=True, help="Every entry as recorded, one JSON object a line.")
def journal_show(
    data_dir: Path | None, night: datetime | None, *, as_json: bool, entries: bool
) -> None:
    """Print a night as it ran, in the rehearsal's own lines."""
    from ops.journals import every_entry, shown

    folder, date = settings_of(data_dir).data_dir, night.date() if night else None
    try:
        lines = every_entry(folder, date) if entries else shown(folder, date, as_json=as_json)
        for line in lines:
            click.echo(line)
    except FileNotFoundError as fault:
        fail([fault])


@journal.command("verify")
@data_dir_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each finding.")
def journal_verify(data_dir: Path | None, *, as_json: bool) -> None:
    """Check every record: whole, in order, no key used twice, every intent ended."""
    from ops.journals import verified

    try:
        lines, sound = verified(settings_of(data_dir).data_dir, as_json=as_json)
    except FileNotFoundError as fault:
        fail([fault])
    for line in lines:
        click.echo(line)
    sys.exit(0 if sound else 1)


@main.command()
@data_dir_option
@click.option("--by", help="Your name, as it will be entered (by default your user name).")
def console(data_dir: Path | None, by: str | None) -> None:
    """Call from a terminal, on the player alone: standby, GO, hold, fade out, show stop."""
    from ops.terminal import call_from_terminal

    call_from_terminal(settings_of(data_dir).data_dir, by)


@main.command()
@click.option("--url", help="The service's address (else the one at --port, on this machine).")
@port_option
@click.option("--token-stdin", is_flag=True, help="Read the token there (else LAMPLIGHTER_TOKEN).")
@click.option("--language", type=click.Choice(["en", "ko"]), help="Else the terminal's.")
@click.option("--json", "as_json", is_flag=True, help="Print each frame of the feed, a line each.")
def watch(url: str | None, port: int | None, **how: Any) -> None:
    """Watch the board live, in a terminal or by a pipe. It calls nothing."""
    from ops.watch.command import CannotWatch
    from ops.watch.command import watch as watched

    try:
        watched(url or f"http://127.0.0.1:{settings_of(None, port).port}", **how)
    except CannotWatch as fault:
        fail([fault])


@main.command()
@data_dir_option
@click.argument("file", type=FILE, required=False)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="SERVER[/backup]=silent|restart|loss:0.3|delay:200ms|ok",
    help="A fault from the start; the same text on standard input is one from then on.",
)
@click.option(
    "--timecode",
    "timecodes",
    multiple=True,
    metavar="ID[@HH:MM:SS:FF]",
    help="Send this timecode of the file, from here on (else from its first cue). Faults are typed: "
    "timecode/ID=stop|loss:900ms|jump:01:00:30:00|reverse|rate:30|ok.",
)
@click.option("--verbose", is_flag=True, help="Print each message that arrives.")
@click.option(
    "--rehearsal",
    is_flag=True,
    help="At free ports, for outputs that the player of the data folder routes to the simulator.",
)
def simulate(
    data_dir: Path | None,
    file: Path | None,
    faults: tuple[str, ...],
    timecodes: tuple[str, ...],
    *,
    verbose: bool,
    rehearsal: bool,
) -> None:
    """Be the media servers of a festival FILE, or of the demo festival, answering as their vendors
    document."""
    from ops.simulating import simulated
    from schedules.faults import FestivalFaults
    from show_control.lookout import AlreadyThere

    try:
        text, folder = text_of(file) if file else None, settings_of(data_dir).data_dir
        simulated(text, faults, folder, verbose=verbose, rehearsal=rehearsal, timecodes=timecodes)
    except FestivalFaults as found:
        fail(f"fault: {f}" for f in found.faults)
    except (OSError, ValueError, AlreadyThere) as fault:
        fail([fault])


@main.command()
@data_dir_option
def migrate(data_dir: Path | None) -> None:
    """Bring the database's tables up to date."""
    from ops.storing import migrated

    print_lines(migrated(settings_of(data_dir)))


@main.command("import")
@data_dir_option
@click.argument("file", type=FILE)
def import_file(data_dir: Path | None, file: Path) -> None:
    """Take a festival FILE as the draft; the same file twice changes nothing."""
    from ops.storing import imported

    print_lines(imported(settings_of(data_dir), str(file), text_of(file)))


@main.command()
@data_dir_option
@click.argument("festival")
def export(data_dir: Path | None, festival: str) -> None:
    """Write FESTIVAL's draft to standard output, as a festival file: importing it again changes
    nothing."""
    from ops.storing import exported

    print_lines(exported(settings_of(data_dir), festival), whole=True)


@main.command()
@data_dir_option
@click.argument("festival")
@click.option("--by", help="Who publishes (by default your user name).")
def publish(data_dir: Path | None, festival: str, by: str | None) -> None:
    """Freeze FESTIVAL's draft as its next version, which the player then loads."""
    from ops.storing import published

    print_lines(published(settings_of(data_dir), festival, by))


for group in (person, token, link, audit):
    main.add_command(group)


@main.command()
@data_dir_option
@port_option
def run(data_dir: Path | None, port: int | None) -> None:
    """Run everything: PostgreSQL, the player, the service with its page."""
    from ops.supervisor import supervise

    sys.exit(supervise(settings_of(data_dir, port)))


@main.command()
@click.option("--data-dir", type=FOLDER, help="A folder to keep (else one that goes at the end).")
@port_option
@click.option("--hands-off", is_flag=True, help="Enable the laser and give the GOs by itself.")
@click.option("--from", "starts", metavar="TIME", help="Begin there in the night: 21:55, 00:10.")
@click.option(
    "--night", type=click.DateTime(["%Y-%m-%d"]), help="Of this night (else the opening)."
)
def demo(
    data_dir: Path | None,
    port: int | None,
    starts: str | None,
    night: datetime | None,
    *,
    hands_off: bool,
) -> None:
    """Tonight is opening night: everything, with simulated media servers, ready to be called."""
    from ops.demo import demonstrate
    from ops.night_window import WindowFault

    if night is not None and starts is None:
        fail(["--night needs --from: a moment of it"])
    day = night.date() if night is not None else None
    try:
        sys.exit(demonstrate(data_dir, port, hands_off=hands_off, night=day, starts=starts))
    except WindowFault as fault:
        fail([fault])


@main.command()
@data_dir_option
@port_option
def serve(data_dir: Path | None, port: int | None) -> None:
    """One more service on a data folder that runs, at a port of its own; `run` has the first."""
    from ops.serve import serve as served
    from ops.tls import BadCertificate, check_certificate

    settings = settings_of(data_dir, port)
    try:
        check_certificate(settings)
    except BadCertificate as fault:
        fail([fault])
    served(settings)


@main.command("call-demo", hidden=True)
@data_dir_option
def call_demo(data_dir: Path | None) -> None:
    """The hands of `demo --hands-off`: a child of it."""
    import asyncio

    from ops.hands_off import call_by_itself

    asyncio.run(call_by_itself(settings_of(data_dir).data_dir))


def _own_dialects(data_dir: Path | None) -> Iterable[Any]:
    """Those of the data folder; ends where one is at fault."""
    from ops.own_dialects import own_dialects
    from schedules.faults import FestivalFaults

    try:
        return own_dialects(settings_of(data_dir).data_dir)
    except FestivalFaults as found:
        fail(f"fault: {f}" for f in found.faults)
