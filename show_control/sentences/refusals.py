"""Why a call, or a load, is refused. Who did what stands in its way, and when, is named."""

from __future__ import annotations

from show_control.model import Text

REFUSALS: dict[str, Text] = {
    "came_late": {
        "en": "this call came {late:.1f} s late and was not carried out",
        "ko": "이 콜은 {late:.1f}초 늦게 와서 실행하지 않았습니다",
    },
    # which run is meant
    "no_run_to": {
        "en": "there is no run that this could mean",
        "ko": "해당하는 진행이 없습니다",
    },
    "which_run": {"en": "say which run: {slots}", "ko": "어느 진행인지 정하십시오: {slots}"},
    "no_such_run": {
        "en": "there is no run {run} tonight",
        "ko": "오늘 밤에는 {run} 진행이 없습니다",
    },
    "slot_displaced": {
        "en": "{slot} is displaced by {by}",
        "ko": "{slot} 순서는 {by} 순서로 대체되었습니다",
    },
    "stands_by_at": {"en": "{slot} stands by at {at}", "ko": "{slot} 순서는 {at}에 대기합니다"},
    "starts_at": {
        "en": "{slot} starts by itself at {at}",
        "ko": "{slot} 순서는 {at}에 저절로 시작합니다",
    },
    "not_tonight": {
        "en": "{slot} is not of tonight",
        "ko": "{slot} 순서는 오늘 밤의 것이 아닙니다",
    },
    # what the run is doing
    "run_over": {"en": "{slot} is over: {why}", "ko": "{slot} 진행은 끝났습니다: {why}"},
    "run_waits": {"en": "{slot} waits: {why}", "ko": "{slot} 진행은 기다리는 중입니다: {why}"},
    "run_held": {
        "en": "the run is held: resume it first",
        "ko": "홀드 중입니다. 먼저 재개하십시오",
    },
    "held_already": {"en": "it is held already", "ko": "이미 홀드 중입니다"},
    "not_held": {"en": "{slot} is not held", "ko": "{slot} 진행은 홀드 중이 아닙니다"},
    "not_started": {
        "en": "{slot} has not started",
        "ko": "{slot} 진행은 아직 시작하지 않았습니다",
    },
    "outputs_in_hand": {
        "en": "{slot} is in hand[ by {by}] on the same outputs: end it first",
        "ko": "같은 출력에서 {slot} 순서가 수동 진행 중입니다[ ({by})]. 먼저 끝내십시오",
    },
    "stopped": {
        "en": "the show is stopped, by {by}: restore it first",
        "ko": "공연이 중지되어 있습니다 ({by}). 먼저 다시 시작하십시오",
    },
    # the cue
    "too_quick": {
        "en": "too quick: {cue} went {ago:.1f} s ago[, by {by}]",
        "ko": "너무 빠릅니다: {cue}번 큐가 {ago:.1f}초 전에 실행되었습니다[ ({by})]",
    },
    "cue_went": {
        "en": "{cue} went {ago:.1f} s ago[, by {by}]",
        "ko": "{cue}번 큐가 {ago:.1f}초 전에 실행되었습니다[ ({by})]",
    },
    "standby_moved": {
        "en": "the standby was changed {ago:.1f} s ago[, by {by}]",
        "ko": "대기 큐가 {ago:.1f}초 전에 바뀌었습니다[ ({by})]",
    },
    "standby_changed": {
        "en": "the standby has changed since",
        "ko": "그사이 대기 큐가 바뀌었습니다",
    },
    "no_cue": {"en": "no cue stands by", "ko": "대기 중인 큐가 없습니다"},
    "other_cue": {
        "en": "{cue} stands by, not {asked}",
        "ko": "{asked}번이 아니라 {cue}번 큐가 대기 중입니다",
    },
    "first_cue": {
        "en": "{cue} is the first cue of {slot}",
        "ko": "{cue}번이 {slot} 진행의 첫 큐입니다",
    },
    "no_loop": {
        "en": "{slot} is in no loop that turns again",
        "ko": "{slot} 진행에 다시 돌 반복이 없습니다",
    },
    "which_cue": {"en": "say which cue is to stand by", "ko": "대기시킬 큐를 정하십시오"},
    "no_such_cue": {
        "en": "there is no cue {cue} in {slot}",
        "ko": "{slot} 진행에 {cue}번 큐가 없습니다",
    },
    # automation
    "automation_by_name": {
        "en": "automation is turned off and on by name",
        "ko": "자동 진행을 끄고 켜려면 이름이 있어야 합니다",
    },
    "automation_off_already": {
        "en": "automation is off already[, by {by}]",
        "ko": "자동 진행이 이미 꺼져 있습니다[ ({by})]",
    },
    "automation_on_already": {
        "en": "automation is on already",
        "ko": "자동 진행이 이미 켜져 있습니다",
    },
    "begun_already": {
        "en": "{slot} has begun already",
        "ko": "{slot} 순서는 이미 시작했습니다",
    },
    "curfew_was": {
        "en": "curfew of {surface} was at {at}",
        "ko": "{surface} 종료 시한 {at}이 지났습니다",
    },
    "too_late_to_start": {
        "en": "{slot} does not fit any more: it had to start by {last}",
        "ko": "{slot} 순서는 이제 들어갈 시간이 없습니다. {last}까지 시작해야 했습니다",
    },
    "no_next": {
        "en": "no slot is still to come tonight[ on {surface}]",
        "ko": "오늘 밤[ {surface}에] 남은 순서가 없습니다",
    },
    # control
    "control": {"en": "{by} has control", "ko": "{by} 님이 제어권을 갖고 있습니다"},
    "control_already": {
        "en": "{by} has control already",
        "ko": "{by} 님이 이미 제어권을 갖고 있습니다",
    },
    "control_nobody": {"en": "nobody has control", "ko": "제어권을 가진 사람이 없습니다"},
    "control_by_name": {
        "en": "a run is controlled by name",
        "ko": "제어권을 가지려면 이름이 있어야 합니다",
    },
    # outputs, and the rest
    "no_surface": {"en": "there is no surface {surface}", "ko": "{surface} 표면이 없습니다"},
    "route_where": {
        "en": "say where to: wire, simulator or record only",
        "ko": "wire, simulator, record only 가운데 어디로 보낼지 정하십시오",
    },
    "route_by_name": {
        "en": "outputs are routed by name",
        "ko": "출력의 경로를 바꾸려면 이름이 있어야 합니다",
    },
    "routed_under_way": {
        "en": "{slot} is under way on {output}: end it first",
        "ko": "{output} 출력에서 {slot} 순서가 진행 중입니다. 먼저 끝내십시오",
    },
    "routed_while_lit": {
        "en": "{output} shows something, and nothing could darken it there: fade it out first",
        "ko": "{output} 출력이 켜져 있고, 경로를 바꾸면 끌 수 없습니다. 먼저 페이드 아웃하십시오",
    },
    "no_simulator": {
        "en": "no simulator of {server} is there: start one with lamplighter simulate FILE --rehearsal",
        "ko": "{server} 서버의 시뮬레이터가 없습니다. lamplighter simulate FILE --rehearsal 명령으로 시작하십시오",
    },
    "no_output": {"en": "there is no output {output}", "ko": "{output} 출력이 없습니다"},
    "which_output": {"en": "say which output", "ko": "어느 출력인지 정하십시오"},
    "no_server": {"en": "there is no server {server}", "ko": "{server} 서버가 없습니다"},
    "which_server": {"en": "say which server", "ko": "어느 서버인지 정하십시오"},
    "no_on_air": {
        "en": "{server} has no on_air: nothing puts its backup on the picture",
        "ko": "{server} 서버에는 on_air가 없어 화면을 백업으로 바꿀 수 없습니다",
    },
    "which_on_air": {
        "en": "say which is to be on air: main or backup",
        "ko": "메인과 백업 가운데 어느 쪽을 송출할지 정하십시오",
    },
    "on_air_by_name": {
        "en": "what is on air is changed by name",
        "ko": "송출 서버를 바꾸려면 이름이 있어야 합니다",
    },
    "which_outputs": {
        "en": "say which outputs, or which surface",
        "ko": "어느 출력인지, 또는 어느 표면인지 정하십시오",
    },
    "no_hazard": {
        "en": "{output} is no hazard output: it needs no enable",
        "ko": "{output} 출력은 위험 출력이 아니므로 허용할 필요가 없습니다",
    },
    "enable_by_name": {
        "en": "a hazard output is enabled by name",
        "ko": "위험 출력을 허용하려면 이름이 있어야 합니다",
    },
    "no_night": {"en": "no night is on", "ko": "지금은 진행하는 밤이 없습니다"},
    "nothing_stopped": {
        "en": "no show is stopped: say which output or run is to be restored",
        "ko": "중지된 공연이 없습니다. 되살릴 출력이나 진행을 정하십시오",
    },
    "restart_by_name": {
        "en": "a restart after a show stop needs a name",
        "ko": "공연 중지 뒤에 다시 시작하려면 이름이 있어야 합니다",
    },
    "note_empty": {"en": "a note needs words", "ko": "메모에 적은 말이 없습니다"},
    "player_failed": {
        "en": "the player failed at it; nothing was done",
        "ko": "플레이어에 오류가 나서 아무것도 실행하지 않았습니다",
    },
    # by a remote
    "remote_connects": {
        "en": "say /connect with the passcode first",
        "ko": "먼저 /connect로 암호를 보내십시오",
    },
    "remote_may_not": {
        "en": "this remote may not {call}: the installation's lamplighter.toml says what it may",
        "ko": "이 리모컨에는 {call} 권한이 없습니다. lamplighter.toml에서 정합니다",
    },
    "remote_sees": {
        "en": "this remote may not see: the installation's lamplighter.toml says what it may",
        "ko": "이 리모컨에는 보기 권한이 없습니다. lamplighter.toml에서 정합니다",
    },
    "remote_edits": {
        "en": "nothing is edited from a remote",
        "ko": "리모컨으로는 편집할 수 없습니다",
    },
    "remote_too_fast": {
        "en": "too many calls at once from this address",
        "ko": "이 주소에서 한꺼번에 너무 많은 콜이 왔습니다",
    },
    "remote_no_word": {
        "en": "there is no {address} here",
        "ko": "{address} 명령이 없습니다",
    },
    "remote_no_press": {
        "en": "a press is 1, and {value} is none; a cue is given as text",
        "ko": "누름은 1입니다. {value} 값은 누름이 아닙니다. 큐 번호는 글자로 보내십시오",
    },
    "remote_let_go": {
        "en": "a button was let go: nothing was asked",
        "ko": "버튼을 놓았습니다. 실행할 것이 없습니다",
    },
    "remote_arguments": {
        "en": "its arguments are not understood: {fault}",
        "ko": "인수를 이해하지 못했습니다: {fault}",
    },
    "remote_one_cue": {
        "en": "one cue is not stopped alone: hold its run, or fade it out",
        "ko": "큐 하나만 멈출 수 없습니다. 진행을 홀드하거나 페이드 아웃하십시오",
    },
    "remote_busy": {
        "en": "cues come too close together to answer this now",
        "ko": "큐가 너무 촘촘해서 지금은 답할 수 없습니다",
    },
    # a night file
    "other_night_file": {
        "en": "the player holds {held}, not {wanted}",
        "ko": "플레이어의 밤 파일이 다릅니다: 지금 {held}, 예상 {wanted}",
    },
    "no_night_file": {"en": "not a night file: {fault}", "ko": "밤 파일이 아닙니다: {fault}"},
}
