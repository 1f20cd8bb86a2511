"""Why something happened, or did not: the reasons that entries and slots have."""

from __future__ import annotations

from show_control.model import Text

REASONS: dict[str, Text] = {
    # a run that is over, or did not begin
    "last_cue_ended": {"en": "its last cue ended", "ko": "마지막 큐가 끝남"},
    "every_cue_skipped": {"en": "every cue was skipped", "ko": "모든 큐를 건너뜀"},
    "ended": {"en": "ended", "ko": "사람이 끝냄"},
    "slot_ended": {"en": "its slot ended", "ko": "순서의 시간이 끝남"},
    "curfew": {"en": "curfew", "ko": "종료 시한"},
    "outputs_taken": {"en": "{slot} took its outputs", "ko": "{slot} 진행이 출력을 가져감"},
    "never_started": {"en": "never started", "ko": "시작하지 않음"},
    "show_stopped": {
        "en": "show stopped[, by {by}][: {why}]",
        "ko": "공연 중지[ ({by})][: {why}]",
    },
    "automation_off": {
        "en": "automation is off[, by {by}][: {why}]",
        "ko": "자동 진행이 꺼져 있음[ ({by})][: {why}]",
    },
    "in_hand": {
        "en": "{slot} is in hand[, by {by}]",
        "ko": "{slot} 순서가 수동 진행 중[ ({by})]",
    },
    "taken_over": {
        "en": "{slot} took over[, from {by}]",
        "ko": "{slot} 순서가 넘겨받음[ ({by}에게서)]",
    },
    "parent_ended": {"en": "{slot} is over", "ko": "{slot} 진행이 끝남"},
    "ended_by": {"en": "{slot} ended it", "ko": "{slot} 진행이 끝냄"},
    "starts_itself": {
        "en": "{sequence} would start itself",
        "ko": "{sequence} 시퀀스가 자신을 다시 시작하게 됨",
    },
    "not_running": {"en": "{sequence} does not run", "ko": "{sequence} 시퀀스가 진행 중이 아님"},
    "too_late_to_fit": {
        "en": "{why}; to fit it had to start by {last}",
        "ko": "{why}. 들어가려면 {last}까지 시작해야 했음",
    },
    "displaced": {"en": "displaced by {by}", "ko": "{by} 순서로 대체됨"},
    "player_restarted": {"en": "the player restarted", "ko": "플레이어가 다시 시작됨"},
    # what would mend an overrun
    "cut.base": {"en": "drop {slots}: saves {span}", "ko": "{slots} 빼기: {span} 단축"},
    "cut.special": {
        "en": "drop {slots}: saves {span} (special; no other slot left to drop would do)",
        "ko": "{slots} 빼기: {span} 단축 (특별 순서. 뺄 수 있는 다른 순서로는 모자람)",
    },
    # a cue that did not go
    "go": {"en": "GO {cue}", "ko": "GO {cue}"},
    "skipped": {"en": "skipped", "ko": "사람이 건너뜀"},
    "set_aside": {"en": "set to be passed over", "ko": "건너뛰도록 지정됨"},
    "late": {"en": "late", "ko": "늦음"},
    "passed_unheard": {
        "en": "its time went by before it could go",
        "ko": "실행되지 않은 채 때가 지남",
    },
    "overtaken": {"en": "a later cue came before it was sent", "ko": "보내기 전에 다음 큐가 옴"},
    "nothing_plays": {"en": "nothing plays there", "ko": "거기에서 재생 중인 것이 없음"},
    # a timecode, and the cues at it
    "timecode_silent": {
        "en": "timecode {timecode} has not been heard",
        "ko": "타임코드 {timecode} 신호가 아직 없음",
    },
    "timecode_running": {
        "en": "timecode {timecode} runs, {where}",
        "ko": "타임코드 {timecode} 진행 중, {where}",
    },
    "timecode_freewheeling": {
        "en": "timecode {timecode} is not heard and runs on by itself, {where}",
        "ko": "타임코드 {timecode} 신호 없이 이어 감, {where}",
    },
    "timecode_still": {
        "en": "timecode {timecode} stands at {where}",
        "ko": "타임코드 {timecode} 멈춰 있음, {where}",
    },
    "timecode_reverse": {
        "en": "timecode {timecode} runs backwards, {where}",
        "ko": "타임코드 {timecode} 거꾸로 감, {where}",
    },
    "timecode_rate": {
        "en": "timecode {timecode} says {told} frames a second and not {rate}",
        "ko": "타임코드 {timecode} 신호가 초당 {rate}프레임이 아니라 {told}프레임",
    },
    "timecode_unheard": {
        "en": "timecode {timecode} is lost, last at {where}",
        "ko": "타임코드 {timecode} 신호 끊김, 마지막 {where}",
    },
    "timecode_astray": {
        "en": "timecode {timecode} does not run at its speed, last at {where}",
        "ko": "타임코드 {timecode} 속도가 맞지 않음, 마지막 {where}",
    },
    "timecode_restarted": {
        "en": "the player restarted and has not heard timecode {timecode} yet",
        "ko": "플레이어가 다시 시작되어 타임코드 {timecode} 신호를 아직 받지 못함",
    },
    "timecode_jumped": {
        "en": "timecode {timecode} jumped from {was} to {where}",
        "ko": "타임코드 {timecode} 신호가 {was}에서 {where} 위치로 건너뜀",
    },
    "timecode_past": {
        "en": "timecode {timecode} was past it, {where}",
        "ko": "타임코드 {timecode} 위치가 이미 지나 있음, {where}",
    },
    # an action that was not sent, an output that was stopped
    "not_enabled": {"en": "{hazard} not enabled tonight", "ko": "오늘 밤 {hazard} 허용 안 됨"},
    "past_curfew": {"en": "past curfew", "ko": "종료 시한이 지남"},
    "past_slot": {"en": "past the end of its slot", "ko": "순서가 끝난 뒤임"},
    "never_lit_late": {
        "en": "a {hazard} is never lit late",
        "ko": "{hazard} 출력은 늦게 켜지 않음",
    },
    "slot_end": {"en": "slot end", "ko": "순서 끝"},
    "disabled": {"en": "disabled", "ko": "차단됨"},
}
