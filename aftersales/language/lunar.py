"""The Chinese lunar calendar, 2005-2030: 农历三月初五, 正月十五, 去年腊月二十.

A lunar month lies across two of ours. 农历三月 alone is therefore a span, not a month.
"""

import re
from datetime import date, timedelta

from .days import DateSpan, FoundDate
from .eras import plain_year
from .numerals import parse_quantity

# Per lunar year: its first day (month-day), the month with a leap month behind it (0: none), and
# for every month 1 for 30 days or 0 for 29. Computed with the lunardate package 0.2.2.
_FIRST_YEAR = 2005
_YEARS = (
    "0209-0-010101101010 0129-7-1010101011011 0218-0-001001011101 0207-0-100100101101 "
    "0126-5-1100100101011 0214-0-101010010101 0203-0-101101001010 0123-4-1011010101010 "
    "0210-0-101011010101 0131-9-0101010110101 0219-0-010010111010 0208-0-101001011011 "
    "0128-6-0101001010111 0216-0-010100101011 0205-0-101010010011 0125-4-0111010010101 "
    "0212-0-011010101010 0201-0-101011010101 0122-2-0100110110101 0210-0-010010110110 "
    "0129-6-1010010101110 0217-0-101001001110 0206-0-110100100110 0126-5-1110100100110 "
    "0213-0-110101010011 0203-0-010110101010"
).split()
_MONTH = "十[一二]|[一二三四五六七八九十正冬腊]|1[0-2]|[1-9]"
_CN = "[一二三四五六七八九]"
_SAID_DAY = f"初[一二三四五六七八九十]|二十{_CN}?|廿{_CN}?|三十|十{_CN}?"
_RELATIVE = {"去年": 1, "旧年": 1, "上年": 1, "前年": 2, "大前年": 3, "今年": 0}
_SPECIAL = {"正": 1, "冬": 11, "腊": 12}
_LUNAR = re.compile(
    r"(?:(?P<relative>大前年|[去旧上前今]年)|(?P<year>(?:19|20)\d\d|[零〇一二三四五六七八九]{4}|\d\d)年)?"
    r"(?:的|\s)?"
    rf"(?:(?P<word>农历|阴历|旧历|老历)的?(?P<leap>闰)?(?P<month>{_MONTH})月份?的?"
    rf"(?P<day>{_SAID_DAY}|[12]\d|30|[1-9])?[日号]?"
    rf"|(?P<leap2>闰)?(?P<month2>[正腊冬])月的?(?P<day2>{_SAID_DAY}|\d{{1,2}})?[日号]?"
    rf"|(?P<leap3>闰)?(?P<month3>{_MONTH})月(?P<day3>初[一二三四五六七八九十]))"
)


def _month(year: int, month: int, leap: bool) -> DateSpan | None:
    """Return the days of a lunar month, or None outside the table."""
    index = year - _FIRST_YEAR
    if not 0 <= index < len(_YEARS):
        return None
    first, after, lengths = _YEARS[index].split("-")
    leap_after = int(after)
    if leap and month != leap_after:
        return None
    place = month - 1 + (leap or 0 < leap_after < month)
    start = date(year, int(first[:2]), int(first[2:]))
    start += timedelta(days=sum(29 + int(length) for length in lengths[:place]))
    return DateSpan(start, start + timedelta(days=28 + int(lengths[place])), "month")


def lunar_span(
    year: int, month: int, day: int | None = None, leap: bool = False
) -> DateSpan | None:
    """Return the day, or all days of the month, of a lunar date.

    Args:
        year: The lunar year, named by the year of ours in which it begins.
        month: 1 to 12.
        day: 1 to 30, or None for the whole month.
        leap: Whether the leap month behind ``month`` is meant.

    Returns:
        The span; None outside 2005-2030 or when there is no such month or day.
    """
    whole = _month(year, month, leap)
    if whole is None or day is None:
        return whole
    exact = whole.earliest + timedelta(days=day - 1)
    return DateSpan(exact, exact, "day") if whole.earliest <= exact <= whole.latest else None


def _number(words: str | None) -> int | None:
    if not words:
        return None
    if words in _SPECIAL:
        return _SPECIAL[words]
    quantity = parse_quantity(words.removeprefix("初"))
    return None if quantity is None else int(quantity.value)


def find_lunar(text: str, today: date) -> list[FoundDate]:
    """Find every lunar date in normalised text; without a year it is the latest one begun."""
    if "月" not in text:
        return []
    found = []
    for match in _LUNAR.finditer(text):
        month = _number(match["month"] or match["month2"] or match["month3"]) or 0
        day = _number(match["day"] or match["day2"] or match["day3"])
        leap = bool(match["leap"] or match["leap2"] or match["leap3"])
        span = None
        if match["relative"]:
            span = lunar_span(today.year - _RELATIVE[match["relative"]], month, day, leap)
        elif match["year"]:
            year = plain_year(match["year"], today.year)
            span = None if year is None else lunar_span(year, month, day, leap)
        else:
            for year in range(today.year, today.year - 9, -1):
                span = lunar_span(year, month, day, leap)
                if span is not None and span.earliest <= today:
                    break
        found.append(FoundDate(match.start(), match.end(), span))
    return found


__all__ = ["find_lunar", "lunar_span"]
