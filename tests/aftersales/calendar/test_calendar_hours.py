"""Opening periods, counted by the minute."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales import calendar
from aftersales.calendar.hours import CalendarError, OpeningHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
DATA: dict[str, Any] = {
    "time_zone": "Asia/Shanghai",
    "periods": {
        "workday": [{"from": "09:00", "to": "12:00"}, {"from": "13:00", "to": "18:00"}],
        "weekend": [],
        "holiday": [],
    },
    "overrides": {},
}
HOURS = OpeningHours.from_knowledge(DATA)
moments = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001
    datetime(2028, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def with_overrides(overrides: dict[Any, Any]) -> OpeningHours:
    return OpeningHours.from_knowledge({**DATA, "overrides": overrides})


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 08:59:59", False),
        ("2026-11-23 09:00", True),
        ("2026-11-23 11:59:59", True),
        ("2026-11-23 12:00", False),
        ("2026-11-23 13:00", True),
        ("2026-11-23 18:00", False),
        ("2026-11-22 10:00", False),  # Sunday
        ("2026-02-14 10:00", True),  # a worked Saturday
        ("2026-10-01 10:00", False),  # a Thursday, but the National Day
    ],
)
def test_open_or_closed(moment: str, is_open: bool) -> None:
    assert HOURS.open_at(at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),
        ("2026-11-23 12:30", "2026-11-23 13:00"),
        ("2026-11-23 21:00", "2026-11-24 09:00"),
        ("2026-11-27 18:00", "2026-11-30 09:00"),  # Friday evening
        ("2026-09-30 18:00", "2026-10-08 09:00"),  # over the whole holiday
    ],
)
def test_the_next_opening(moment: str, opening: str) -> None:
    assert HOURS.next_open(at(moment)) == at(opening)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23 09:00", 2, "2026-11-23 11:00"),
        ("2026-11-23 11:00", 4, "2026-11-23 16:00"),  # over lunch
        ("2026-11-23 17:00", 4, "2026-11-24 12:00"),  # the end of a period is still in time
        ("2026-11-27 17:30", 4, "2026-11-30 13:30"),  # over the weekend
        ("2026-11-21 03:00", 0, "2026-11-23 09:00"),
    ],
)
def test_adding_open_hours(start: str, hours: float, end: str) -> None:
    assert HOURS.add_open_hours(at(start), hours) == at(end)


def test_an_override_beats_the_table() -> None:
    hours = with_overrides(
        {
            date(2026, 11, 23): {"day": "holiday"},
            date(2026, 11, 22): {"periods": [{"from": "10:00", "to": "11:00"}]},
        }
    )
    assert not hours.open_at(at("2026-11-23 10:00"))
    assert hours.open_at(at("2026-11-22 10:30"))


def test_a_shop_that_never_opens_promises_nothing() -> None:
    never = OpeningHours.from_knowledge({**DATA, "periods": {}})
    moment = at("2026-11-23 10:00")
    assert not never.open_at(moment)
    assert never.next_open(moment) is None
    assert never.add_open_hours(moment, 1) is None


def test_a_shop_that_never_closes_closes_at_no_midnight() -> None:
    always = [{"from": "00:00", "to": "24:00"}]
    hours = OpeningHours.from_knowledge(
        {**DATA, "periods": {"workday": always, "weekend": always, "holiday": always}}
    )
    assert hours.add_open_hours(at("2026-11-23 23:00"), 48) == at("2026-11-25 23:00")


@pytest.mark.parametrize(
    "entries",
    [
        [{"from": "09:00", "to": "08:00"}],
        [{"from": "09:00", "to": "12:00"}, {"from": "11:00", "to": "13:00"}],
        [{"from": 540, "to": "12:00"}],  # what YAML makes of 09:00 without quotes
        [{"from": "09:00", "to": "25:00"}],
    ],
)
def test_a_broken_period_is_refused(entries: list[dict[str, Any]]) -> None:
    with pytest.raises(CalendarError, match="workday"):
        OpeningHours.from_knowledge({**DATA, "periods": {"workday": entries}})


@pytest.mark.parametrize("overrides", [{"2026-11-23": {"day": "holiday"}}, {date.today(): {}}])  # noqa: DTZ011
def test_a_broken_override_is_refused(overrides: dict[Any, Any]) -> None:
    with pytest.raises(CalendarError, match="overrides"):
        with_overrides(overrides)


@given(moments, st.floats(0, 100))
def test_adding_and_counting_agree(start: datetime, hours: float) -> None:
    end = HOURS.add_open_hours(start, hours)
    assert end is not None
    assert end.tzinfo is UTC
    assert end >= start
    assert HOURS.open_hours_between(start, end) == pytest.approx(hours, abs=1e-6)


@given(moments)
def test_the_next_opening_is_open_and_nothing_before_it(moment: datetime) -> None:
    opening = HOURS.next_open(moment)
    assert opening is not None
    assert HOURS.open_at(opening)
    assert HOURS.open_hours_between(moment, opening) == 0


def test_counting_backwards_is_nothing(now: datetime) -> None:
    assert HOURS.open_hours_between(now, now - timedelta(days=3)) == 0


def test_the_calendar_in_the_knowledge_is_the_one_used(now: datetime) -> None:
    assert calendar.open_at(now)
    assert calendar.next_open(now) == now
    assert calendar.add_open_hours(now, 1) == now + timedelta(hours=1)
    assert calendar.local_date(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)) == date(2026, 11, 24)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        calendar.open_at(datetime(2026, 11, 23))  # noqa: DTZ001
