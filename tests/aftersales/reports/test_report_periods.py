"""Months by the shop's midnight, kept in UTC."""

from datetime import UTC, date, datetime, timedelta

import pytest

from aftersales.reports.figures import Spread, share, spread
from aftersales.reports.periods import NoSuchMonth, Period, month, month_before, month_of


def test_a_month_begins_at_shanghai_midnight() -> None:
    november = month("2026-11")
    assert november.start == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert november.end == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert (november.first_day, november.last_day) == (date(2026, 11, 1), date(2026, 11, 30))
    assert november.has(november.start)
    assert not november.has(november.end)
    assert not november.has(None)


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (datetime(2026, 10, 31, 15, 59, 59, 999_999, tzinfo=UTC), "2026-10"),
        (datetime(2026, 10, 31, 16, tzinfo=UTC), "2026-11"),
        (datetime(2026, 12, 31, 16, tzinfo=UTC), "2027-01"),
        (datetime(2028, 2, 29, 15, 59, tzinfo=UTC), "2028-02"),
    ],
)
def test_the_month_of_a_moment(moment: datetime, name: str) -> None:
    assert month_of(moment).name == name


def test_months_follow_one_another_without_gap_or_summer_time() -> None:
    months = [month(f"{year}-{number:02d}") for year in (2026, 2027) for number in range(1, 13)]
    for one, other in zip(months, months[1:], strict=False):
        assert one.end == other.start
    for one in months:
        assert one.start.hour == 16
        assert (one.end - one.start) % timedelta(days=1) == timedelta()
        assert one.start.tzinfo is UTC


def test_the_last_whole_month() -> None:
    assert month_before(datetime(2026, 11, 30, 15, 59, tzinfo=UTC)).name == "2026-10"
    assert month_before(datetime(2026, 11, 30, 16, tzinfo=UTC)).name == "2026-11"
    assert month_before(datetime(2027, 1, 1, tzinfo=UTC)).name == "2026-12"


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "2026-1", "0000-01", "11-2026"])
def test_no_month(text: str) -> None:
    with pytest.raises(NoSuchMonth):
        month(text)


def test_a_period_ends_after_it_begins() -> None:
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="ends after"):
        Period("x", moment, moment)


def test_spread_and_share() -> None:
    assert spread([]) == Spread(0, None, None)
    assert spread([3.0]) == Spread(1, 3.0, 3.0)
    assert spread([float(n) for n in range(10, 0, -1)]) == Spread(10, 5.5, 9.0)
    assert (share(1, 0), share(1, 4)) == (None, 0.25)
