"""The lines of the cue sheet."""

from __future__ import annotations

from show_control.model import Text

SHEET: dict[str, Text] = {
    "sheet.stands_by": {"en": "stands by", "ko": "대기"},
    "sheet.ended": {"en": "ends[: {why}]", "ko": "끝남[: {why}]"},
    "sheet.lapsed": {"en": "lapsed[: {why}]", "ko": "시한 지남[: {why}]"},
    "sheet.skipped": {"en": "skipped[: {why}]", "ko": "건너뜀[: {why}]"},
    "sheet.waiting": {"en": "waits[: {why}]", "ko": "기다림[: {why}]"},
    "sheet.held": {"en": "held[: {why}]", "ko": "홀드[: {why}]"},
    "sheet.cue_passed": {"en": "passed[: {why}]", "ko": "지나감[: {why}]"},
    "sheet.loop_passed": {
        "en": "{passes} passes of the loop went by with the player away",
        "ko": "플레이어가 없는 동안 반복 {passes}번이 지남",
    },
    "sheet.cue_dropped": {"en": "dropped[: {why}]", "ko": "취소됨[: {why}]"},
    "sheet.cue_skipped": {"en": "skipped[: {why}]", "ko": "건너뜀[: {why}]"},
    "sheet.cue_held": {"en": "held[: {why}]", "ko": "홀드[: {why}]"},
    "sheet.call": {
        "en": "{call}[ {output}][ by {by}][: {why}]",
        "ko": "{call}[ {output}][ ({by})][: {why}]",
    },
    "sheet.restarts": {
        "en": "restart by {by}[: {why}]; automation is on",
        "ko": "공연 다시 시작 ({by})[: {why}]. 자동 진행 켜짐",
    },
    "sheet.restarts_off": {
        "en": "restart by {by}[: {why}]; automation stays off[, by {off}]",
        "ko": "공연 다시 시작 ({by})[: {why}]. 자동 진행은 꺼진 채[ ({off})]",
    },
    "sheet.refused": {
        "en": "{call} refused[, {by}]: {why}",
        "ko": "{call} 거부됨[ ({by})]: {why}",
    },
    "sheet.asks": {
        "en": "{by} asks {holder} for control",
        "ko": "{by} 님이 {holder} 님에게 제어권을 요청",
    },
    "sheet.takes": {"en": "{by} takes control", "ko": "{by} 님이 제어권을 가짐"},
    "sheet.takes_over": {
        "en": "{by} takes over control from {holder}",
        "ko": "{by} 님이 {holder} 님의 제어권을 넘겨받음",
    },
    "sheet.hands": {
        "en": "{by} hands control to {to}",
        "ko": "{by} 님이 {to} 님에게 제어권을 넘김",
    },
    "sheet.lets_go": {"en": "{by} lets go of control", "ko": "{by} 님이 제어권을 내려놓음"},
    "sheet.note": {"en": "note[ by {by}]: {words}", "ko": "메모[ ({by})]: {words}"},
    "sheet.not_sent": {"en": "not sent: {why}: {does}", "ko": "보내지 않음: {why}: {does}"},
    "sheet.reached_nobody": {"en": "{output} {sides}", "ko": "{output} {sides}"},
    "sheet.on_air": {
        "en": "{server} {which} on air[ by {by}]",
        "ko": "{server} {which} 송출[ ({by})]",
    },
    "sheet.routes": {
        "en": "{outputs} to {routing}[ by {by}]",
        "ko": "{outputs} 출력을 {routing}(으)로[ ({by})]",
    },
    "sheet.routed": {"en": "{routing}: {outputs}", "ko": "{routing}: {outputs}"},
    "sheet.curfew": {"en": "curfew", "ko": "종료 시한"},
    "sheet.hazard_end": {"en": "{outputs} dark: {why}", "ko": "{outputs} 끔: {why}"},
    "sheet.alarm": {"en": "alarm: {text}", "ko": "경보: {text}"},
    # what a cue did
    "sheet.late": {"en": "late {span}", "ko": "{span} 늦음"},
    "do.play": {"en": "clip {clip}[ {name}]", "ko": "클립 {clip}[ {name}]"},
    "do.level": {"en": "level {value:g}", "ko": "밝기 {value:g}"},
    "do.stop": {"en": "stop", "ko": "정지"},
    "do.blackout": {"en": "blackout", "ko": "암전"},
    "do.load": {"en": "load clip {clip}[ {name}]", "ko": "클립 {clip}[ {name}] 준비"},
    "do.seek": {"en": "go to {to}", "ko": "{to} 위치로"},
    "do.osc": {"en": "OSC {address}[ {args}]", "ko": "OSC 전송 {address}[ {args}]"},
    "do.start": {"en": "start {sequence}", "ko": "{sequence} 시작"},
    "do.on_air": {"en": "{server} {which} on air", "ko": "{server} {which} 송출"},
    "do.end": {"en": "end {sequence}", "ko": "{sequence} 끝냄"},
    "do.over": {"en": "{deed} over {span}", "ko": "{span} 동안 {deed}"},
    "how.GO": {"en": "GO", "ko": "GO"},
    "how.auto": {"en": "auto", "ko": "자동"},
    "how.with": {"en": "with", "ko": "함께"},
    "how.loop": {"en": "loop", "ko": "반복"},
    "how.timeline": {"en": "timeline", "ko": "타임라인"},
    "how.timecode": {"en": "timecode", "ko": "타임코드"},
    "how.timecode_again": {"en": "timecode, again", "ko": "타임코드, 다시"},
    "how.follow": {"en": "follow", "ko": "이어서"},
    "not_sent": {"en": "not sent: {fault}", "ko": "보내지 못함: {fault}"},
}
