"""From plain TOML values to the types of `model`, gathering every fault on the way.

msgspec itself would stop at the first fault. The walk goes on: what cannot be read is
left at its default, or at a neutral value where there is none, and its path is kept in
`Walk.faults`, so that later rules can look at the rest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec

from schedules.catalogue.values import As, Between, Id, OneOrMany, Ref, Short, Wall, shown
from schedules.faults import Fault, Wrong, nearest, one_of

_ID = re.compile(r"[a-z0-9-]+", re.ASCII)
_WORDS = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date",
}
_LARGEST = 2**53


class Found(NamedTuple):
    """A value that is judged once all has been read, and where it stands."""

    path: str
    value: Any
    mark: Any


class Walk:
    """One reading of one document; `ids`, `refs` and `walls` are what it met."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.ids: list[Found] = []
        self.refs: list[Found] = []
        self.walls: list[Found] = []

    def table(self, raw: dict[str, Any], kind: type[msgspec.Struct], path: str = "") -> Any:
        """Read a table as a Struct; keys that it lacks or does not know are faults."""
        fields = {f.encode_name: f for f in _fields(kind)}
        for key in raw:
            if key not in fields:
                near = nearest(key, fields)
                right = f"did you mean {near}?" if near else f"known here: {', '.join(fields)}"
                self._fault(_join(path, key), f"the format has no key {key} here", right)
        values = {f.name: self._field(raw, f, path) for f in fields.values()}
        return kind(**values)

    def _field(self, raw: dict[str, Any], field: msgspec.structs.FieldInfo, path: str) -> Any:
        at = _join(path, field.encode_name)
        if field.encode_name in raw:
            return self.value(raw[field.encode_name], field.type, at, _fallback(field))
        if field.required:
            self._fault(at, f"{field.encode_name} is missing", f"give {_wanted(field.type)}")
            return _neutral(field.type)
        return _default(field)

    def value(self, raw: Any, kind: Any, path: str, fallback: Any) -> Any:
        """Read one value, or note its fault and give `fallback`."""
        kind, marks = _unwrap(kind)
        try:
            return self._read(raw, kind, marks, path)
        except Wrong as wrong:
            self._fault(path + wrong.at, wrong.message, wrong.right)
            return fallback

    def _read(self, raw: Any, kind: Any, marks: tuple[Any, ...], path: str) -> Any:
        for mark in marks:
            match mark:
                case As():
                    value = mark.read(raw)
                    self.walls += [Found(path, value, m) for m in marks if isinstance(m, Wall)]
                    return value
                case Short() if not isinstance(raw, dict):
                    return self._short(raw, kind, mark.key, path)
                case OneOrMany() if isinstance(raw, dict):
                    (item, _) = get_args(kind)
                    return (self.value(raw, item, path, None),)
        value = self._shaped(raw, kind, path)
        self._judge(value, marks, path)
        return value

    def _short(self, raw: Any, kind: Any, key: str, path: str) -> Any:
        field = next(f for f in _fields(kind) if f.encode_name == key)
        inner, marks = _unwrap(field.type)
        return kind(**{field.name: self._read(raw, inner, marks, path)})

    def _shaped(self, raw: Any, kind: Any, path: str) -> Any:
        origin = get_origin(kind)
        if origin is Literal:
            return _choice(raw, get_args(kind))
        if origin is tuple:
            return self._list(raw, get_args(kind)[0], path)
        if origin is dict:
            key, item = get_args(kind)
            return self._dict(raw, key, item, path)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            if isinstance(raw, str | int | float):
                raise Wrong(f"{shown(raw)} is not a table", f"write {_as_table(raw, kind)}")
            return self.table(_table(raw), kind, path)
        return _plain(raw, kind)

    def _list(self, raw: Any, item: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise Wrong(
                f"{shown(raw)} is not a list", f"write [ ] around {_wanted(item, many=True)}"
            )
        return tuple(
            self.value(each, item, f"{path}[{n}]", _neutral(item)) for n, each in enumerate(raw)
        )

    def _dict(self, raw: Any, key: Any, item: Any, path: str) -> dict[str, Any]:
        for name in _table(raw):
            self._judge(name, _unwrap(key)[1], _join(path, name))
        return {
            name: self.value(each, item, _join(path, name), _neutral(item))
            for name, each in raw.items()
        }

    def _judge(self, value: Any, marks: Iterable[Any], path: str) -> None:
        for mark in marks:
            match mark:
                case Id():
                    if not _ID.fullmatch(value):
                        raise Wrong(f"{shown(value)} is not an id", "use a-z, 0-9 and - only")
                    self.ids.append(Found(path, value, mark))
                case Ref():
                    self.refs.append(Found(path, value, mark))
                case Between(low, high):
                    if not low <= value <= high:
                        right = f"from {low:g} to {high:g}"
                        raise Wrong(f"{value:g} is out of range", right)
                case _:
                    pass

    def _fault(self, path: str, message: str, right: str) -> None:
        self.faults.append(Fault(path, message, right))


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default


def _fallback(field: msgspec.structs.FieldInfo) -> Any:
    """What stands in for what was given and could not be read: never None, which would say
    to later rules that nothing was given."""
    default = None if field.required else _default(field)
    return _neutral(field.type) if default is None else default


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


def _unwrap(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without `| None` and its marks; TOML has no null."""
    if get_origin(kind) in (Union, UnionType):
        (kind, *rest) = [arm for arm in get_args(kind) if arm is not NoneType]
        assert not rest, "other unions are read by a function: As"
    if get_origin(kind) is Annotated:
        inner, *marks = get_args(kind)
        return inner, tuple(marks)
    return kind, ()


def _neutral(kind: Any) -> Any:
    """What stands in for a value that could not be read and has no default."""
    inner, _ = _unwrap(kind)
    if get_origin(inner) in (tuple, dict):
        return get_origin(inner)()
    if get_origin(inner) is Literal:
        return ""  # none of them: rules for any one of them would only echo
    if inner is date:
        return date.min
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return inner(**{f.name: _neutral(f.type) for f in _fields(inner) if f.required})
    return inner() if inner in (str, int, float, bool) else 0  # a clip's place: number or text


_READ = {
    "wall_time": 'a time of day, such as "06:00"',
    "night_time_of_day": 'a night time, such as "20:00" or "25:30"',
    "length": 'a length of time, such as "5m" or "90s"',
    "people_text": 'words by language, such as { en = "..." }',
    "clip_place": "the clip's place on the servers, such as 4",
    "timecode_rate": "24, 25, 29.97 or 30",
    "timecode_label": 'a frame, such as "01:00:00:00"',
    "zone": 'an IANA time zone, such as "Asia/Seoul"',
}
"""What a value read from text is written as, by the function that reads it."""


def _wanted(kind: Any, *, many: bool = False) -> str:
    inner, marks = _unwrap(kind)
    if get_origin(inner) is Literal:
        return "one of " + ", ".join(map(str, get_args(inner)))
    for mark in marks:
        if isinstance(mark, Ref):
            return f"an id from {mark.table.replace(' ', ', ')}"
        if isinstance(mark, As) and mark.read.__name__ in _READ:
            return _READ[mark.read.__name__]
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return "tables" if many else "a table"
    if get_origin(inner) is tuple:
        return f"a list: {_wanted(get_args(inner)[0], many=True)}"
    return _WORDS.get(inner, "a value") if not get_origin(inner) else "a table"


def _choice(raw: Any, choices: tuple[str, ...]) -> str:
    if not isinstance(raw, str) or raw not in choices:
        raise Wrong(f"{shown(raw)} is not known here", one_of(raw, choices))
    return raw


def _as_table(raw: str | float, kind: type[msgspec.Struct]) -> str:
    """A table that has a value which stands alone under the first of its keys that takes it."""
    for field in _fields(kind):
        walk = Walk()
        walk.value(raw, field.type, "", None)
        if not walk.faults:
            return f"{{ {field.encode_name} = {shown(raw)} }}"
    return "{ key = value, ... }"


def _table(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Wrong(f"{shown(raw)} is not a table", "write { key = value, ... }")
    return raw


def _plain(raw: Any, kind: Any) -> Any:
    right = f"write {_WORDS[kind]}"
    wrong = Wrong(f"{shown(raw)} is not {_WORDS[kind]}", right)
    if kind is float and isinstance(raw, int) and not isinstance(raw, bool):
        raw = float(raw) if abs(raw) < _LARGEST else math.inf
    if kind is date and isinstance(raw, datetime):
        raise Wrong(f"{shown(raw)} is a date and a time", f"write {raw.date()}")
    if not isinstance(raw, kind) or (isinstance(raw, bool) and kind is not bool):
        if kind is str and isinstance(raw, int | float | date):
            wrong.right = f'write "{raw}"'
        raise wrong
    if isinstance(raw, float) and not math.isfinite(raw):
        raise wrong
    if isinstance(raw, int) and abs(raw) > _LARGEST:
        raise Wrong(f"{raw} is out of range", "write a smaller number")
    if isinstance(raw, str) and not raw.strip():
        raise Wrong("an empty text says nothing", "write a text, or leave the key out")
    return raw


def _join(path: str, key: str) -> str:
    name = key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{key}"'
    return f"{path}.{name}" if path else name
