"""Kinds of day, against the official table of 2026 and the weekday where there is no table."""

import warnings
from datetime import UTC, date, datetime

import pytest

from aftersales.calendar import opening_hours
from aftersales.calendar.days import kind_of_day, missing_year, year_is_known


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 23), "workday"),  # an ordinary Monday
        (date(2026, 11, 22), "weekend"),
        (date(2026, 2, 14), "workday"),  # a Saturday worked before the Spring Festival
        (date(2026, 2, 17), "holiday"),  # the first day of the lunar year
        (date(2026, 10, 1), "holiday"),
        (date(2026, 10, 10), "workday"),  # a Saturday worked after the National Day
    ],
)
def test_the_official_table(day: date, kind: str) -> None:
    assert kind_of_day(day) == kind


def test_a_year_nobody_announced_goes_by_the_weekday() -> None:
    assert not year_is_known(2099)
    assert kind_of_day(date(2099, 1, 1)) == "workday"  # a Thursday
    assert kind_of_day(date(2099, 1, 3)) == "weekend"


@pytest.mark.filterwarnings("default")
def test_in_december_next_years_holidays_are_missed() -> None:
    missing = missing_year(datetime.now(UTC).date(), opening_hours().by_date)
    if missing is not None:
        warnings.warn(
            f"chinesecalendar does not know {missing}: update it or fill the overrides in "
            "knowledge/calendar.yml",
            stacklevel=1,
        )
    assert year_is_known(2026)
