"""Every word of the console: `english.py` and `korean.py` have them all. `{...}` are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from show_control.documents import Agreement, CueStatus, SlotStatus
from show_control.events import CallName
from show_control.model import Hazard

Language = Literal["en", "ko"]
Said = Agreement | Literal["sent"]


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """One language. A word that is missing in one is a fault of types."""

    language: Language
    # the top, and what lies across the screen
    night: str
    no_night: str
    version: str
    curfew: str
    no_curfew: str
    stale: str
    never: str
    unread: str
    no_player: str
    no_player_help: str
    stopped: str
    automation_off: str
    volatile: str
    alarm: str
    more_alarms: str
    # the cue that stands by
    standing_by: str
    nothing_stands_by: str
    nothing_stands_by_help: str
    no_run: str
    no_run_help: str
    next_slot: str
    in_hand: str
    controls: str
    controls_you: str
    controls_nobody: str
    asked_for: str
    taken_over: str
    take_over_first: str
    nobody_to_ask: str
    other_runs: str
    wait_for: str
    say: str
    to: str
    does: str
    memo: str
    brings: str
    drops: str
    loop: str
    turn: str
    turn_of: str
    loop_go: str
    loop_leave: str
    loop_until: str
    loop_last: str
    then_waits: str
    then_goes: str
    then_ends: str
    timeline: str
    post_wait: str
    started_by: str
    passed_over: str
    coming_up: str
    note: str
    clip: str
    level: str
    fade: str
    # what runs, the cues around, the night, the outputs
    running: str
    nothing_runs: str
    left: str
    goes_in: str
    held_due: str
    until_told: str
    cues: str
    slots: str
    no_slots: str
    meets: Mapping[str, str]
    ends: str
    over: str
    cut: str
    no_cut: str
    manual: str
    auto: str
    outputs: str
    both: str
    no_backup: str
    more: str
    not_enabled: str
    enabled_by: str
    lines: str
    no_lines: str
    # calls and their answers
    ready: str
    go_disabled: str
    asked: str
    went: str
    done: str
    refused: str
    by_ago: str
    unknown: str
    not_sent: str
    on_disk: str
    not_recorded: str
    confirmed: str
    differs: str
    held_key: str
    safe_look_left: str
    safe_look_none: str
    safe_look_held: str
    safe_look_lives: str
    another_process: str
    # what is asked of the caller
    ask_standby: str
    ask_note: str
    ask_stop: str
    ask_reason: str
    ask_restart: str
    ask_end: str
    ask_enable: str
    ask_disable: str
    ask_which: str
    ask_route: str
    ask_automation_off: str
    ask_automation_on: str
    ask_start: str
    ask_on_air: str
    ask_on_air_again: str
    no_on_air: str
    on_air: str
    which: Mapping[str, str]
    timecode_runs: str
    waits: str
    no_outputs: str
    no_slot_to_come: str
    rehearsal: str
    routed: str
    routings: Mapping[str, str]
    rehearsed: str
    remote: str
    no_passcode: str
    no_hazard: str
    not_stopped: str
    # keys
    keys: str
    keys_dead: str
    help: str
    not_a_safety_system: str
    # words of the board
    calls: Mapping[CallName, str]
    cue_status: Mapping[CueStatus, str]
    slot_status: Mapping[SlotStatus, str]
    said: Mapping[Said, str]
    hazards: Mapping[Hazard, str]
    kinds: Mapping[str, str]
