"""Every word of the console in Korean, and which language a terminal wants."""

from __future__ import annotations

from collections.abc import Mapping

from show_control.console.words import ENGLISH, Language, Words

KOREAN = Words(
    language="ko",
    night="{night} 밤",
    no_night="불러온 밤이 없습니다",
    version="v{version}",
    curfew="{surface} 종료 시한까지 {left}",
    no_curfew="종료 시한 없음",
    stale="플레이어 신호가 {seconds}초 동안 없습니다. 보이는 것은 지난 상태이며 GO를 할 수 없습니다.",
    never="플레이어 신호가 아직 없습니다.",
    unread="모두 보이지는 않습니다. 플레이어의 버전이 다릅니다 ({what}).",
    no_player="플레이어가 응답하지 않습니다.",
    no_player_help="S: 안전 화면 보내기",
    stopped="공연 중지: {by}, {at}{reason}. R: 다시 시작",
    automation_off="자동 진행 꺼짐: {by}, {at}부터{reason}. o: 다시 켜기",
    volatile="플레이어가 기록을 쓰지 못합니다. 지금의 콜은 기록되지 않습니다.",
    alarm="경보 {text}",
    more_alarms="그 밖의 경보 {count}건",
    standing_by="대기",
    nothing_stands_by="대기 중인 큐가 없습니다",
    nothing_stands_by_help="나머지는 저절로 이어집니다. s: 큐 대기시키기",
    no_run="대기 중인 것이 없습니다",
    no_run_help="오늘 밤의 다음 순서가 제시간에 여기서 대기합니다.",
    next_slot="다음: {title}, {at}",
    in_hand="수동 진행 중",
    controls="제어권 {by}, {at}부터. t: 넘겨받기",
    controls_you="제어권 나, {at}부터",
    controls_nobody="제어권을 가진 사람 없음: 첫 콜이 가집니다",
    asked_for="{by}: 제어권 요청, {at}. b: 넘기기",
    taken_over="{by}: 제어권을 가져감, {at}. t: 넘겨받기",
    take_over_first="t: 넘겨받기",
    nobody_to_ask="제어권을 가질 진행이 없습니다.",
    other_runs="Tab: 진행 {number}/{count}",
    wait_for="기다릴 말",
    say="할 말",
    to="{whom}에게",
    does="동작",
    memo="메모: 보내는 것이 없습니다",
    brings="이어서 저절로",
    drops="GO {number} 하면 {cues} 취소",
    loop="반복 {from_}-{to}, {turn}",
    turn="{turn}회째",
    turn_of="{times}회 중 {turn}회째",
    loop_go="GO {number} 하면 바로 벗어남",
    loop_leave="v: 이번 회까지만, {then}",
    loop_until="{times}회가 끝나면 {then}",
    loop_last="이번 회가 마지막, {then}",
    then_waits="그다음 {number} 큐가 GO를 기다림",
    then_goes="그다음 {number} 큐가 저절로",
    then_ends="그다음 진행이 끝남",
    timeline="GO {number} 하면 시간표의 +{at} 지점으로",
    post_wait="끝난 뒤 {span} 기다림",
    started_by="{title}에서 시작",
    passed_over="넘어감",
    coming_up="곧, {goes}",
    note="메모",
    clip="클립 {clip}",
    level="밝기 {percent} %",
    fade="페이드 {span}",
    running="진행 중",
    nothing_runs="진행 중인 것이 없습니다",
    left="{left} 남음",
    goes_in="{left} 뒤에 실행",
    held_due="홀드, {left} 뒤 차례",
    until_told="지시할 때까지",
    cues="큐",
    slots="오늘 밤",
    no_slots="오늘 밤 순서가 없습니다",
    meets={"wait": "손을 기다림", "take over": "손에서 넘겨받음", "skip": "손과 만나면 건너뜀"},
    ends="{surface} {at} 끝",
    over="{surface} {at} 끝: {span} 초과",
    cut="맞추려면: {cuts}",
    no_cut="빼서 맞출 순서 없음. 지금 진행하는 것을 일찍 끝내야 합니다",
    manual="수동",
    auto="자동",
    outputs="출력  메인 · 백업",
    both="둘 다 {said}",
    no_backup="백업 없음",
    more="그 밖에 {count}",
    not_enabled="{hazard} 허용 안 됨",
    enabled_by="{hazard} {by} 허용",
    lines="진행 기록",
    no_lines="아직 진행된 것이 없습니다",
    ready="{by}, 콘솔",
    go_disabled="GO를 할 수 없습니다: {reason}",
    asked="{call}: 보냄",
    went="{call}: 실행됨 {at}",
    done="{call}: 됨 {at}",
    refused="{call} 거부됨: {reason}{who}",
    by_ago=" ({by}, {ago} 전)",
    unknown="{call}: 응답 없음. 실행되었는지 확인하십시오.",
    not_sent="{call}: 보내지 않음. 플레이어가 응답하지 않습니다.",
    on_disk="기록됨",
    not_recorded="기록 안 됨",
    confirmed="확인 {confirmed}/{asked}",
    differs="다름 {count}",
    held_key="키를 누르고 있거나 두 번 눌렀습니다. 한 번이면 됩니다.",
    safe_look_left="안전 화면: {ready}개 중 {left}개 보냄{faults}",
    safe_look_none="준비된 안전 화면이 없습니다. 여기서 밤을 불러온 적이 없습니다.",
    safe_look_held="보내지 않음: 플레이어가 폴더를 쥐고 있습니다, {process}.",
    safe_look_lives="보내지 않음: 플레이어가 응답합니다. f: 페이드 아웃",
    another_process="다른 프로세스",
    ask_standby="대기시킬 큐 (Enter; 위, 아래; Esc)",
    ask_note="메모; Enter: 적기 (Esc)",
    ask_stop="공연을 중지할까요? 3초 안에 X 한 번 더 (r: 이유 적기). 인명 안전 장치가 아닙니다.",
    ask_reason="이유; Enter: 공연 중지 (Esc)",
    ask_restart="{by} 이름으로 다시 시작할까요? y",
    ask_end="{slot} 끝낼까요? y",
    ask_enable="오늘 밤 {by} 이름으로 {what} 허용할까요? y",
    ask_disable="{what} 차단하고 어둡게 할까요? y",
    ask_which="어느 것? {choices}",
    ask_route="{what} 전체를 {to} 경로로? y",
    ask_automation_off="이유; Enter: 자동 진행 끄기 (Esc)",
    ask_automation_on="{by} 이름으로 자동 진행을 켤까요? y",
    ask_start="{what} 예정대로 지금 시작할까요? y",
    ask_on_air="{server} {which} 서버를 송출할까요? y",
    ask_on_air_again="한 번 더, {runs} 진행 중: ",
    no_on_air="송출을 백업으로 바꿀 수 있는 서버가 없습니다.",
    on_air="송출: {which}",
    which={"main": "메인", "backup": "백업"},
    timecode_runs="타임코드 {timecode} {position}",
    waits="{title}: 큐가 기다림, {why}. GO로 직접 진행",
    no_outputs="경로를 바꿀 출력이 없습니다.",
    no_slot_to_come="남은 순서가 없습니다.",
    rehearsal="리허설",
    routed="{to}: {what}",
    routings={"wire": "실제 송출", "simulator": "시뮬레이터", "record only": "기록만"},
    rehearsed="리허설 {count}, 켜진 것 없음",
    remote="리모트 열림: {at}, {allow} 에서만",
    no_passcode="암호 없음",
    no_hazard="고를 위험 출력이 없습니다.",
    not_stopped="중지된 공연이 없습니다.",
    keys="Space GO  s 대기  h 홀드  f 페이드 아웃  X 중지  t 제어권  n 메모  ? 키",
    keys_dead="S 안전 화면 보내기  ? 키  l English  q 나가기",
    help="""\
Space    GO. 한 번 누르면 한 번, 누르고 있어도 한 번
s, 0-9   대기: 큐 번호를 적고 Enter
위, 아래 앞의 큐, 뒤의 큐 대기
h        홀드, 또는 재개
j        앞 큐를 대기시키기
k        대기 중인 큐 건너뛰기
v        도는 반복을 이번 회까지만
t        이 진행의 제어권 넘겨받기, 누가 가졌든
b        제어권 돌려주기, 또는 요청한 사람에게 넘기기
a        제어권 요청
n        메모: 적고 Enter
f, Esc   이 진행을 안전 화면으로 페이드 아웃. 뒤에 다시: 바로 끔
F        전체 페이드 아웃
X        공연 중지, 모든 면. 3초 안에 X 한 번 더
R        공연 중지 뒤 이름을 걸고 다시 시작
e, d     오늘 밤의 위험 출력 허용, 차단
E        이 진행 끝내기
o        자동 진행 끄기, 이유를 적고. 이름을 걸고 다시 켜기
w        다음 순서를 예정대로 지금 시작
m        서버의 메인이나 백업을 송출로
r        면의 출력 경로: 실제 송출, 시뮬레이터, 기록만
Tab      다음 진행
S        플레이어가 죽었을 때 안전 화면 보내기
l        English
q        나가기. 플레이어는 계속합니다""",
    not_a_safety_system="이것은 인명 안전 장치가 아닙니다.",
    calls={
        "standby": "대기",
        "back": "앞 큐로",
        "go": "GO",
        "hold": "홀드",
        "resume": "재개",
        "skip": "건너뛰기",
        "leave": "반복 나가기",
        "end": "끝내기",
        "start": "지금 시작",
        "fade_out": "페이드 아웃",
        "show_stop": "공연 중지",
        "restore": "다시 시작",
        "automation_off": "자동 진행 끄기",
        "automation_on": "자동 진행 켜기",
        "enable": "허용",
        "disable": "차단",
        "route": "출력 경로",
        "on_air": "송출 서버 바꾸기",
        "ask": "제어권 요청",
        "take_over": "제어권 넘겨받기",
        "hand_back": "제어권 돌려주기",
        "note": "메모",
    },
    cue_status={
        "to come": "",
        "standing by": "대기",
        "pending": "저절로",
        "running": "진행 중",
        "ended": "실행됨",
        "skipped": "건너뜀",
        "dropped": "취소됨",
    },
    slot_status={
        "planned": "예정",
        "displaced": "대체됨",
        "waiting": "기다림",
        "standing by": "대기",
        "running": "진행 중",
        "holding": "홀드",
        "ended": "끝남",
        "lapsed": "시한 지남",
        "skipped": "건너뜀",
    },
    said={
        "confirmed": "확인됨",
        "sent": "보냄",
        "no reply": "응답 없음",
        "differs": "다름",
        "cannot be asked": "확인 불가",
        "record only": "기록만",
    },
    hazards={"laser": "레이저", "flame": "화염"},
    kinds={
        "play": "재생",
        "stop": "정지",
        "level": "밝기",
        "blackout": "암전",
        "load": "준비",
        "seek": "위치",
        "osc": "OSC",
        "on_air": "송출",
        "start": "시작",
        "end": "끝냄",
    },
)

LANGUAGES: Mapping[Language, Words] = {"en": ENGLISH, "ko": KOREAN}


def language_of(environment: Mapping[str, str]) -> Language:
    """What a terminal's environment asks for."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((environment[n] for n in names if environment.get(n)), "")
    return "ko" if wanted.startswith("ko") else "en"


def other(language: Language) -> Language:
    """The one that `l` changes to."""
    return "en" if language == "ko" else "ko"
