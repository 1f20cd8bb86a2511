from __future__ import annotations

from schedules.faults import Fault, FestivalFaults, nearest, notice, one_of


def test_a_fault_is_told_with_its_path_and_what_would_be_right() -> None:
    assert str(Fault("a.b", "is wrong", "write c")) == "a.b: is wrong; write c"
    assert str(notice("a.b", "is so")) == "a.b: is so"
    assert notice("a.b", "is so").severity == "notice"


def test_all_faults_are_in_the_exceptions_text() -> None:
    error = FestivalFaults([Fault("a", "one"), Fault("b", "two")])
    assert str(error) == "a: one\nb: two"
    assert [f.path for f in error.faults] == ["a", "b"]


def test_the_nearest_known_name() -> None:
    assert nearest("durtion", ["duration", "number"]) == "duration"
    assert nearest("xyz", ["duration", "number"]) is None
    assert one_of("xyz", ["duration", "number"]) == "one of duration, number"
    assert one_of("xyz", []) == "there is none yet"
