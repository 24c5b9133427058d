"""Numbers and guesses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.language.numerals import digits_of, parse_quantity


@pytest.mark.parametrize(
    ("span", "value", "low", "high"),
    [
        ("三十", 30, 30, 30),
        ("七八", 7.5, 7, 8),
        ("一两", 1.5, 1, 2),
        ("两三", 2.5, 2, 3),
        ("三五", 4, 3, 5),
        ("十七八", 17.5, 17, 18),
        ("二三十", 25, 20, 30),
        ("三四百", 350, 300, 400),
        ("十几", 15, 10, 20),
        ("二十几", 25, 20, 30),
        ("十几二十", 15, 10, 20),
        ("几十", 50, 10, 90),
        ("几", 5, 1, 9),
        ("二十来", 20, 18, 22),
        ("二十多", 25, 20, 30),
        ("一百多", 150, 100, 200),
        ("20多", 25, 20, 30),
        ("三多", 3.5, 3, 4),
        ("10-15", 12.5, 10, 15),
        ("三到五", 4, 3, 5),
        ("一千二", 1200, 1200, 1200),
        ("1万2", 12000, 12000, 12000),
        ("一五", 15, 15, 15),
        ("二零二一", 2021, 2021, 2021),
        ("三点五", 3.5, 3.5, 3.5),
        ("俩", 2, 2, 2),
        ("廿", 20, 20, 20),
        ("1.5", 1.5, 1.5, 1.5),
    ],
)
def test_quantity(span: str, value: float, low: float, high: float) -> None:
    quantity = parse_quantity(span)
    assert quantity is not None
    assert (quantity.value, quantity.low, quantity.high) == (value, low, high)


@pytest.mark.parametrize("span", ["", "好", "几几", "十十十", "20-10", "点"])
def test_no_number(span: str) -> None:
    assert parse_quantity(span) is None


@given(st.text(alphabet="零一二两三九十百千万几半多来点到-.0123456789", max_size=12))
def test_bounds_hold_the_value(span: str) -> None:
    quantity = parse_quantity(span)
    if quantity is not None:
        assert quantity.low <= quantity.value <= quantity.high


def test_digits_one_by_one() -> None:
    assert digits_of("幺三八〇二") == "13802"
