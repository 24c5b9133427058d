"""The three clocks, all read off the one calendar.

``open`` ticks while the hotline answers, ``working`` while the bench works, ``wall`` always. Spans
are exact, so that counting and adding undo each other to the microsecond.
"""

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from aftersales import knowledge
from aftersales.calendar import OpeningHours
from aftersales.clock import require_utc
from aftersales.deadlines.schema import Clock

_HORIZON_DAYS = 400  # what has not come round in a year is not promised


@dataclass(frozen=True)
class Clocks:
    """The calendar as the deadlines see it."""

    open: OpeningHours
    working: OpeningHours

    @classmethod
    def from_knowledge(cls, data: Mapping[str, Any] | None = None) -> "Clocks":
        """Read the clocks from the content of ``knowledge/calendar.yml`` (the file's by default).

        Raises:
            CalendarError: an entry cannot be used.
        """
        content = knowledge.load("calendar") if data is None else data
        return cls(
            OpeningHours.from_knowledge(content),
            OpeningHours.from_knowledge(content, "workshop"),
        )

    def add(self, clock: Clock, start: datetime, span: timedelta) -> datetime | None:
        """Return when ``span`` of this clock's time has passed since ``start``, in UTC.

        None when the calendar has no room for it within 400 days.
        """
        if clock == "wall":
            return require_utc(start) + span
        return self._hours(clock).add_open_time(start, span, _HORIZON_DAYS)

    def between(self, clock: Clock, start: datetime, end: datetime) -> timedelta:
        """Return how much of this clock's time lies between two moments; never less than none."""
        if clock == "wall":
            return max(require_utc(end) - require_utc(start), timedelta())
        return self._hours(clock).open_time_between(start, end)

    def months_later(self, start: datetime, count: int) -> datetime:
        """Return the same local time ``count`` calendar months later, in UTC.

        A day the month does not have becomes its last one: 31 January and a month is 28 or 29
        February.
        """
        local = self.open.local(start)
        number = local.year * 12 + local.month - 1 + count
        year, month = number // 12, number % 12 + 1
        day = min(local.day, months.monthrange(year, month)[1])
        return require_utc(local.replace(year=year, month=month, day=day))

    def local_date(self, moment: datetime) -> date:
        """Return the shop's calendar day of a moment."""
        return self.open.local(moment).date()

    def midnight(self, day: date) -> datetime:
        """Return the moment a day begins in the shop, in UTC."""
        return require_utc(datetime(day.year, day.month, day.day, tzinfo=self.open.zone))

    def _hours(self, clock: Clock) -> OpeningHours:
        return self.open if clock == "open" else self.working
