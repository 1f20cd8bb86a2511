"""What a person must know: the player's alarms, and the service's."""

from __future__ import annotations

from show_control.model import Text

ALARMS: dict[str, Text] = {
    # the player's
    "alarm.journal": {
        "en": "the journal cannot be written: {fault}",
        "ko": "기록을 쓸 수 없습니다: {fault}",
    },
    "alarm.journal_damaged": {
        "en": "the journal is damaged[ ({place})][: {lost} of them since the last start, so runs hold]",
        "ko": "기록이 손상되었습니다[ ({place})][. 마지막 시작 이후 항목 {lost}개를 잃어 진행을 홀드합니다]",
    },
    "alarm.journal_kept": {
        "en": "{files} journal files older than 14 days, {size:.1f} MB, are not stored yet: they are kept",
        "ko": "14일이 지난 기록 파일 {files}개({size:.1f}MB)가 아직 저장되지 않아 지우지 않습니다",
    },
    "alarm.disk_low": {
        "en": "the disk has room for {free} MB more: without room, calls are not recorded",
        "ko": "디스크 여유 공간이 {free}MB뿐입니다. 공간이 없으면 콜이 기록되지 않습니다",
    },
    "alarm.disk_slow": {
        "en": "the disk does not take the journal: calls are not recorded",
        "ko": "디스크가 기록을 받지 못합니다. 콜이 기록되지 않습니다",
    },
    "alarm.clock_stepped": {
        "en": "the machine's clock is {off:+.1f} s from the show's",
        "ko": "이 컴퓨터의 시계가 공연 시계와 {off:+.1f}초 다릅니다",
    },
    "alarm.not_prompt": {
        "en": "no real-time priority (it needs CAP_SYS_NICE): cues may be late while the machine is busy",
        "ko": "실시간 우선순위가 없습니다 (CAP_SYS_NICE 필요). 컴퓨터가 바쁘면 큐가 늦을 수 있습니다",
    },
    "alarm.safe_look": {
        "en": "the safe look could not be laid ready: {fault}",
        "ko": "안전 화면을 준비해 두지 못했습니다: {fault}",
    },
    "alarm.address": {
        "en": "{server} {which}, {url}: {fault}",
        "ko": "{server} {which}, {url} 주소를 쓸 수 없습니다: {fault}",
    },
    "alarm.feedback_port": {
        "en": "feedback port {port} on {local}: {fault}",
        "ko": "응답을 받을 {port}번 포트를 {local}에서 열지 못했습니다: {fault}",
    },
    "alarm.take_over": {
        "en": "{server} {on} is on air and has gone; its {other} lives and shows what it should: on_air {other} takes over",
        "ko": "송출 중인 {server} {on} 서버가 끊겼습니다. {other} 서버는 살아 있고 화면도 맞습니다. on_air {other} 명령으로 넘겨받을 수 있습니다",
    },
    "alarm.simulator": {
        "en": "no simulator hears {outputs}: what they are told goes nowhere",
        "ko": "{outputs} 출력을 받을 시뮬레이터가 없어 아무 데도 전달되지 않습니다",
    },
    "alarm.remote": {
        "en": "no remote is heard: {fault}",
        "ko": "리모컨을 받지 않습니다: {fault}",
    },
    "alarm.timecode_lost": {
        "en": "timecode {timecode} is not heard, last at {where}: cues at it wait, GO calls them by hand",
        "ko": "타임코드 {timecode} 신호가 없습니다 (마지막 {where}). 타임코드 큐가 기다립니다. GO로 직접 진행할 수 있습니다",
    },
    "alarm.timecode_rate": {
        "en": "timecode {timecode} says {told} frames a second, the file says {rate}: no cue goes at it",
        "ko": "타임코드 {timecode} 신호는 초당 {told}프레임인데 파일에는 {rate}프레임입니다. 타임코드 큐가 나가지 않습니다",
    },
    "alarm.timecode_senders": {
        "en": "timecode {timecode} comes from {sender} and from {other}: only the first is followed",
        "ko": "타임코드 {timecode} 신호가 {sender}, {other} 두 곳에서 옵니다. 앞의 것만 따릅니다",
    },
    "alarm.timecode_listen": {
        "en": "timecode {timecode} cannot be heard at {listen}: {fault}",
        "ko": "타임코드 {timecode} 신호를 {listen}에서 받을 수 없습니다: {fault}",
    },
    "alarm.fault": {"en": "{call} failed: {fault}", "ko": "{call} 실패: {fault}"},
    "alarm.overrun": {
        "en": "{surface}: as things stand {slot} goes on until {ends}, past the curfew, {limit}",
        "ko": "{surface}: 지금대로면 {slot} 순서가 종료 시한 {limit}을 넘겨 {ends}까지 갑니다",
    },
    "alarm.overrun_latest": {
        "en": "{surface}: as things stand {slot} starts at {starts}, past its latest start, {limit}",
        "ko": "{surface}: 지금대로면 {slot} 순서가 가장 늦은 시작 {limit}을 넘겨 {starts}에 시작합니다",
    },
    # the service's
    "alarm.player_silent": {
        "en": "No word from the player. The console may still call.",
        "ko": "플레이어 신호가 없습니다. 콘솔로는 진행할 수 있을지도 모릅니다.",
    },
    "alarm.audit_full": {
        "en": "The audit does not fit in memory: entries are lost.",
        "ko": "감사 기록이 메모리에 다 들어가지 않습니다. 일부가 유실됩니다.",
    },
    "alarm.database_down": {
        "en": "The database does not answer. Calls and the night go on; the record waits.",
        "ko": "데이터베이스가 응답하지 않습니다. 콜과 진행은 계속되고, 기록은 복구될 때까지 미뤄집니다.",
    },
    "alarm.load_refused": {
        "en": "The player did not take {festival}, version {version}: {why}",
        "ko": "플레이어가 {festival} v{version} 버전을 받지 않았습니다: {why}",
    },
    "alarm.as_run_differs": {
        "en": "The player's journal differs from what was recorded of it: {keys}",
        "ko": "플레이어의 기록이 전에 저장된 것과 다릅니다: {keys}",
    },
}
