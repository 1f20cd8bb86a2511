"""Single words that sentences are filled in with."""

from __future__ import annotations

from show_control.model import Text

WORDS: dict[str, Text] = {
    "nobody_named": {"en": "nobody named", "ko": "이름 없음"},
    "none_held": {"en": "no night file", "ko": "없음"},
    "none_wanted": {"en": "none", "ko": "없음"},
    "no_reason_given": {"en": "no reason given", "ko": "이유를 말하지 않음"},
    "main": {"en": "main", "ko": "메인"},
    "backup": {"en": "backup", "ko": "백업"},
    "hazard.laser": {"en": "laser", "ko": "레이저"},
    "hazard.flame": {"en": "flame", "ko": "화염"},
    "call.standby": {"en": "standby", "ko": "대기"},
    "call.back": {"en": "back", "ko": "앞 큐로"},
    "call.go": {"en": "go", "ko": "GO"},
    "call.hold": {"en": "hold", "ko": "홀드"},
    "call.resume": {"en": "resume", "ko": "재개"},
    "call.skip": {"en": "skip", "ko": "건너뛰기"},
    "call.leave": {"en": "leave the loop", "ko": "반복 나가기"},
    "call.end": {"en": "end", "ko": "끝내기"},
    "call.start": {"en": "start", "ko": "지금 시작"},
    "call.fade_out": {"en": "fade out", "ko": "페이드 아웃"},
    "call.show_stop": {"en": "show stop", "ko": "공연 중지"},
    "call.restore": {"en": "restore", "ko": "되살리기"},
    "call.automation_off": {"en": "automation off", "ko": "자동 진행 끄기"},
    "call.automation_on": {"en": "automation on", "ko": "자동 진행 켜기"},
    "call.enable": {"en": "enable", "ko": "허용"},
    "call.disable": {"en": "disable", "ko": "차단"},
    "call.route": {"en": "route", "ko": "출력 경로"},
    "call.on_air": {"en": "on air", "ko": "송출 서버 바꾸기"},
    "call.ask": {"en": "ask", "ko": "제어권 요청"},
    "call.take_over": {"en": "take over", "ko": "제어권 넘겨받기"},
    "call.hand_back": {"en": "hand back", "ko": "제어권 돌려주기"},
    "call.note": {"en": "note", "ko": "메모"},
    "span.h": {"en": "{count}h", "ko": "{count}시간"},
    "span.m": {"en": "{count}m", "ko": "{count}분"},
    "span.s": {"en": "{count}s", "ko": "{count}초"},
    "span.ms": {"en": "{count}ms", "ko": "{count}밀리초"},
}
