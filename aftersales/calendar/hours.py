"""Opening periods: several a day, by the kind of day, with overrides for single dates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from aftersales.calendar.days import kind_of_day
from aftersales.clock import require_utc

_HORIZON_DAYS = 60  # longer than any holiday; without an opening until then we promise nothing


_LONGEST_OVERRIDE = 92  # days; more is a slip of the year


class CalendarError(ValueError):
    """The calendar file cannot be used; the message says which entry and why."""


@dataclass(frozen=True)
class Period:
    """One stretch of a day, in minutes since midnight; ``end`` is not in it."""

    start: int
    end: int


@dataclass(frozen=True)
class OpeningHours:
    """When somebody is there."""

    zone: ZoneInfo
    by_kind: Mapping[str, tuple[Period, ...]]
    by_date: Mapping[date, tuple[Period, ...]]

    @classmethod
    def from_knowledge(cls, data: Mapping[str, Any], which: str = "periods") -> "OpeningHours":
        """Read the calendar from the content of ``knowledge/calendar.yml``.

        Args:
            data: the content.
            which: ``periods``, when the hotline answers, or ``workshop``, when the bench works; a
                file without ``workshop`` has one set of hours for both.

        Raises:
            CalendarError: an entry cannot be used.
        """
        table = data.get(which) or data["periods"]
        by_kind = {
            kind: _periods(table.get(kind) or [], kind)
            for kind in ("workday", "weekend", "holiday")
        }
        by_date: dict[date, tuple[Period, ...]] = {}
        for key, entry in (data.get("overrides") or {}).items():
            own = which if which in entry else "periods"
            for day in overridden(key):
                if own in entry:
                    by_date[day] = _periods(entry[own] or [], str(day))
                elif entry.get("day") in by_kind:
                    by_date[day] = by_kind[entry["day"]]
                else:
                    raise CalendarError(f"overrides: {day} needs day or periods")
        return cls(ZoneInfo(data["time_zone"]), by_kind, by_date)

    def local(self, moment: datetime) -> datetime:
        """Return the moment in the shop's time zone."""
        return require_utc(moment).astimezone(self.zone)

    def periods(self, day: date) -> tuple[Period, ...]:
        """Return the opening periods of one day, earliest first; empty when closed."""
        if day in self.by_date:
            return self.by_date[day]
        return self.by_kind[kind_of_day(day)]

    def open_at(self, now: datetime) -> bool:
        """Say whether somebody is there at ``now``; the first minute counts, the closing minute
        does not."""
        return any(start <= require_utc(now) < end for start, end in self._spans(now, days=1))

    def next_open(self, now: datetime) -> datetime | None:
        """Return ``now`` when open, else the next opening in UTC, or None within 60 days."""
        moment = require_utc(now)
        for start, end in self._spans(moment, _HORIZON_DAYS):
            if moment < end:
                return max(start, moment)
        return None

    def add_open_hours(self, start: datetime, hours: float) -> datetime | None:
        """Return when ``hours`` (>= 0) of opening time have passed since ``start``, in UTC.

        Returns:
            The moment, or None when the calendar has not that much time within 60 days.
        """
        return self.add_open_time(start, timedelta(hours=hours))

    def add_open_time(
        self, start: datetime, span: timedelta, horizon_days: int = _HORIZON_DAYS
    ) -> datetime | None:
        """Return when ``span`` of opening time has passed since ``start``, to the microsecond, or
        None when it has not within so many days."""
        moment, left = require_utc(start), span
        for opens, closes in self._spans(moment, horizon_days):
            begin = max(opens, moment)
            if begin >= closes:
                continue
            if left <= closes - begin:
                return begin + left
            left -= closes - begin
        return None

    def open_hours_between(self, start: datetime, end: datetime) -> float:
        """Return the opening time between two moments, in hours; 0 when ``end`` is not later."""
        return self.open_time_between(start, end) / timedelta(hours=1)

    def open_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Return the opening time between two moments; nothing when ``end`` is not later."""
        first, last = require_utc(start), require_utc(end)
        total = timedelta()
        days = (last - first).days + 2
        for opens, closes in self._spans(first, max(days, 1)):
            total += max(min(closes, last) - max(opens, first), timedelta())
        return total

    def _spans(self, moment: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
        day = self.local(moment).date()
        for offset in range(days):
            current = day + timedelta(days=offset)
            for period in self.periods(current):
                yield self._at(current, period.start), self._at(current, period.end)

    def _at(self, day: date, minutes: int) -> datetime:
        return _utc(self.zone, day, minutes)


@lru_cache(maxsize=1024)
def _utc(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    midnight = datetime.combine(day, time(), zone)
    return (midnight + timedelta(minutes=minutes)).astimezone(UTC)


def overridden(key: object) -> list[date]:
    """Return the days one key of ``overrides`` stands for: a date, or ``"first/last"``.

    Raises:
        CalendarError: it is neither.
    """
    if isinstance(key, date) and not isinstance(key, datetime):
        return [key]
    first, _, last = str(key).partition("/")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise CalendarError(f'overrides: {key!r} is not a date or "first/last"') from None
    if not 0 <= (end - start).days <= _LONGEST_OVERRIDE:
        raise CalendarError(f"overrides: {key!r} ends before it begins, or lasts a season")
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _periods(entries: Sequence[Mapping[str, str]], where: str) -> tuple[Period, ...]:
    periods = [Period(_minutes(e["from"], where), _minutes(e["to"], where)) for e in entries]
    last = 0
    for period in periods:
        if not last <= period.start < period.end:
            raise CalendarError(f"periods of {where}: each must follow the one before")
        last = period.end
    return tuple(periods)


def _minutes(text: str, where: str) -> int:
    hour, _, minute = str(text).partition(":")
    if not (hour.isdigit() and minute.isdigit() and int(minute) < 60):
        raise CalendarError(
            f'periods of {where}: {text!r} is not a time such as "09:00" (in quotes)'
        )
    total = int(hour) * 60 + int(minute)
    if total > 24 * 60:
        raise CalendarError(f"periods of {where}: {text!r} is after midnight")
    return total
