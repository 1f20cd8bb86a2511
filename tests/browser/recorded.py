"""The night before, as the API tells it from the record."""

from __future__ import annotations

from typing import Any

BEFORE = "2025-08-27"
NIGHTS: list[dict[str, Any]] = [
    {
        "night": night,
        "festival": "seoullight-2025-fall",
        "title": {"en": "Seoul Light DDP 2025 Fall", "ko": "서울라이트 DDP 2025 가을"},
        "time_zone": "Asia/Seoul",
        "version": 3,
        "recorded": night <= "2025-08-28",
    }
    for night in (BEFORE, "2025-08-28", "2025-08-29")
]


def instant(wall: str) -> str:
    """`20:04:12` at the venue, in UTC as the API writes it."""
    hours, minutes, seconds = wall.split(":")
    return f"{BEFORE}T{int(hours) - 9:02}:{minutes}:{seconds}.000Z"


def cue(number: str, name: str, at: str, how: str, by: str | None) -> dict[str, Any]:
    return {
        "cue": number,
        "name": {"und": name},
        "at": instant(at),
        "how": how,
        "late": 0,
        "by": by,
    }


def run(slot: str, status: str, **known: Any) -> dict[str, Any]:
    return {
        "run": f"seoullight-2025-fall.{BEFORE}.{slot}",
        "status": status,
        "stood_by_at": None,
        "started_at": None,
        "ended_at": None,
        "callers": [],
        "reason": None,
        "texts": {"en": status, "ko": status},
        "cues": [],
    } | known


def slot(
    name: str, title: dict[str, str], starts: str, ends: str, *runs: dict[str, Any], **known: Any
) -> dict[str, Any]:
    return {
        "slot": name,
        "surface": "facade",
        "title": title,
        "programme": "base",
        "start": "auto",
        "starts": instant(starts),
        "ends": instant(ends),
        "planned": True,
        "displaced_by": None,
        "runs": list(runs),
    } | known


LOOP = {"en": "Facade loop", "ko": "외벽 상영"}
NIGHT_BEFORE: dict[str, Any] = {
    "night": BEFORE,
    "festival": "seoullight-2025-fall",
    "title": NIGHTS[0]["title"],
    "time_zone": "Asia/Seoul",
    "version": 2,
    "starts": instant("09:00:00"),
    "ends": instant("23:00:00"),
    "surfaces": [
        {
            "surface": "facade",
            "title": {"en": "DDP facade, 222 m", "ko": "DDP 외벽 222 m"},
            "kind": "facade",
            "curfew": instant("22:30:00"),
        },
        {
            "surface": "bridge",
            "title": {"en": "Under the bridge: laser", "ko": "브리지 하부 레이저"},
            "kind": "installation",
            "curfew": instant("22:30:00"),
        },
    ],
    "slots": [
        slot("loop.1", LOOP, "20:00:00", "20:26:00", start=None, displaced_by="rehearsal"),
        slot(
            "rehearsal",
            {"en": "Public rehearsal", "ko": "공개 리허설"},
            "20:00:00",
            "20:30:00",
            run(
                "rehearsal",
                "ended",
                started_at=instant("20:04:12"),
                ended_at=instant("20:36:02"),
                callers=["Kim", "Lee"],
                reason="ended",
                texts={"en": "ends: ended", "ko": "끝: 종료함"},
                cues=[
                    cue("1", "Facade dark", "20:04:12", "GO", "Kim"),
                    cue("2", "Water loop", "20:05:40", "GO", "Lee"),
                ],
            ),
            programme="special",
            start="manual",
        ),
        slot(
            "loop.2",
            LOOP,
            "20:30:00",
            "20:56:00",
            run(
                "loop.2",
                "skipped",
                reason="rehearsal is in hand, by Lee",
                texts={"en": "skipped: rehearsal is in hand, by Lee", "ko": "건너뜀: rehearsal 진행 중, Lee"},
            ),
        ),
        slot(
            "loop.3",
            LOOP,
            "21:00:00",
            "21:26:00",
            run(
                "loop.3", "ended", started_at=instant("21:00:00"), ended_at=instant("21:26:00")
            ),
        ),
        slot(
            "laser",
            {"en": "Laser", "ko": "레이저"},
            "20:00:00",
            "22:00:00",
            run("laser", "ended", started_at=instant("20:00:00"), ended_at=instant("22:00:00")),
            surface="bridge",
        ),
    ],
}  # fmt: skip
