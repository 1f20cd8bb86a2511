"""What a recorded entry says, in words: the cue sheet's, and the same for what the sheet leaves out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from show_control.cue_sheet import does, line, off_the_wire
from show_control.entries import Entry
from show_control.model import Text

Said = Callable[[Entry], Text]


def entry_texts(entry: Entry) -> Text:
    """The cue sheet's words where it has some; never empty."""
    told = line(entry, "UTC")
    if told is not None:
        return told.texts
    say = SAID.get(entry.kind)
    if say is None:
        return {"und": entry.kind.replace("_", " ")}
    words = say(entry)
    return {
        "en": words["en"] + off_the_wire(entry, "en"),
        "ko": words["ko"] + off_the_wire(entry, "ko"),
    }


def _both(en: str, ko: str) -> Said:
    return lambda _: {"en": en, "ko": ko}


def _intent(entry: Entry) -> Text:
    if on_air := entry.data.get("on_air"):
        side = WHICH.get(str(on_air), str(on_air))
        return {
            "en": f"about to send: {entry.server} {on_air} on air ({entry.data.get('why', '')})",
            "ko": f"보내려 함: {entry.server} {side} 송출 ({entry.data.get('why', '')})",
        }
    action = entry.data.get("action")
    told = [action | {"outputs": [entry.output]}] if action else []
    why = entry.data.get("why", "")
    return {
        "en": f"about to send: {does(told) or entry.output} ({why})",
        "ko": f"보내려 함: {does(told, 'ko') or entry.output} ({why})",
    }


def _result(entry: Entry) -> Text:
    sides = [(w, str(entry.data[w])) for w in ("main", "backup") if entry.data.get(w)]
    about = entry.output or entry.server
    return {
        "en": f"{about}: " + ", ".join(f"{which} {what}" for which, what in sides),
        "ko": f"{about}: " + ", ".join(f"{WHICH[w]} {_came_to(what)}" for w, what in sides),
    }


def _came_to(what: str) -> str:
    for en, ko in CAME_TO.items():
        if what == en or what.startswith(f"{en}:"):
            return ko + what.removeprefix(en)
    return what


def _evidence(entry: Entry) -> Text:
    which, agreement = str(entry.data.get("which", "")), str(entry.data.get("agreement", ""))
    where, korean = f"{entry.output}, {which}", f"{entry.output}, {WHICH.get(which, which)}"
    reported = entry.data.get("reported")
    return {
        "en": f"{where}: {agreement}{_reported(reported, 'nothing')}",
        "ko": f"{korean}: {AGREEMENT.get(agreement, agreement)}{_reported(reported, '없음')}",
    }


def _reported(reported: Any, nothing: str) -> str:
    if not isinstance(reported, dict) or not reported:
        return ""
    told = (f"{name} {nothing if value is None else value}" for name, value in reported.items())
    return f" ({', '.join(told)})"


def _on_air(entry: Entry) -> Text:
    agreement, side = str(entry.data.get("agreement", "")), entry.data.get("reported")
    shown = f" ({side})" if side else ""
    korean = f" ({WHICH.get(str(side), str(side))})" if side else ""
    return {
        "en": f"{entry.server}, on air: {agreement}{shown}",
        "ko": f"{entry.server}, 송출: {AGREEMENT.get(agreement, agreement)}{korean}",
    }


def _life(entry: Entry) -> Text:
    which, life = str(entry.data.get("which", "")), str(entry.data.get("life", ""))
    return {
        "en": f"{entry.server}, {which}: {life}",
        "ko": f"{entry.server}, {WHICH.get(which, which)}: {LIFE.get(life, life)}",
    }


def _loaded(entry: Entry) -> Text:
    festival, version = entry.data.get("festival", ""), entry.data.get("version")
    named = f"{festival} v{version}" if version is not None else str(festival)
    return {"en": f"night file loaded: {named}", "ko": f"밤 파일을 불러옴: {named}"}


def _standby(entry: Entry) -> Text:
    return {"en": f"{entry.cue} stands by", "ko": f"{entry.cue} 대기"}


def _call(entry: Entry) -> Text:
    """A GO: the sheet tells it by the cue that went."""
    by = f" {entry.by}" if entry.by else ""
    called = str(entry.data.get("call", "")).replace("_", " ")
    word = called.upper() if called == "go" else called
    return {"en": f"{word},{by}" if by else word, "ko": f"{word},{by}" if by else word}


def _started(entry: Entry) -> Text:
    how = entry.data.get("how", "")
    return {"en": f"started, {how}", "ko": f"시작, {how}"}


def _alarm_over(entry: Entry) -> Text:
    what = entry.reason or str(entry.data.get("code", "")).replace("_", " ")
    return {"en": f"alarm over: {what}", "ko": f"경보 끝: {what}"}


WHICH = {"main": "메인", "backup": "백업"}
CAME_TO = {
    "sent": "보냄",
    "not sent": "보내지 않음",
    "unknowable": "알 수 없음",
    "record only": "기록만",
}
AGREEMENT = {
    "confirmed": "확인됨",
    "no reply": "응답 없음",
    "differs": "다름",
    "cannot be asked": "확인 불가",
}
LIFE = {
    "alive": "살아 있음",
    "silent": "조용함",
    "unreachable": "닿지 않음",
    "not asked": "묻지 않음",
}
SAID: dict[str, Said] = {
    "term": _both("a player started", "플레이어가 시작함"),
    "clock_adopted": _both("the clock was adopted", "시계를 새로 맞춤"),
    "loaded": _loaded,
    "file": _both("a night file was entered", "밤 파일이 기록됨"),
    "state": _both("the engine's state changed", "엔진의 상태가 바뀜"),
    "started": _started,
    "standby": _standby,
    "call": _call,
    "intent": _intent,
    "result": _result,
    "evidence": _evidence,
    "life": _life,
    "on_air": _on_air,
    "alarm": _alarm_over,
}
"""The kinds that the cue sheet leaves out, or leaves out sometimes."""
