"""Conflicts and remedies in words, English and Korean.

Korean sentences put ids where no particle follows them: nobody can tell how an id is read.
"""

from __future__ import annotations

from schedules.planning.conflict_model import Words
from show_control.model import words

REASONS: dict[str, tuple[str, str]] = {
    "overlap": (
        "{slot}, {span}, overlaps {other}, {other_span}: both are {programme} on {surface}",
        "{surface}: {slot} {span}, {other} {other_span}, 같은 편성({programme})에서 시간이 겹칩니다",
    ),
    "changeover": (
        "{slot} starts at {starts}, {gap} after {other} ends: {surface} needs {needed} to change over",
        "{surface}: {other} 종료 뒤 {gap} 만에 {slot} 시작({starts}), 전환에는 {needed} 필요합니다",
    ),
    "displaced": (
        "{slot}, {span}, is displaced by {other}, {other_span}",
        "{slot} {span}: 특별 편성 {other} {other_span} 때문에 밀려납니다",
    ),
    "outside_night": (
        "{slot}, {span}, does not lie inside its night, {limit}",
        "{slot} {span}: 그날 밤의 범위 {limit} 밖입니다",
    ),
    "opening": (
        "{slot} starts at {starts}, before {surface} opens at {limit}",
        "{surface}: {slot} 시작 {starts}, 개장 {limit} 전입니다",
    ),
    "closed": (
        "{slot}, {span}, is on {surface} while it is closed, {limit}{why}",
        "{surface}: {slot} {span}, 휴관 시간 {limit}입니다{why}",
    ),
    "curfew": (
        "{slot}, {span}, runs past curfew: {surface} goes dark at {limit}",
        "{surface}: {slot} {span}, 소등 시각 {limit} 이후까지 이어집니다",
    ),
    "light_hours": (
        "{slot}, {span}, is outside the hours in which {surface} may be lit, {limit}{paper}",
        "{surface}: {slot} {span}, 점등 허가 시간 {limit} 밖입니다{paper}",
    ),
    "sound_hours": (
        "{slot}, {span}, has sound ({work}) outside the hours in which {surface} may sound, {limit}{paper}",
        "{surface}: {slot} {span}, 음향 허가 시간 {limit} 밖에 소리가 납니다(작품 {work}){paper}",
    ),
    "picture_minutes": (
        "{slot}, {span}, makes more than {limit} minutes of picture on {surface} in the hour from {hour}{paper}",
        "{surface}: {slot} {span}, {hour}부터 한 시간의 영상 허가 {limit}분을 넘습니다{paper}",
    ),
    "luminance": (
        "{work} in {slot} shines with {value} cd/m2: {surface} may have {limit}{paper}",
        "{surface}: {slot}의 작품 {work} 휘도 {value} cd/m2, 허가는 {limit} cd/m2까지입니다{paper}",
    ),
    "advertising": (
        "{work} in {slot} is advertising, which {surface} may not show{paper}",
        "{surface}: {slot}의 작품 {work}, 광고는 허가되지 않았습니다{paper}",
    ),
    "rights_window": (
        "{work} in {slot} may be shown from {first} to {last}, not on {night}",
        "{slot}의 작품 {work}: 상영권은 {first}부터 {last}까지이며 {night}에는 없습니다",
    ),
    "rights_surface": (
        "{work} in {slot} may not be shown on {surface}: its rights are for {surfaces}",
        "{slot}의 작품 {work}: 상영권은 {surfaces}에만 있고 {surface}에는 없습니다",
    ),
    "away": (
        "{slot}, {span}, needs {person}, who is not there then",
        "{slot} {span}: 필요한 사람 {person}, 그 시간에 없습니다",
    ),
    "needed_twice": (
        "{person} is needed by {slot}, {span}, and by {other}, {other_span}, at once",
        "{person}: {slot} {span}, {other} {other_span}에 동시에 필요합니다",
    ),
    "claimed_twice": (
        "{claim} is claimed by {slot} on {surface}, {span}, and by {other} on {other_surface}, {other_span}, at once",
        "{claim}: {surface}의 {slot} {span}, {other_surface}의 {other} {other_span}, 동시에 쓰려 합니다",
    ),
    "too_long": (
        "{what} lasts {length}, longer than {slot}, {span}",
        "{slot} {span}: {what} 길이 {length}, 슬롯보다 깁니다",
    ),
    "sequence_missing": (
        "{slot} has the sequence {sequence}, which is not there",
        "{slot}: 시퀀스 {sequence} 없습니다",
    ),
    "sequence_unfit": (
        "{slot} plays {work} on {unfit}, whose outputs have no clip of it",
        "{slot}: 작품 {work}, {unfit} 출력에 클립이 없습니다",
    ),
    "sequence_idle": (
        "{slot} is on {surface}, and the sequence {sequence} drives none of its outputs",
        "{surface}: {slot}의 시퀀스 {sequence}, 이 표면의 출력을 하나도 쓰지 않습니다",
    ),
    "latest_start": (
        "{slot} may start at {limit} at the latest, before it starts at {starts}",
        "{slot}: 늦어도 시작해야 할 시각 {limit}, 시작 시각 {starts}보다 이릅니다",
    ),
    "latest_start_curfew": (
        "{slot} started as late as {limit} would run past curfew: {surface} goes dark at {curfew}",
        "{surface}: {slot} 시작이 {limit}까지 늦어지면 소등 시각 {curfew} 이후까지 이어집니다",
    ),
}
"""By code, with two more where a code has two reasons."""

REMEDIES: dict[str, tuple[str, str]] = {
    "move": ("Start {slot} at {to}", "{slot} 옮기기: {to} 시작"),
    "shorten": ("End {slot} at {to}", "{slot} 줄이기: {to} 종료"),
    "lengthen": ("Let {slot} last until {to}", "{slot} 늘리기: {to} 종료"),
    "drop": ("Drop {slot} on {night}", "{night}: {slot} 빼기"),
    "leave_out": ("Play {slot} without {work} on {night}", "{night} {slot}: 작품 {work} 빼기"),
    "start_by": ("Let {slot} start at {to} at the latest", "{slot} 늦어도 시작할 시각: {to}"),
}


def both(said: tuple[str, str], **values: object) -> Words:
    """A sentence in both languages, each with what is a text in it where the file has it so."""
    told = zip(("en", "ko"), said, strict=True)
    return {language: text.format(**_in(language, values)) for language, text in told}


def _in(language: str, values: dict[str, object]) -> dict[str, object]:
    return {k: words(v, language) if isinstance(v, dict) else v for k, v in values.items()}


def reason(name: str, **values: object) -> Words:
    """Why two things do not go together."""
    return both(REASONS[name], **values)
