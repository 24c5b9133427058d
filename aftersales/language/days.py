"""Spans of days, and how to reckon back from the day a message came."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from .numerals import parse_quantity

_OLDEST = 1960


@dataclass(frozen=True)
class DateSpan:
    """The days a phrase may mean.

    Attributes:
        earliest: First possible day.
        latest: Last possible day.
        precision: ``day``, ``month``, ``week``, ``year`` or ``rough``.
    """

    earliest: date
    latest: date
    precision: str

    @property
    def value(self) -> str | None:
        """ISO date, or year-month when the span lies within one month; None when wider."""
        if self.precision == "day":
            return self.earliest.isoformat()
        if (self.earliest.year, self.earliest.month) == (self.latest.year, self.latest.month):
            return self.earliest.isoformat()[:7]
        return None


@dataclass(frozen=True)
class FoundDate:
    """A date phrase and its place; ``span`` is None for a day that does not exist (2月30号)."""

    start: int
    end: int
    span: DateSpan | None
    weak: bool = False


def day_span(year: int, month: int, day: int) -> DateSpan | None:
    """Return one day, or None when the calendar has no such day."""
    if not (_OLDEST <= year <= 2100):
        return None
    try:
        exact = date(year, month, day)
    except ValueError:
        return None
    return DateSpan(exact, exact, "day")


def month_span(year: int, first: int, last: int, precision: str = "month") -> DateSpan | None:
    """Return whole months of one year, ``first`` to ``last``, or None when there are none such."""
    if not (_OLDEST <= year <= 2100) or not 1 <= first <= last <= 12:
        return None
    return DateSpan(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision)


def shift_months(day: date, months: int) -> date:
    """Return the same day of the month ``months`` earlier, or the month's last day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_back(today: date, months: float, more: bool = False) -> DateSpan:
    """Return the month that lies ``months`` before today; with ``more`` up to one unit further."""
    day = shift_months(today, int(months))
    span = month_span(day.year, day.month, day.month)
    assert span is not None or day.year < _OLDEST  # noqa: S101 - narrows the type
    if span is None:
        return DateSpan(day, day, "rough")
    if more:
        return DateSpan(shift_months(day, 12 if months >= 12 else 1), day, "rough")
    return span


def length_back(part: dict[str, str | None], today: date) -> DateSpan | None:
    """Reckon back a length of time (groups ``a_*`` of the pattern): 一年零两个月, 三周, 10天."""
    more = bool(part["a_more"])
    if part["a_half"] or part["a_year"]:
        months = 6.0
        if part["a_year"]:
            years = _count(part["a_year"])
            if years is None or years > 60:
                return None
            months = years * 12 + (6 if part["a_yhalf"] else 0)
        if part["a_ymonth"]:
            extra = _count(part["a_ymonth"])
            if extra is None or extra > 24:
                return None
            months += extra
        return months_back(today, months, more)
    if part["a_month"]:
        count = _count(part["a_month"])
        if count is None or count > 720:
            return None
        if part["a_mplus"]:
            return _days_back(today, int(count * 30.44) + 15, "rough")
        return months_back(today, count, more)
    if part["a_mhalf"]:
        return _days_back(today, 15, "rough")
    count = _count(part["a_week"] or part["a_day"] or "")
    if count is None or count > 4000:
        return None
    return _days_back(today, int(count * (7 if part["a_week"] else 1)), "rough" if more else "day")


def _count(words: str) -> float | None:
    quantity = parse_quantity(words)
    if quantity is None or not quantity.exact or quantity.value <= 0:
        return None
    return quantity.value


def _days_back(today: date, days: int, precision: str) -> DateSpan:
    day = today - timedelta(days=days)
    if precision == "day":
        return DateSpan(day, day, "day")
    return DateSpan(day - timedelta(days=7), day + timedelta(days=3), "rough")
