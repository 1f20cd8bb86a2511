"""The opening night of the example festival, as a board that a test can move by hand.

No engine stands behind it: what each cue, output and server says is set by the test, so that the
page can be shown what is rare in life.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

import festivals
from show_control.documents import (
    AddressView,
    Agreement,
    AlarmView,
    Board,
    ControlView,
    CueStatus,
    CueView,
    DoView,
    EvidenceView,
    Life,
    LineView,
    OutputView,
    RunView,
    SayView,
    ServerView,
    SlotStatus,
    SlotView,
    StopView,
    SurfaceView,
    Which,
)
from show_control.model import Millis, Text

FILE = Path(festivals.__file__).parent / "seoullight-2025-fall.toml"
ZONE = ZoneInfo("Asia/Seoul")
NIGHT = "2025-08-28"
RUN = f"seoullight-2025-fall.{NIGHT}.opening-ceremony"
SECOND: Millis = 1000
MINUTE: Millis = 60 * SECOND
UNITS = {"ms": 1, "s": SECOND, "m": MINUTE}


def at(wall: str) -> Millis:
    """An instant of the night by the venue's wall: `20:10:04`."""
    hours, minutes, seconds = (int(part) for part in f"{wall}:00".split(":")[:3])
    midnight = datetime.fromisoformat(NIGHT).replace(tzinfo=ZONE)
    return (
        int((midnight + timedelta(hours=hours, minutes=minutes, seconds=seconds)).timestamp())
        * 1000
    )


@cache
def festival() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def span(text: str) -> Millis:
    unit = next(unit for unit in UNITS if text.endswith(unit))
    return int(text.removesuffix(unit)) * UNITS[unit]


@dataclass
class Shown:
    """What an output is to show, and what its servers say of it."""

    clip: int | str | None = None
    clip_name: str | None = None
    work: str | None = None
    level: float = 1.0
    dark: bool = False
    agreement: dict[Which, Agreement] = field(
        default_factory=lambda: {"main": "confirmed", "backup": "confirmed"}
    )
    sent_at: Millis | None = None
    position: float | None = None
    """How far a server says that it is in its clip, in milliseconds."""

    @property
    def wants_light(self) -> bool:
        return self.clip is not None and not self.dark and self.level > 0


@dataclass
class Stage:
    """The night at one instant: change it, then ask for its board."""

    now: Millis
    standby: str | None = "4"
    count: int = 5
    status: SlotStatus = "running"
    went: dict[str, Millis] = field(default_factory=dict)
    pending: dict[str, Millis] = field(default_factory=dict)
    running: tuple[str, ...] = ()
    brings: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    shown: dict[str, Shown] = field(default_factory=dict)
    lives: dict[tuple[str, Which], tuple[Life, Millis | None]] = field(default_factory=dict)
    enabled: dict[str, str] = field(default_factory=dict)
    stopped: StopView | None = None
    lines: tuple[LineView, ...] = ()
    alarms: tuple[AlarmView, ...] = ()
    volatile: bool = False
    runs_at_all: bool = True
    control: ControlView | None = field(default_factory=lambda: controlled("Kim", "19:58:30"))
    rest: Millis | None = None
    faded: bool = False
    cue_says: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What a cue's view says otherwise, by its number; as the ones that follow."""
    run_says: dict[str, Any] = field(default_factory=dict)
    slot_says: dict[str, dict[str, Any]] = field(default_factory=dict)
    output_says: dict[str, dict[str, Any]] = field(default_factory=dict)
    server_says: dict[str, dict[str, Any]] = field(default_factory=dict)
    board_says: dict[str, Any] = field(default_factory=dict)
    other_runs: tuple[RunView, ...] = ()

    def board(self) -> Board:
        return replace(self._board(), **self.board_says)

    def _board(self) -> Board:
        return Board(
            festival=festival()["festival"]["id"],
            title=festival()["festival"]["title"],
            time_zone="Asia/Seoul",
            night=NIGHT,
            night_starts=at("06:00"),
            version=3,
            file="5f1c",
            player="ddp-1",
            term=2,
            automation=self.stopped is None,
            stopped=self.stopped,
            surfaces=surfaces(),
            slots=tuple(
                replace(one, **self.slot_says.get(one.slot, {})) for one in slots(self.status)
            ),
            runs=(self.run(), *self.other_runs) if self.runs_at_all else (),
            outputs=tuple(
                replace(self._output(output), **self.output_says.get(output["id"], {}))
                for output in festival()["outputs"]
            ),
            servers=tuple(
                replace(self._server(server), **self.server_says.get(server["id"], {}))
                for server in festival()["servers"]
            ),
            lines=self.lines,
            alarms=self.alarms,
            volatile=self.volatile,
        )

    def silence(self) -> None:
        """Every server falls silent: nothing is confirmed any more."""
        for shown in self.shown.values():
            for which, agreement in shown.agreement.items():
                shown.agreement[which] = "no reply" if agreement != "cannot be asked" else agreement
        for server in festival()["servers"]:
            for which in addresses(server):
                self.lives[server["id"], which] = ("silent", self.now - 5 * SECOND)

    def run(self) -> RunView:
        """The ceremony's."""
        return replace(self._run(), **self.run_says)

    def _run(self) -> RunView:
        return RunView(
            run=RUN,
            slot="opening-ceremony",
            night=NIGHT,
            surface="facade",
            title=sequence()["title"],
            status=self.status,
            start="manual",
            starts=at("20:00"),
            ends=at("20:30"),
            in_hand=True,
            by="Kim",
            standby=self.standby,
            standby_count=self.count,
            drops=self.drops,
            brings=self.brings,
            cues=tuple(
                replace(self._cue(cue), **self.cue_says.get(cue["number"], {}))
                for cue in sequence()["cues"]
            ),
            outputs=("facade-west", "facade-centre", "facade-east", "bridge-laser"),
            ends_at=max(self.pending.values(), default=None),
            control=self.control,
            started_at=at("19:58:30"),
            ended_at=None,
            rest=self.rest,
            faded=self.faded,
            looping=None,
            parent=None,
            timeline=False,
        )

    def _cue(self, cue: dict[str, Any]) -> CueView:
        number = cue["number"]
        return CueView(
            number=number,
            name={"und": cue["name"]},
            status=self._cue_status(number),
            continues=cue.get("continue", "none"),
            does=tuple(does(action) for action in cue.get("do", ())),
            on=cue.get("on"),
            calls=tuple(SayView(**one) for one in cue.get("calls", ())),
            note=None,
            colour=None,
            length=length(cue),
            due=self.pending.get(number),
            went=self.went.get(number),
            at=None,
            post_wait=0,
            group={},
            skip=False,
            warn_at=None,
        )

    def _cue_status(self, number: str) -> CueStatus:
        if number == self.standby:
            return "standing by"
        if number in self.running:
            return "running"
        if number in self.pending:
            return "pending"
        return "ended" if number in self.went else "to come"

    def _output(self, output: dict[str, Any]) -> OutputView:
        name, place = output["id"], output.get("place", {})
        shown = self.shown.get(name, Shown(agreement={"main": "cannot be asked"}))
        reported = {} if shown.position is None else {"position": shown.position}
        evidence = tuple(
            self._evidence(which, said, reported) for which, said in shown.agreement.items()
        )
        agreement = shown.agreement["main"]
        return OutputView(
            output=name,
            surface=output["surface"],
            server=output["server"],
            x=place.get("x"),
            width=place.get("width"),
            hazard=output.get("hazard"),
            enabled_by=self.enabled.get(name),
            run=RUN,
            clip=shown.clip,
            clip_name=shown.clip_name,
            work=shown.work,
            work_title=work_title(shown.work),
            level=shown.level,
            dark=shown.dark,
            wants_light=shown.wants_light,
            since=shown.sent_at or self.now,
            sent_at=shown.sent_at,
            evidence=evidence,
            agreement=agreement,
            lit=agreement == "confirmed" and shown.wants_light,
        )

    def _evidence(
        self, which: Which, agreement: Agreement, reported: dict[str, Any]
    ) -> EvidenceView:
        heard = agreement in {"confirmed", "differs"}
        return EvidenceView(
            which=which,
            agreement=agreement,
            reported_at=self.now - 400 if heard else None,
            reported=reported,
        )

    def _server(self, server: dict[str, Any]) -> ServerView:
        def view(which: Which) -> AddressView:
            known: Life = "alive" if server["dialect"] == "resolume" else "not asked"
            life, since = self.lives.get((server["id"], which), (known, None))
            return AddressView(which=which, address=server[which], life=life, since=since)

        return ServerView(
            server=server["id"],
            dialect=server["dialect"],
            addresses=tuple(view(which) for which in addresses(server)),
        )


def addresses(server: dict[str, Any]) -> tuple[Which, ...]:
    return ("main", "backup") if "backup" in server else ("main",)


def sequence() -> dict[str, Any]:
    found: dict[str, Any] = festival()["sequences"][0]
    return found


def work(name: str | None) -> dict[str, Any]:
    return next((one for one in festival()["works"] if one["id"] == name), {})


def work_title(name: str | None) -> Text:
    return work(name).get("title", {})


def length(cue: dict[str, Any]) -> Millis | None:
    if "duration" in cue:
        return span(cue["duration"])
    actions = cue.get("do", ())
    works = [span(work(act["work"])["duration"]) for act in actions if "work" in act]
    if any(act["action"] == "play" and "work" not in act for act in actions):
        return None
    return max([*works, *(span(act.get("fade", "0s")) for act in actions)], default=0)


def does(action: dict[str, Any]) -> DoView:
    outputs = [name for named in action["outputs"] for name in outputs_of(named)]
    clip = work(action.get("work")).get("clips", {}).get("facade", {})
    return DoView(
        kind=action["action"],
        outputs=tuple(outputs),
        clip=action.get("clip", clip.get("at")),
        clip_name=clip.get("name"),
        work=action.get("work"),
        value=action.get("value"),
        fade=span(action.get("fade", "0s")),
        to=None,
        address=None,
        args=(),
        sequence=None,
        server=None,
        which=None,
    )


def outputs_of(named: str) -> list[str]:
    surface = named.removeprefix("surface:")
    if surface == named:
        return [named]
    return [one["id"] for one in festival()["outputs"] if one["surface"] == surface]


def surfaces() -> tuple[SurfaceView, ...]:
    return tuple(
        SurfaceView(
            surface=one["id"],
            title=one["title"],
            kind=one["kind"],
            length=222.0 if one["id"] == "facade" else None,
            curfew=at(one["curfew"]),
        )
        for one in festival()["surfaces"]
    )


def slots(ceremony: SlotStatus) -> tuple[SlotView, ...]:
    loop = {"en": "Facade loop", "ko": "외벽 상영"}
    starts = ["20:00", "20:30", "21:00", "21:30"]
    passes = [
        slot(f"facade-loop.{number}", loop, "planned", "auto", start, 26)
        for number, start in enumerate(starts, 1)
    ]
    first = slot(
        "facade-loop.1", loop, "displaced", "auto", "20:00", 26, "displaced by opening-ceremony"
    )
    special = slot("opening-ceremony", sequence()["title"], ceremony, "manual", "20:00", 30)
    return (first, special, *passes[1:])


def slot(
    name: str,
    title: Text,
    status: SlotStatus,
    start: Any,
    starts: str,
    minutes: int,
    reason: str | None = None,
) -> SlotView:
    return SlotView(
        slot=name,
        run=RUN if name == "opening-ceremony" else None,
        surface="facade",
        title=title,
        status=status,
        start=start,
        starts=at(starts),
        ends=at(starts) + minutes * MINUTE,
        reason=reason,
        reasons={"en": reason, "ko": "opening-ceremony(으)로 대체됨"} if reason else {},
    )


def controlled(by: str, since: str, **more: Any) -> ControlView:
    """Who has control, and perhaps who asked for it or had it before."""
    known: dict[str, Any] = {"asked_by": None, "asked_at": None, "before": None}
    return ControlView(by=by, since=at(since), **known | more)


def alarm(wall: str, code: str, text: Text, outputs: tuple[str, ...] | None) -> AlarmView:
    return AlarmView(code=code, at=at(wall), text=text["en"], texts=text, outputs=outputs)


def line(
    wall: str, text: str, cue: str | None = None, by: str | None = None, kind: str = "cue_went"
) -> LineView:
    return LineView(
        at=at(wall),
        night_time=f"{wall}.000",
        kind=kind,
        surface="facade",
        slot="opening-ceremony",
        run=RUN,
        cue=cue,
        text=text,
        texts={"en": text},
        by=by,
    )


FACADE = ("facade-west", "facade-centre", "facade-east")
ALL_THREE = "facade-west, facade-centre, facade-east"


ALARMS = (
    alarm(
        "20:08:51",
        "clock_differs",
        {
            "en": "The player's clock is 0.8 s behind the venue's",
            "ko": "플레이어 시계가 현장보다 0.8초 늦습니다",
        },
        None,
    ),
    alarm(
        "20:07:02",
        "record_behind",
        {"en": "As-run is 3 min behind", "ko": "진행 기록이 3분 늦습니다"},
        (),
    ),
)


def at_cue_4() -> Stage:
    """20:10:04: the countdown stands by, the laser is not enabled, the west backup is silent."""
    now = at("20:10:04")
    shown = {name: Shown(clip=1, level=0.25, sent_at=at("20:05:12")) for name in FACADE}
    shown["facade-west"].agreement["backup"] = "no reply"
    shown["bridge-laser"] = Shown(agreement={"main": "cannot be asked"})
    return Stage(
        now=now,
        standby="4",
        brings=("5", "6", "6.5", "7", "7.5"),
        went={"1": at("19:58:30"), "2": at("20:00:02"), "3": at("20:05:12"), "3.5": at("20:09:40")},
        running=("2",),
        shown=shown,
        lives={("west", "backup"): ("silent", at("20:09:22"))},
        lines=(
            line("19:58:30", f"Facade dark  GO  blackout, fade 3 s -> {ALL_THREE}", "1", "Kim"),
            line("20:00:00", "opening-ceremony displaces facade-loop.1", kind="displaced"),
            line("20:00:02", f"Water loop  GO  clip 1 -> {ALL_THREE}", "2", "Kim"),
            line(
                "20:05:12",
                f"Low look under the address  GO  level 0.25, fade 2 s -> {ALL_THREE}",
                "3",
                "Kim",
            ),
            line("20:09:22", "west backup is silent", kind="life"),
            line("20:09:40", "Stand by for the countdown  GO", "3.5", "Kim"),
        ),
        alarms=ALARMS,
        rest=7 * MINUTE + 12 * SECOND,
    )


def at_cue_8() -> Stage:
    """20:11:30: The Valley and the Light runs, 7 and 7.5 come by themselves, 8 stands by."""
    now = at("20:11:30")
    went = at("20:10:20")
    valley = {"clip": 5, "clip_name": "VALLEY_LIGHT", "work": "the-valley-and-the-light"}
    stage = at_cue_4()
    stage.now, stage.standby, stage.count = now, "8", 6
    stage.rest = 62 * SECOND
    stage.brings, stage.drops = (), ("7", "7.5")
    stage.went |= {"4": at("20:10:10"), "5": at("20:10:10"), "6": went}
    stage.running, stage.pending = ("6",), {"7": went + 3 * MINUTE, "7.5": went + 3 * MINUTE}
    stage.shown |= {name: Shown(**valley, sent_at=went) for name in FACADE}  # type: ignore[arg-type]
    stage.shown["facade-west"].agreement["backup"] = "no reply"
    stage.lines = (
        *stage.lines[-3:],
        line("20:10:10", f"Countdown  GO  clip 10 -> {ALL_THREE}", "4", "Kim"),
        line("20:10:10", f"Full level  with  level 1 -> {ALL_THREE}", "5"),
        line("20:10:20", f"The Valley and the Light  follow  clip 5 -> {ALL_THREE}", "6"),
        line("20:10:22", "Laser in  not sent: bridge-laser is not enabled", "6.5", kind="not_sent"),
    )
    return stage
