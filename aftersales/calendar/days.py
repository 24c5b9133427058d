"""What kind of day a date is.

chinesecalendar knows the official holidays and the working weekends (调休) of the years already
announced and raises for all others: there the weekday decides, and ``overrides`` in
``knowledge/calendar.yml`` corrects it.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal

import chinese_calendar

DayKind = Literal["workday", "weekend", "holiday"]


def year_is_known(year: int) -> bool:
    """Say whether the official holiday table of that year is in the library."""
    try:
        chinese_calendar.is_workday(date(year, 7, 1))
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=1024)
def kind_of_day(day: date) -> DayKind:
    """Return the kind of ``day`` by the official table, or by its weekday in a year not announced
    yet."""
    try:
        is_off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return "weekend" if day.weekday() >= 5 else "workday"
    if not is_off:
        return "workday"  # 调休 too: a Saturday that is worked
    return "weekend" if name is None else "holiday"


def missing_year(today: date, overrides: Iterable[date]) -> int | None:
    """Return the next year when its holidays should be known by now and are not, else None.

    The State Council announces a year's holidays in the November before: in December a year that
    neither the library nor an override knows is one somebody forgot.

    Args:
        today: the shop's calendar day.
        overrides: the days corrected by hand.
    """
    if today.month != 12:
        return None
    coming = today.year + 1
    known = year_is_known(coming) or any(day.year == coming for day in overrides)
    return None if known else coming
