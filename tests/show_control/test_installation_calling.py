"""`[calling]` of lamplighter.toml: the minimum span."""

from __future__ import annotations

import pytest

from show_control.installation import InstallationFaults, decode


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("", 300),
        ("[calling]\n", 300),
        ('[calling]\nminimum_span = "500ms"\n', 500),
        ('[calling]\nminimum_span = "2s"\n', 2000),
        ('[calling]\nminimum_span = "0ms"\n', 0),
    ],
)
def test_the_minimum_span_is_300_ms_unless_it_is_said(text: str, span: int) -> None:
    assert decode(text).minimum_span == span


@pytest.mark.parametrize("value", ['"1m"', '"11s"', "300", '"-1s"', '"0.5s"', '"٣s"'])
def test_another_is_a_fault_with_what_would_be_right(value: str) -> None:
    with pytest.raises(InstallationFaults) as raised:
        decode(f"[calling]\nminimum_span = {value}\n")
    (fault,) = raised.value.faults
    assert fault.place == "calling.minimum_span"
    assert fault.right == 'write minimum_span = "300ms"'


def test_a_key_that_is_not_known_is_a_fault() -> None:
    with pytest.raises(
        InstallationFaults, match=r"calling\.minimum_spam: no such key; write minimum_span"
    ):
        decode('[calling]\nminimum_spam = "300ms"\n')
