"""Dates in English: March 2024, 5 May 2023, 3 months ago, yesterday, last month."""

import re
from datetime import date, timedelta

from .days import DateSpan, FoundDate, day_span, month_span, months_back, shift_months

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_SMALL = "a one two three four five six seven eight nine ten eleven twelve".split()
_ENGLISH = re.compile(
    rf"(?<![a-z])(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s)?{_MONTH},?\s"
    r"(?:(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s)?(?P<year>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<count>\d{{1,3}}|an|{'|'.join(_SMALL)})\s(?P<unit>day|week|month|year)s?\sago"
    r"|(?<![\d./\-])(?P<first>\d{1,2})(?P<dash>[/.\-])(?P<second>\d{1,2})(?P=dash)(?P<last>20\d\d)(?!\d)"
    r"|(?P<near>yesterday|last\smonth))(?![a-z])",
    re.IGNORECASE,
)


def _count(words: str) -> int:
    if words.isdigit():
        return int(words)
    words = words.lower()
    return max(1, _SMALL.index(words)) if words in _SMALL else 1


def _resolve(match: re.Match[str], today: date) -> DateSpan | None:
    if match["year"]:
        year, month = int(match["year"]), 1 + _MONTHS.index(match["month"].lower())
        day = match["day"] or match["day2"]
        return day_span(year, month, int(day)) if day else month_span(year, month, month)
    if match["last"]:
        return _numeric(int(match["first"]), int(match["second"]), int(match["last"]))
    if match["near"]:
        if match["near"].lower() == "yesterday":
            day_before = today - timedelta(days=1)
            return DateSpan(day_before, day_before, "day")
        last = shift_months(today.replace(day=1), 1)
        return month_span(last.year, last.month, last.month)
    count, unit = _count(match["count"]), match["unit"].lower()
    if unit in ("month", "year"):
        months = count * (12 if unit == "year" else 1)
        return months_back(today, months) if months <= 720 else None
    exact = today - timedelta(days=count * (7 if unit == "week" else 1))
    return DateSpan(exact, exact, "day")


def _numeric(first: int, second: int, year: int) -> DateSpan | None:
    """18/06/2024 has one meaning, 05/06/2024 two and therefore none."""
    if first == second or first > 12:
        return day_span(year, second, first)
    return day_span(year, first, second) if second > 12 else None


def find_english(text: str, today: date) -> list[FoundDate]:
    """Find every date told in English; a year alone or "last year" is none here."""
    return [
        FoundDate(match.start(), match.end(), _resolve(match, today))
        for match in _ENGLISH.finditer(text)
    ]


__all__ = ["find_english"]
