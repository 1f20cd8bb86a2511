"""A real player in a thread, on a real link and journal, whose packets go nowhere; and its night."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from show_control.clock import SystemClock
from show_control.entries import Entry
from show_control.events import Loaded
from show_control.journal import FolderLock, Journal, read
from show_control.link import LinkServer
from show_control.model import NightFile
from show_control.night_file import content_hash, pack_night_file
from show_control.player import ENGINE, Player
from show_control.process import keep_safe_look
from show_control.rehearsal import Nowhere
from show_control.serving import Serving
from tests.show_control import house

HOUR = 3_600_000
BEAM = house.sequence(
    "beam", house.cue("1", house.play("LASER", house.LASER), length=None), house.cue("2")
)


def tonight(*, beam: bool = False) -> NightFile:
    """The gala stands by on the wall, called by hand; and another run on the bridge, if wanted."""
    now = SystemClock().wall()
    when = {"starts": now - 60_000, "ends": now + HOUR, "start": "manual"}
    slots = [house.slot("gala", "20:00", "20:30", "gala")]
    if beam:
        place = {"surface": "bridge", "outputs": (house.LASER,)}
        slots.append(house.slot("beam", "20:00", "20:30", "beam", **place))
    file = house.night_file((house.GALA, BEAM), tuple(slots), curfew=None)
    moved = tuple(msgspec.structs.replace(s, **when) for s in slots)
    return house.with_night(file, starts=now - HOUR, ends=now + 6 * HOUR, slots=moved)


@contextmanager
def playing(folder: Path, file: NightFile | None = None) -> Iterator[None]:
    """A player of the folder for as long as this lasts; all of it lives in one thread."""
    started, stopped = threading.Event(), threading.Event()
    thread = threading.Thread(target=_play, args=(folder, file, started, stopped), daemon=True)
    thread.start()
    assert started.wait(10), "the player did not start"
    try:
        yield
    finally:
        stopped.set()
        thread.join(10)
        assert not thread.is_alive()


def _play(
    folder: Path, file: NightFile | None, started: threading.Event, stopped: threading.Event
) -> None:
    with FolderLock(folder) as lock:
        clock = SystemClock()
        journal = Journal.open(folder, clock, engine=ENGINE)
        link = LinkServer(folder, clock.boottime)
        player = Player(
            clock=clock,
            journal=journal,
            transport=Nowhere(),
            door=Serving(link, journal),
            may_send=lock.may_send,
            on_loaded=lambda file: keep_safe_look(player, folder, file),
        )
        if file is not None:
            player.load(Loaded(hash=content_hash(pack_night_file(file)), file=file))
        started.set()
        try:
            while not stopped.is_set():
                player.turn(at_most=0.02)
        finally:
            link.close()
            journal.close()


def written(folder: Path) -> list[Entry]:
    """Everything in a journal that is closed."""
    return list(read(folder))


def called(folder: Path) -> list[Entry]:
    """Every call of a journal that is closed, those refused among them."""
    return [e for e in written(folder) if e.kind in ("call", "refused")]


def names(entries: list[Entry]) -> list[str]:
    return [e.data["call"] for e in entries]
