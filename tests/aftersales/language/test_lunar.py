"""The lunar calendar, checked against the table of feasts, which is kept apart from it."""

from datetime import date

import pytest

from aftersales.language.festivals import festival_date
from aftersales.language.lunar import lunar_span


@pytest.mark.parametrize("year", range(2010, 2031))
@pytest.mark.parametrize(
    ("feast", "month", "day"),
    [("春节", 1, 1), ("端午", 5, 5), ("七夕", 7, 7), ("中秋", 8, 15), ("重阳", 9, 9)],
)
def test_feasts_fall_on_their_lunar_days(year: int, feast: str, month: int, day: int) -> None:
    span = lunar_span(year, month, day)
    assert span is not None
    assert span.earliest == span.latest == festival_date(feast, year)


def test_leap_month() -> None:
    span = lunar_span(2023, 2, 2, leap=True)
    assert span is not None and span.earliest == date(2023, 3, 23)
    assert lunar_span(2023, 3, 1, leap=True) is None


def test_there_is_no_day_31_and_no_month_13() -> None:
    assert lunar_span(2024, 1, 31) is None
    assert lunar_span(1990, 1, 1) is None


def test_months_follow_each_other() -> None:
    end = None
    for year in range(2005, 2031):
        for month in range(1, 13):
            for leap in (False, True):
                span = lunar_span(year, month, leap=leap)
                if span is None:
                    continue
                assert end is None or (span.earliest - end).days == 1
                end = span.latest
    assert end == date(2031, 1, 22)
