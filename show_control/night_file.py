"""A night file as bytes: packed, told apart by its hash, and opened with its sequences still packed (pure)."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from show_control.model import Action, NightFile, Sequence
from show_control.night_file_rules import faults, faults_but_cues, sequence_faults, without_cues


class IllegalNightFile(ValueError):
    """A night file whose parts do not fit together; the message lists every fault."""


class _Outline(NightFile, frozen=True):
    """A night file whose sequences are still packed."""

    sequences: dict[str, msgspec.Raw] = msgspec.field(default_factory=dict)  # type: ignore[assignment]  # read by open_night_file alone


Shown = dict[str, dict[int | str, None]]
"""By output, the clips that it may be told to show, each once, in the order of the file."""


def note_clips(shown: Shown, actions: Iterable[Action]) -> None:
    """Add those of some actions."""
    for action in actions:
        if action.clip is not None:
            for output in action.outputs:
                shown.setdefault(output, {})[action.clip] = None


class Sequences(Mapping[str, Sequence]):
    """Sequences that stay packed until they are asked for: of a festival's thousands of cues a night
    plays some. The newest asked for are kept."""

    KEPT = 16

    def __init__(self, packed: dict[str, msgspec.Raw]) -> None:
        self.packed = packed
        self.shown: Shown | None = None
        """What they show, where that has been gathered already: it takes unpacking all of them."""
        self._newest: OrderedDict[str, Sequence] = OrderedDict()

    def __getitem__(self, key: str) -> Sequence:
        found = self._newest.get(key)
        if found is None:
            found = _sequence_decoder.decode(self.packed[key])
            self._newest[key] = found
            if len(self._newest) > self.KEPT:
                self._newest.popitem(last=False)
        return found

    def __contains__(self, key: object) -> bool:
        return key in self.packed

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)


def _packed_alike(part: Any) -> Any:
    if isinstance(part, Sequences):
        return part.packed
    raise NotImplementedError(type(part).__name__)


_encoder = msgspec.msgpack.Encoder(enc_hook=_packed_alike)
_decoder = msgspec.msgpack.Decoder(NightFile)
_outline_decoder = msgspec.msgpack.Decoder(_Outline)
_sequence_decoder = msgspec.msgpack.Decoder(Sequence)


def pack_night_file(file: NightFile) -> bytes:
    """The one byte form of a night file: the same file always packs to the same bytes."""
    return _encoder.encode(file)


def unpack_night_file(packed: bytes) -> NightFile:
    """Decode and check; raises msgspec.ValidationError or IllegalNightFile."""
    file = _decoder.decode(packed)
    if found := faults(file):
        raise IllegalNightFile("; ".join(found))
    return file


def open_night_file(packed: bytes) -> NightFile:
    """A night file that was checked before, its sequences unpacked as they are asked for."""
    outline = _outline_decoder.decode(packed)
    parts = {f: getattr(outline, f) for f in outline.__struct_fields__}
    return NightFile(**{**parts, "sequences": Sequences(outline.sequences)})


def check_in_pieces(file: NightFile) -> Iterator[None]:
    """Check a file just opened, a sequence at a time; raises as `unpack_night_file`, and no later."""
    found, empty = faults_but_cues(file), set[str]()
    packed = file.sequences.packed if isinstance(file.sequences, Sequences) else {}
    shown: Shown = {}
    for key, raw in packed.items():
        yield
        sequence = _sequence_decoder.decode(raw)
        note_clips(shown, (action for cue in sequence.cues for action in cue.do))
        found += sequence_faults(file, sequence)
        if not sequence.cues:
            empty.add(key)
    found += without_cues(file, empty)
    if found:
        raise IllegalNightFile("; ".join(found))
    if isinstance(file.sequences, Sequences):
        file.sequences.shown = shown


def content_hash(packed: bytes) -> str:
    """What a night file is told apart by: the sha256 of its byte form, in hex."""
    return hashlib.sha256(packed).hexdigest()
