"""The player as a process: its folder, its lock, its journal, its link, and how it comes back."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from show_control import safe_look
from show_control.clock import Pair, SystemClock
from show_control.doors import Doors
from show_control.events import Settled
from show_control.installation import Installation, InstallationFaults, read_installation
from show_control.journal import Disk, Finding, FolderLock, Journal, tail
from show_control.link import LinkServer
from show_control.loading import load
from show_control.lookout import Lookout, there
from show_control.model import NightFile, Simulator
from show_control.night_file import unpack_night_file
from show_control.overruns import Overruns
from show_control.player import ENGINE, Player
from show_control.promptness import Collector, get_prompt
from show_control.recovery import Recovered, begins, recover
from show_control.remote import Remote
from show_control.sentences import said
from show_control.sentences import say as in_words
from show_control.serving import Serving
from show_control.timecode.door import TimecodeDoor
from show_control.transport import Transport
from show_control.warming import Warming

Say = Callable[[str], None]


def player_folder(data_dir: Path) -> Path:
    """Where the player keeps its lock, journal, link and safe look."""
    return data_dir / "player"


def run(data_dir: Path, *, packed: bytes | None = None, say: Say, disk: Disk | None = None) -> None:
    """Be the player of a data folder until SIGTERM or SIGINT; raises FolderHeld where one is already.

    `packed` is a night file to load at the start, in place of whatever was loaded before.
    """
    folder = player_folder(data_dir)
    stopping = listen_for_stop()
    installation, fault = settings_of(data_dir)
    with FolderLock(folder) as lock:
        damage: list[Finding] = []
        found = recover(tail(folder, begins, damage.append))
        clock = SystemClock(pair_of(found))
        journal = Journal.open(folder, clock, engine=ENGINE, disk=disk)
        link = LinkServer(folder, clock.boottime)
        remote = remote_of(installation, journal, clock, say)
        transport = Transport()
        timecode = TimecodeDoor(say)
        collector = Collector()
        player = Player(
            clock=clock,
            journal=journal,
            transport=transport,
            door=Doors(
                *([remote] if remote else []),
                Serving(link, journal),
                timecode,
                Lookout(data_dir),
                Overruns(),
                Warming(),
            ),
            may_send=lock.may_send,
            on_loaded=lambda file: loaded(player, collector, folder, file),
            log=say,
        )
        try:
            be_quick(player, collector, say)
            tell_fault(player, fault, say)
            come_back(player, found, say, there(data_dir))
            player.take(Settled(minimum_span=installation.minimum_span))
            tell_damage(player, damage, found.lost, say)
            collector.keep()
            if packed is not None:
                load_first(player, packed, say)
            while not stopping():
                lock.look()
                player.turn()
                collector.turn(player.left())
        finally:
            if remote is not None:
                remote.close()
            link.close()
            timecode.close()
            transport.close()
            journal.close()


def settings_of(data_dir: Path) -> tuple[Installation, InstallationFaults | None]:
    """The installation's settings; with faults in them, none, and the faults: a show starts all the same."""
    try:
        return read_installation(data_dir), None
    except InstallationFaults as faults:
        return Installation(), faults


def remote_of(
    installation: Installation, journal: Journal, clock: SystemClock, say: Say
) -> Remote | None:
    """The remote, where the settings open one."""
    settings = installation.remote
    return None if settings is None else Remote(settings, journal, clock.now, say)


def tell_fault(player: Player, fault: InstallationFaults | None, say: Say) -> None:
    """Raise an alarm for settings with faults, and say each."""
    if fault is None:
        return
    for one in fault.faults:
        say(str(one))
    player.alarm("remote", said("alarm.remote", fault=str(fault)))


def loaded(player: Player, collector: Collector, folder: Path, file: NightFile) -> None:
    """A night file was taken."""
    keep_safe_look(player, folder, file)
    collector.keep()


def keep_safe_look(player: Player, folder: Path, file: NightFile) -> None:
    """Lay the safe look ready for the console; a full disk is an alarm and no more."""
    try:
        safe_look.write(folder, file, player.clock.now())
    except OSError as failure:
        player.alarm("safe_look", said("alarm.safe_look", fault=str(failure)))
    else:
        player.alarm("safe_look", None)


def pair_of(found: Recovered) -> Pair | None:
    """The clock mapping of before: kept while something is live and the machine did not start anew."""
    live = any(r.live for r in found.board.state.runs.values())
    same_boot = found.boot == SystemClock().boot
    return found.pair if live and same_boot else None


def come_back(
    player: Player, found: Recovered, say: Say, simulators: Mapping[str, Simulator] | None = None
) -> None:
    """Go on from what the journal says; a first start has nothing to go on from.

    What was a simulator's address may be another's by now: those that are there are told anew.
    """
    player.unknowable(found.unknowable)
    state = msgspec.structs.replace(found.board.state, simulators=dict(simulators or {}))
    if state.loaded is None:
        return
    say(f"back with {state.loaded[:12]}, {sum(r.live for r in state.runs.values())} runs live")
    player.resume(
        state, same_engine=found.engine == ENGINE and not found.lost, lines=found.board.lines
    )


def tell_damage(player: Player, damage: list[Finding], lost: int, say: Say) -> None:
    """What of the journal could not be read, with its place: an alarm for as long as this player runs."""
    faults = [f.words for f in damage if f.fault]
    for words in faults:
        say(words)
    if lost or faults:
        why = said("alarm.journal_damaged", lost=lost or None, place="; ".join(faults[:3]))
        player.alarm("journal_damaged", why, outputs=None)


def load_first(player: Player, packed: bytes, say: Say) -> None:
    """Load the file named at the start."""
    answer = load(player, packed, player.state.loaded, "player --load")
    if not answer.accepted:
        raise ValueError(answer.reason)
    file = unpack_night_file(packed)
    say(f"holds {file.festival}, {len(file.nights)} nights")


def listen_for_stop() -> Callable[[], bool]:
    """SIGTERM and SIGINT ask the loop to end; it does between two turns."""
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return lambda: stopped


def be_quick(player: Player, collector: Collector, say: Say) -> None:
    """Get what keeps the instant of a cue, and tell everybody what was got; its lack is an alarm."""
    got = get_prompt(collector)
    player.journal.append(
        [{"kind": "promptness", "at": player.clock.now(), "data": msgspec.structs.asdict(got)}]
    )
    player.alarm("not_prompt", None if got.realtime else NOT_PROMPT, outputs=None)
    say(
        f"real-time priority {_got(got.realtime)}, memory locked {_got(got.memory)}, "
        f"no garbage collected near a cue {_got(got.collector)}"
    )
    if not got.realtime:
        say(in_words(NOT_PROMPT))


NOT_PROMPT = said("alarm.not_prompt")


def _got(it: bool) -> str:
    return "yes" if it else "NO"
