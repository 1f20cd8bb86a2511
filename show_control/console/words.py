"""Every word of the console, in English; `korean.py` has the same. `{...}` are filled in."""

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


ENGLISH = Words(
    language="en",
    night="night {night}",
    no_night="no night is loaded",
    version="v{version}",
    curfew="curfew {surface} in {left}",
    no_curfew="no curfew",
    stale="No word from the player for {seconds} s: what is shown is the past. GO is disabled.",
    never="No word from the player yet.",
    unread="Not all is shown: the player is of another version ({what}).",
    no_player="No player answers.",
    no_player_help="S: send the safe look",
    stopped="SHOW STOP by {by}, {at}{reason}. R: restart",
    automation_off="AUTOMATION IS OFF by {by}, since {at}{reason}. o: on again",
    volatile="The player cannot write its journal: what is called now is not recorded.",
    alarm="ALARM {text}",
    more_alarms="and {count} more alarms",
    standing_by="STANDING BY",
    nothing_stands_by="No cue stands by",
    nothing_stands_by_help="The rest goes by itself. s: put a cue in standby",
    no_run="Nothing stands by",
    no_run_help="The next slot of tonight will stand by here at its time.",
    next_slot="Next: {title} at {at}",
    in_hand="in hand",
    controls="{by} has control since {at}. t: take over",
    controls_you="you have control since {at}",
    controls_nobody="nobody has control: the first call takes it",
    asked_for="{by} asks for control, {at}. b: hand it over",
    taken_over="{by} took control from you, {at}. t: take over",
    take_over_first="t: take over",
    nobody_to_ask="No run to have control of.",
    other_runs="Tab: run {number} of {count}",
    wait_for="wait for",
    say="say",
    to="to {whom}",
    does="does",
    memo="a memo: nothing is sent",
    brings="then, by itself",
    drops="GO {number} drops {cues}",
    loop="LOOP {from_}-{to}, {turn}",
    turn="turn {turn}",
    turn_of="turn {turn} of {times}",
    loop_go="GO {number} leaves it at once",
    loop_leave="v: let it finish; {then}",
    loop_until="after turn {times}, {then}",
    loop_last="this turn is the last; {then}",
    then_waits="then {number} waits for GO",
    then_goes="then {number} goes by itself",
    then_ends="then the run ends",
    timeline="GO {number} enters the timeline at +{at}",
    post_wait="then waits {span}",
    started_by="started by {title}",
    passed_over="passed over",
    coming_up="COMING UP, {goes}",
    note="note",
    clip="clip {clip}",
    level="level {percent} %",
    fade="fade {span}",
    running="RUNNING",
    nothing_runs="nothing runs",
    left="{left} left",
    goes_in="goes in {left}",
    held_due="held, due in {left}",
    until_told="until told",
    cues="CUES",
    slots="TONIGHT",
    no_slots="no slots tonight",
    meets={
        "wait": "waits for a hand",
        "take over": "takes over from a hand",
        "skip": "is skipped by a hand",
    },
    ends="{surface} ends {at}",
    over="{surface} ends {at}: {span} OVER",
    cut="to mend it: {cuts}",
    no_cut="no slot to drop would mend it: what runs has to end earlier",
    manual="by hand",
    auto="by itself",
    outputs="OUTPUTS  main · backup",
    both="both {said}",
    no_backup="no backup",
    more="{count} more",
    not_enabled="{hazard} not enabled",
    enabled_by="{hazard} enabled by {by}",
    lines="AS IT RAN",
    no_lines="nothing has run yet",
    ready="{by}, at the console",
    go_disabled="GO is disabled: {reason}",
    asked="{call}: sent",
    went="{call}: went {at}",
    done="{call}: done {at}",
    refused="{call} REFUSED: {reason}{who}",
    by_ago=" ({by}, {ago} ago)",
    unknown="{call}: NO ANSWER. Look whether it was done.",
    not_sent="{call}: NOT SENT. No player answers.",
    on_disk="on disk",
    not_recorded="NOT RECORDED",
    confirmed="confirmed {confirmed}/{asked}",
    differs="{count} differ",
    held_key="Key held, or pressed twice: once is enough.",
    safe_look_left="Safe look: {left} of {ready} datagrams left{faults}",
    safe_look_none="No safe look lies ready: no night was ever loaded here.",
    safe_look_held="Not sent: a player holds the folder, {process}.",
    safe_look_lives="Not sent: the player answers. f: fade out",
    another_process="another process",
    ask_standby="Standby of cue (Enter; up and down; Esc)",
    ask_note="Note; Enter enters it (Esc)",
    ask_stop="STOP THE SHOW? X again within 3 s (r: give a reason first). Not a life-safety system.",
    ask_reason="Reason; Enter STOPS THE SHOW (Esc)",
    ask_restart="Restart the show in the name of {by}? y",
    ask_end="End {slot}? y",
    ask_enable="Enable {what} tonight in the name of {by}? y",
    ask_disable="Disable {what}, and have it dark? y",
    ask_which="Which? {choices}",
    ask_route="Route all of {what} to {to}? y",
    ask_automation_off="Reason; Enter turns AUTOMATION OFF (Esc)",
    ask_automation_on="Automation on, in the name of {by}? y",
    ask_start="Start {what} now, as scheduled? y",
    ask_on_air="Put {server} {which} on the picture? y",
    ask_on_air_again="ONCE MORE, {runs} is under way on it: ",
    no_on_air="Nothing puts a backup on the picture here.",
    on_air="on air: {which}",
    which={"main": "MAIN", "backup": "BACKUP"},
    timecode_runs="timecode {timecode} {position}",
    waits="{title}: cues wait, {why}. GO calls them by hand",
    no_outputs="No output to route.",
    no_slot_to_come="No slot is still to come.",
    rehearsal="REHEARSAL",
    routed="{to}: {what}",
    routings={"wire": "on the wire", "simulator": "simulator", "record only": "record only"},
    rehearsed="{count} rehearsed, nothing lit",
    remote="REMOTE open at {at}, for {allow}",
    no_passcode="NO PASSCODE",
    no_hazard="No hazard output to choose.",
    not_stopped="No show is stopped.",
    keys="Space GO  s standby  h hold  f fade out  X stop  t control  n note  ? keys",
    keys_dead="S send the safe look  ? keys  l 한국어  q quit",
    help="""\
Space    GO; one press, one GO, also where the key is held
s, 0-9   standby: type a cue's number, Enter
up, down standby of the cue before, after
h        hold, or resume
j        back: the cue before stands by
k        skip the cue that stands by
v        let the loop that runs finish its turn
t        take control of the run, whoever has it
b        hand it back, or to who asks for it
a        ask for control
n        note: type it, Enter
f, Esc   fade out the run to the safe look; again later: cut
F        fade out everything
X        show stop: every surface; X again within 3 s
R        restart after a show stop, by name
e, d     enable, disable a hazard output, this night
E        end the run
o        automation off, with a reason; on again, by name
w        start the next slot now, as scheduled
m        put a server's main or backup on the picture
r        route a surface: wire, simulator, record only
Tab      the next run
S        with the player dead: send the safe look
l        한국어
q        quit; the player goes on""",
    not_a_safety_system="This is not a life-safety system.",
    calls={
        "standby": "STANDBY",
        "back": "BACK",
        "go": "GO",
        "hold": "HOLD",
        "resume": "RESUME",
        "skip": "SKIP",
        "leave": "LEAVE",
        "end": "END",
        "start": "START",
        "fade_out": "FADE OUT",
        "show_stop": "SHOW STOP",
        "restore": "RESTART",
        "automation_off": "AUTOMATION OFF",
        "automation_on": "AUTOMATION ON",
        "enable": "ENABLE",
        "disable": "DISABLE",
        "route": "ROUTE",
        "on_air": "ON AIR",
        "ask": "ASK FOR CONTROL",
        "take_over": "TAKE OVER",
        "hand_back": "HAND BACK",
        "note": "NOTE",
    },
    cue_status={
        "to come": "",
        "standing by": "standing by",
        "pending": "by itself",
        "running": "running",
        "ended": "went",
        "skipped": "skipped",
        "dropped": "dropped",
    },
    slot_status={
        "planned": "planned",
        "displaced": "displaced",
        "waiting": "waiting",
        "standing by": "standing by",
        "running": "running",
        "holding": "held",
        "ended": "ended",
        "lapsed": "lapsed",
        "skipped": "skipped",
    },
    said={
        "confirmed": "confirmed",
        "sent": "sent",
        "no reply": "no reply",
        "differs": "differs",
        "cannot be asked": "cannot be asked",
        "record only": "record only",
    },
    hazards={"laser": "LASER", "flame": "FLAME"},
    kinds={
        "play": "play",
        "stop": "stop",
        "level": "level",
        "blackout": "dark",
        "load": "load",
        "seek": "go to",
        "osc": "OSC",
        "on_air": "on air",
        "start": "start",
        "end": "end",
    },
)
