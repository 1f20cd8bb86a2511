"""Who is let in: the allow list, the passcode and what a wrong one costs, rights, the pace of calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from show_control.remote.gate import CALLS_A_SECOND, KEPT, SLOWED, TOLD_EVERY, Gate
from tests.show_control.remote.client import Client
from tests.show_control.remote.stage import Stage, settings


def test_who_is_not_allowed_gets_nothing_and_is_counted(tmp_path: Path) -> None:
    stage = Stage(tmp_path, allow=["127.0.0.9"])
    udp = stage.udp()
    udp.send("/lamplighter/go")
    udp.send("/version")
    assert udp.nothing_comes()
    assert stage.remote.gate.counts["from nobody allowed"] == 2
    tcp = stage.tcp()
    with pytest.raises(ConnectionError):
        tcp.ask("/version")
    assert stage.went() == []
    allowed = stage.udp("127.0.0.9")
    assert allowed.own("/lamplighter/go")[0] == "done"
    stage.close()


def test_what_was_turned_away_is_told_now_and_then(tmp_path: Path) -> None:
    stage = Stage(tmp_path, allow=["127.0.0.9"])
    udp = stage.udp()
    for _ in range(3):
        udp.send("/go")
    assert udp.nothing_comes()
    stage.wait(2000)
    assert stage.logged[-1] == "remote: 3 from nobody allowed"
    before = len(stage.logged)
    udp.send("/go")
    assert udp.nothing_comes()
    stage.wait(2000)
    assert len(stage.logged) == before, "not too often"
    stage.wait(TOLD_EVERY)
    assert stage.logged[-1] == "remote: 1 from nobody allowed"
    stage.close()


def connected(client: Client, passcode: object) -> str:
    told = client.ask("/connect", passcode)
    return str(told["data"])


@pytest.mark.parametrize("by", ["tcp", "udp"])
def test_without_the_passcode_nothing_is_said_or_done(tmp_path: Path, by: str) -> None:
    stage = Stage(tmp_path, passcode="7391")
    client: Client = stage.tcp() if by == "tcp" else stage.udp()
    if by == "udp":
        client.send("/udpReplyPort", client.sock.getsockname()[1])
        client.next("/reply/udpReplyPort")
    for word in ("/go", "/cueLists", "/updates", "/cue/1/start"):
        assert client.ask(word)["status"] == "denied", word
    assert client.own("/lamplighter/go")[:2] == (
        "refused",
        "say /connect with the passcode first",
    )
    assert client.data("/thump") == "thump"
    assert client.data("/workspaces")[0]["hasPasscode"] is True
    assert connected(client, "1234") == "badpass"
    # Slowed: not even the right one is heard now, as QLab has it.
    told = client.ask("/connect", "7391")
    assert (told["status"], told["data"]) == ("denied", "denied")
    stage.wait(SLOWED[0])
    assert connected(client, 7391) == "ok:view|control"
    assert client.own("/lamplighter/wall/go")[0] == "done"
    assert client.data("/disconnect") is None
    assert client.ask("/go")["status"] == "denied"
    assert stage.went() == ["1"]
    stage.close()


def test_our_own_word_takes_the_passcode_too(tmp_path: Path) -> None:
    stage = Stage(tmp_path, passcode="7391")
    box = stage.udp()
    assert box.own("/lamplighter/connect", "1111")[0] == "refused"
    stage.wait(SLOWED[0])
    assert box.own("/lamplighter/connect", "7391")[0] == "done"
    assert box.own("/lamplighter/go")[0] == "done"
    stage.close()


def test_each_wrong_passcode_costs_twice_the_time_and_no_address_anothers() -> None:
    gate = Gate(settings(passcode="7391", allow=["10.0.0.0/8"]))
    now, waited = 0, []
    for _ in range(9):
        assert gate.admits(caller("10.0.0.1"), "guess", now) == "wrong"
        since = now
        while gate.admits(caller("10.0.0.1"), "7391", now) == "slowed":
            now += 500
        waited.append(now - since)
        gate.admits(caller("10.0.0.1"), "guess", now)  # it was in: wrong from the start again
        now += SLOWED[0]
    assert waited[0] == SLOWED[0]
    assert gate.admits(caller("10.0.0.2"), "7391", now) == "in"


def test_wrong_ones_in_a_row_wait_longer_up_to_a_minute() -> None:
    gate = Gate(settings(passcode="7391", allow=["10.0.0.0/8"]))
    now, waited = 0, []
    for _ in range(9):
        assert gate.admits(caller("10.0.0.1"), "guess", now) == "wrong"
        since = now
        while gate.admits(caller("10.0.0.1"), "guess", now) == "slowed":
            now += 1000
        waited.append(now - since)
        now += SLOWED[1] * 2  # it was wrong once more
    assert waited[:3] == [1000, 4000, 16_000]
    assert waited[-1] == SLOWED[1]


def test_what_is_kept_of_addresses_is_bounded() -> None:
    gate = Gate(settings(passcode="7391", allow=["10.0.0.0/8"]))
    for n in range(3 * KEPT):
        ip = f"10.0.{n // 256}.{n % 256}"
        gate.lets_in(ip), gate.admits(caller(ip), "guess", 0), gate.in_pace(ip, 0)
    kept = (gate._known, gate._wrongs, gate._paces)
    assert [len(newest._of) for newest in kept] == [KEPT] * 3


def caller(ip: str) -> object:
    from show_control.remote.caller import Caller  # noqa: PLC0415 - what a gate is asked of

    return Caller(ip, "tcp", lambda *_: None, connected=False)


@pytest.mark.parametrize(
    ("rights", "does", "refused"),
    [
        ([], [], ["go", "fade_out", "show_stop", "status"]),
        (["see"], [], ["go", "fade_out", "show_stop", "standby"]),
        (["see", "go"], ["go"], ["fade_out", "hold", "standby"]),
        (["fade_out"], ["fade_out"], ["go", "note"]),
    ],
)
def test_rights_are_a_ceiling_over_calls(
    tmp_path: Path, rights: list[str], does: list[str], refused: list[str]
) -> None:
    stage = Stage(tmp_path, rights=rights)
    client = stage.tcp()
    for word in does:
        assert client.own(f"/lamplighter/wall/{word}")[0] == "done"
    for word in refused:
        what, why, *_ = client.own(f"/lamplighter/wall/{word}", "1")
        assert what == "refused"
        assert why.startswith("this remote may not ")
    if "go" in refused:
        told = client.ask("/go")
        assert told["status"] == "denied"
        assert told["data"].startswith("this remote may not go")
    assert stage.went() == (["1"] if "go" in does else [])
    stage.close()


@pytest.mark.parametrize(
    ("rights", "said"),
    [
        (["control"], "ok:view|control"),
        (["go", "fade_out"], "ok:view|control"),
        (["see"], "ok:view"),
        ([], "denied"),
    ],
)
def test_whoever_may_call_may_see_what_it_calls(
    tmp_path: Path, rights: list[str], said: str
) -> None:
    """The ceiling is over calls; what says nothing of the night is answered to every address allowed."""
    stage = Stage(tmp_path, rights=rights)
    client = stage.tcp()
    assert connected(client, "") == said
    for word in ("/version", "/thump", "/workspaces", "/alwaysReply"):
        assert client.ask(word, *([1] if word == "/alwaysReply" else []))["status"] == "ok", word
    seen = "ok" if rights else "denied"
    for word in ("/updates", "/cueLists", "/cue/1/name", "/runningCues/shallow"):
        assert client.ask(word, *([1] if word == "/updates" else []))["status"] == seen, word
    assert client.own("/lamplighter/status")[0] == ("done" if rights else "refused")
    stage.close()


def test_starting_a_cue_needs_the_right_to_both_of_its_calls(tmp_path: Path) -> None:
    stage = Stage(tmp_path, rights=["see", "go"])
    client = stage.tcp()
    assert client.ask("/cue/3/start")["status"] == "denied"
    assert client.data("/cue/1/start") is None
    assert stage.went() == ["1"]
    stage.close()


def test_an_address_calls_no_faster_than_hands_do(stage: Stage) -> None:
    client = stage.tcp()
    told = [client.own("/lamplighter/wall/go") for _ in range(CALLS_A_SECOND + 10)]
    fast = [t for t in told if t[1] == "too many calls at once from this address"]
    assert len(fast) == 10
    assert stage.remote.gate.counts["calls too fast"] == 10
    assert client.own("/lamplighter/wall/fade_out")[0] == "done", "never too fast"
    stage.wait(1000)
    assert client.own("/lamplighter/wall/go")[0] == "done"


def test_a_flood_of_fade_outs_is_one_and_does_not_cut(stage: Stage) -> None:
    client = stage.tcp()
    client.data("/go")
    for n in range(50):
        assert client.data("/panic") is None
        assert client.own(f"/lamplighter/nowhere-{n}/fade_out")[0] == "done"
    stage.went()
    assert [e.data["call"] for e in stage.entries("call")] == ["go", "fade_out"]


def test_a_datagram_caller_is_forgotten_after_61_seconds_unless_kept(tmp_path: Path) -> None:
    stage = Stage(tmp_path, passcode="7391")
    box = stage.udp()
    assert box.own("/lamplighter/connect", "7391")[0] == "done"
    stage.wait(60_000)
    assert box.own("/lamplighter/wall/hold")[1] != "say /connect with the passcode first"
    stage.wait(61_500)
    assert box.own("/lamplighter/wall/hold")[1] == "say /connect with the passcode first"
    assert box.own("/lamplighter/connect", "7391")[0] == "done"
    box.send("/forgetMeNot", 1)
    stage.turn()
    stage.wait(600_000)
    assert box.own("/lamplighter/wall/hold")[1] != "say /connect with the passcode first"
    stage.close()
