"""The words of `watch`: the console's, without what only a caller can do."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from show_control.console.english import ENGLISH
from show_control.console.korean import KOREAN
from show_control.console.words import Language, Words


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What `watch` says beside the board, in one language."""

    board: Words
    age: str
    waiting: str
    lost: str
    another_version: str


ENGLISH_SAID = Said(
    board=msgspec.structs.replace(
        ENGLISH,
        stale="No word from the player for {seconds} s: what is shown is the past."
        " The console still calls.",
        no_player="",
        no_player_help="",
        stopped="SHOW STOP by {by}, {at}{reason}.",
        automation_off="AUTOMATION IS OFF by {by}, since {at}{reason}.",
        loop_leave="until somebody leaves it; {then}",
        nothing_stands_by_help="The rest goes by itself.",
        controls="{by} has control since {at}",
        controls_nobody="nobody has control",
        other_runs="run {number} of {count}",
        no_run_help="The next slot of tonight will stand by at its time.",
    ),
    age="heard {age} ago",
    waiting="Waiting for {where} ...",
    lost="The service does not answer ({why}): tried again. What is shown is the past.",
    another_version="The service is of another version: {what}",
)
KOREAN_SAID = Said(
    board=msgspec.structs.replace(
        KOREAN,
        stale="플레이어 신호가 {seconds}초 동안 없습니다. 보이는 것은 지난 상태입니다."
        " 콘솔로는 계속 콜할 수 있습니다.",
        no_player="",
        no_player_help="",
        stopped="공연 중지: {by}, {at}{reason}.",
        automation_off="자동 진행 꺼짐: {by}, {at}부터{reason}.",
        loop_leave="누군가 벗어날 때까지, {then}",
        nothing_stands_by_help="나머지는 저절로 이어집니다.",
        controls="제어권 {by}, {at}부터",
        controls_nobody="제어권을 가진 사람 없음",
        other_runs="진행 {number}/{count}",
        no_run_help="오늘 밤의 다음 순서가 제시간에 대기합니다.",
    ),
    age="{age} 전 수신",
    waiting="{where} 연결 중 ...",
    lost="서비스가 응답하지 않습니다 ({why}). 다시 시도합니다. 보이는 것은 지난 상태입니다.",
    another_version="서비스의 버전이 다릅니다: {what}",
)
LANGUAGES: Mapping[Language, Said] = {"en": ENGLISH_SAID, "ko": KOREAN_SAID}
