"""The stretch of time a report is about: a month by the shop's own midnight, kept in UTC.

A month in Shanghai begins at 16:00 UTC of the day before. China has had no summer time since 1991,
but the borders are asked of the time zone, not computed with eight hours.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aftersales import knowledge
from aftersales.calendar import local_date
from aftersales.clock import require_utc

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class NoSuchMonth(ValueError):
    """What was given is no month such as ``2026-11``."""


@dataclass(frozen=True)
class Period:
    """From ``start`` (in it) to ``end`` (not in it); both aware UTC."""

    name: str
    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if require_utc(self.start) >= require_utc(self.end):
            raise ValueError("a period ends after it begins")

    @property
    def first_day(self) -> date:
        """The first calendar day of the shop that is in it."""
        return local_date(self.start)

    @property
    def last_day(self) -> date:
        """The last calendar day of the shop that is in it."""
        return local_date(self.end - timedelta(microseconds=1))

    def has(self, moment: datetime | None) -> bool:
        """Say whether a moment lies in it; None does not."""
        return moment is not None and self.start <= moment < self.end


def month(text: str) -> Period:
    """Return a month of the shop's calendar.

    Args:
        text: such as ``2026-11``.

    Raises:
        NoSuchMonth: it is none.
    """
    match = _MONTH.fullmatch(text.strip())
    if match is None or not 1 <= int(match[1]) <= 9998:
        raise NoSuchMonth(f"a month is written like 2026-11, not {text!r}")
    first = date(int(match[1]), int(match[2]), 1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Period(f"{first:%Y-%m}", _midnight(first), _midnight(after))


def month_of(moment: datetime) -> Period:
    """Return the month a moment lies in."""
    return month(f"{local_date(moment):%Y-%m}")


def month_before(moment: datetime) -> Period:
    """Return the last whole month before a moment: the one there is a report to write about."""
    return month_of(month_of(moment).start - timedelta(microseconds=1))


def _midnight(day: date) -> datetime:
    zone = ZoneInfo(knowledge.load("calendar")["time_zone"])
    return require_utc(datetime.combine(day, time(), zone))
