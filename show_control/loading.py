"""Taking a night file a piece at a time, so that thirty thousand cues are taken between two."""

from __future__ import annotations

import hashlib
from collections.abc import Generator

import msgspec

from show_control.commands import Answer
from show_control.dialects import dialect_of
from show_control.events import Loaded
from show_control.intents import file_entries
from show_control.model import Millis, NightFile
from show_control.night_file import IllegalNightFile, check_in_pieces, open_night_file
from show_control.player import Player
from show_control.sentences import Sentence, said, say, texts

Taking = Generator[float, None, Answer]
"""Each piece is told, before it is done, by the seconds that it may take."""

NO_NIGHT_FILE = (IllegalNightFile, msgspec.MsgspecError, ValueError, RecursionError)
"""What bytes that are none may raise: text that is no text, too, and brackets without end."""
SHORT = 0.003
_CHUNK = 1 << 19
_OUTLINED = 200e6
"""Bytes whose outline is read in a second, at least."""


def taking(player: Player, packed: bytes, replaces: str | None, by: str = "") -> Taking:
    """Take a night file if the one that it replaces is the one held; the same again is no change."""
    digest = hashlib.sha256()
    for at in range(0, len(packed), _CHUNK):
        digest.update(memoryview(packed)[at : at + _CHUNK])
        yield SHORT
    content = digest.hexdigest()
    if answer := _settled(player, content, replaces):
        return answer
    yield max(SHORT, len(packed) / _OUTLINED)
    try:
        file = open_night_file(packed)
        for _ in check_in_pieces(file):
            yield SHORT
        unspoken(file)
    except NO_NIGHT_FILE as fault:
        return refused(None, player.clock.now(), said("no_night_file", fault=str(fault)))
    if content not in player.state.files:
        for entry in file_entries(content, packed, player.clock.now()):
            player.journal.append([entry])
            yield SHORT
    player.load(Loaded(hash=content, file=file, by=by), entered=True)
    return Answer(request=None, accepted=True, at=player.clock.now())


def unspoken(file: NightFile) -> None:
    """Raises IllegalNightFile for a dialect that nothing here speaks: of a newer service, or a user's."""
    for server in file.servers.values():
        try:
            dialect_of(server)
        except (KeyError, ValueError) as fault:
            raise IllegalNightFile(
                f"server {server.id}: nothing here speaks {server.dialect} ({fault!r})"
            ) from None


def load(player: Player, packed: bytes, replaces: str | None, by: str = "") -> Answer:
    """The same, in one go."""
    pieces = taking(player, packed, replaces, by)
    while True:
        try:
            next(pieces)
        except StopIteration as done:
            answer: Answer = done.value
            return answer


def refused(request: str | None, at: Millis, why: Sentence) -> Answer:
    """A refusal that is the door's own."""
    return Answer(request=request, accepted=False, at=at, reason=say(why), reasons=texts(why))


def _settled(player: Player, content: str, replaces: str | None) -> Answer | None:
    """The answer where there is nothing to take."""
    now, held = player.clock.now(), player.state.loaded
    if held == content:
        return Answer(request=None, accepted=True, at=now)
    if held == replaces:
        return None
    why = said(
        "other_night_file",
        held=held[:12] if held else said("none_held"),
        wanted=replaces[:12] if replaces else said("none_wanted"),
    )
    return refused(None, now, why)
