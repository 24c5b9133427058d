"""What kind of day a date is.

chinesecalendar knows the official holidays and the working weekends (调休) of the years already
announced and raises for all others: there the weekday decides, and ``overrides`` in
``knowledge/calendar.yml`` corrects it.
"""

from datetime import date
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
