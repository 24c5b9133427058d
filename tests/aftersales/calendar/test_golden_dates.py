"""The official holiday table, written down by hand from the State Council's notices.

2024: 国办发明电〔2023〕7号; 2025: 国办发明电〔2024〕12号; 2026: 国办发明电〔2025〕7号.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from aftersales import knowledge
from aftersales.calendar.days import kind_of_day, missing_year, year_is_known
from aftersales.calendar.hours import CalendarError, OpeningHours, overridden

#: First and last day off of each holiday.
OFF = {
    2024: ["01-01/01-01", "02-10/02-17", "04-04/04-06", "05-01/05-05", "06-10/06-10",
           "09-15/09-17", "10-01/10-07"],
    2025: ["01-01/01-01", "01-28/02-04", "04-04/04-06", "05-01/05-05", "05-31/06-02",
           "10-01/10-08"],
    2026: ["01-01/01-03", "02-15/02-23", "04-04/04-06", "05-01/05-05", "06-19/06-21",
           "09-25/09-27", "10-01/10-07"],
}  # fmt: skip
#: Saturdays and Sundays that are worked (调休).
WORKED = {
    2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}
YEARS = sorted(OFF)


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def days_off(year: int) -> set[date]:
    return {
        day
        for span in OFF[year]
        for day in overridden("/".join(f"{year}-{part}" for part in span.split("/")))
    }


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_is_what_the_notice_says(year: int) -> None:
    off = days_off(year)
    worked = {date.fromisoformat(f"{year}-{day}") for day in WORKED[year]}
    assert all(day.weekday() >= 5 for day in worked)
    for day in days_of(year):
        if day in off:
            assert kind_of_day(day) == "holiday", day
        elif day in worked:
            assert kind_of_day(day) == "workday", day
        else:
            assert kind_of_day(day) == ("weekend" if day.weekday() >= 5 else "workday"), day


@pytest.mark.parametrize("year", YEARS)
def test_the_worked_weekend_is_open_like_any_workday(year: int) -> None:
    hours = OpeningHours.from_knowledge(knowledge.load("calendar"))
    monday = hours.by_kind["workday"]
    for day in WORKED[year]:
        assert hours.periods(date.fromisoformat(f"{year}-{day}")) == monday
    for day in days_off(year):
        assert hours.periods(day) == ()


def test_a_year_not_announced_goes_by_the_weekday_until_it_is_written_down() -> None:
    assert not year_is_known(2027)
    assert kind_of_day(date(2027, 2, 8)) == "workday"  # Monday, surely in the Spring Festival
    data = {
        **knowledge.load("calendar"),
        "overrides": {
            "2027-02-05/2027-02-11": {"day": "holiday", "reason": "春节（示例）"},
            date(2027, 2, 13): {"day": "workday"},
            date(2027, 2, 16): {"periods": [{"from": "10:00", "to": "12:00"}], "workshop": []},
        },
    }
    hotline = OpeningHours.from_knowledge(data)
    bench = OpeningHours.from_knowledge(data, "workshop")
    assert hotline.periods(date(2027, 2, 8)) == bench.periods(date(2027, 2, 8)) == ()
    assert hotline.periods(date(2027, 2, 12)) == hotline.by_kind["workday"]
    assert hotline.periods(date(2027, 2, 13)) == hotline.by_kind["workday"]
    assert len(hotline.periods(date(2027, 2, 16))) == 1
    assert bench.periods(date(2027, 2, 16)) == ()


@pytest.mark.parametrize(
    "key", ["2027-02-11/2027-02-05", "2027-02-05/2028-02-11", "2027-02-30/2027-03-02", "soon", 7]
)
def test_an_override_that_is_no_day_is_refused(key: object) -> None:
    with pytest.raises(CalendarError, match="overrides"):
        overridden(key)


@pytest.mark.parametrize(
    ("today", "overrides", "missing"),
    [
        (date(2026, 12, 1), [], 2027),
        (date(2026, 12, 31), [date(2027, 2, 8)], None),
        (date(2026, 11, 30), [], None),
        (date(2025, 12, 1), [], None),
        (date(2027, 3, 1), [], None),
    ],
)
def test_in_december_an_unknown_next_year_is_missed(
    today: date, overrides: list[date], missing: int | None
) -> None:
    assert missing_year(today, overrides) == missing
