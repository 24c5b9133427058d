"""Our own ticket numbers."""

import pytest

from aftersales.language.ticket_numbers import check_digit_is_right, ticket_numbers


@pytest.mark.parametrize(
    "text", ["FW261123-04821", "fw26112304821", "FW 261123 04821到哪了", "单号FW261123-04821"]
)
def test_repair(text: str) -> None:
    assert [entity.value for entity in ticket_numbers(text)] == ["FW261123-04821"]


def test_kinds() -> None:
    found = [entity.value for entity in ticket_numbers("TS261123-00018和hd261123-00026")]
    assert found == ["TS261123-00018", "HD261123-00026"]


@pytest.mark.parametrize("text", ["AB261123-04821", "FW261123-0482", "XFW261123-04821"])
def test_not_ours(text: str) -> None:
    assert ticket_numbers(text) == []


def test_check_digit() -> None:
    right = [n for n in range(10) if check_digit_is_right(f"FW261123-0482{n}")]
    assert len(right) == 1
    assert not check_digit_is_right("FW261123-04")
    # The classic Luhn example 7992739871 takes 3.
    assert check_digit_is_right("7992739871" + "3")
