"""Two phrases that tell one date: 2022年2月14号情人节, 去年买的,十月份."""

import re

from .days import DateSpan, FoundDate, day_span, month_span
from .festivals import festival_date

_APPOSED = re.compile(r"(?:的|那个|那天|就是|也就是|,|、|\(|\s){0,3}")
_STILL = re.compile(
    r"(?:买|入手|购|送|收|的|了|来|到|大概|大约|好像|应该|可能|记得|是|在|吧"
    r"|我|生日|那天|那会儿|时候|,|\s){0,12}"
)


def with_festival(first: FoundDate, between: str, name: str, end: int) -> FoundDate | None:
    """Return one date when the festival falls on or within the date before it.

    Args:
        first: The date before.
        between: The words between the two.
        name: The festival's words.
        end: Where they end.
    """
    if first.span is None or not _APPOSED.fullmatch(between):
        return None
    day = festival_date(name, first.span.earliest.year)
    if day is None or not first.span.earliest <= day <= first.span.latest:
        return None
    return FoundDate(first.start, end, DateSpan(day, day, "day"))


def with_month(
    first: FoundDate, between: str, month: int, day: int | None, end: int
) -> FoundDate | None:
    """Return the month (and day) within the year told before it.

    Right behind the year both are one date; after words such as 买的 the year stays another.
    """
    if first.span is None or first.span.precision not in ("year", "rough"):
        return None
    if not _STILL.fullmatch(between):
        return None
    year = first.span.earliest.year
    span = day_span(year, month, day) if day else month_span(year, month, month)
    if span is None:
        return None
    start = first.end + len(between) if between else first.start
    return FoundDate(start, end, span)


__all__ = ["with_festival", "with_month"]
