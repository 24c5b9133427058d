"""Purchase dates as spans of days, and where today lies in the periods of the rule table."""

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Any

from aftersales.language import DateSpan
from aftersales.warranty.book import book

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Span:
    """The days on which the watch may have been bought, both included."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


@dataclass(frozen=True)
class Standing:
    """Where today lies for the periods that may apply.

    Attributes:
        zone: ``world`` = surely inside the year honoured worldwide; ``out`` = surely past every
            period that may apply; ``local`` = past the worldwide year, perhaps inside a longer
            one; ``edge`` = the date is too vague to say; ``future`` = bought after today.
        end: last day of the period that decides (included), or None.
        years: length of that period in years, or None.
        rules: the rules of the table that may apply, surest first.
    """

    zone: str
    end: date | None
    years: int | None
    rules: tuple[Mapping[str, Any], ...]


def read_span(value: str) -> Span | None:
    """Read a stored purchase date: day, month, year or interval; None for anything else."""
    if "/" in value:
        first, _, last = value.partition("/")
        start, end = read_span(first), read_span(last)
        if start is None or end is None or end.last < start.first:
            return None
        return Span(start.first, end.last)
    try:
        month = _MONTH.fullmatch(value)
        if month is not None:
            year, number = int(month[1]), int(month[2])
            first_day = date(year, number, 1)
            return Span(first_day, date(year, number, monthrange(year, number)[1]))
        if _YEAR.fullmatch(value):
            return Span(date(int(value), 1, 1), date(int(value), 12, 31))
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return Span(day, day)


def write_span(span: DateSpan) -> str:
    """Store what the language module read, no more exact than it was said."""
    if span.value is not None and span.precision in ("day", "month"):
        return span.value
    if span.precision == "year":
        return f"{span.earliest.year}"
    return f"{span.earliest.isoformat()}/{span.latest.isoformat()}"


def last_day(bought: date, years: int) -> date:
    """The last day of a period of whole years, itself included.

    It is the day of the same date; without one (29 February) the last day of that month. Taking
    the same date and not the day before it is the reading that favours the customer.
    """
    year = min(bought.year + years, MAXYEAR)
    return date(year, bought.month, min(bought.day, monthrange(year, bought.month)[1]))


def groups(line: str | None, calibre: str | None) -> tuple[str, ...]:
    """The groups of lines (seiko, gs, credor, alba) the watch may belong to."""
    table = book()
    by_line: tuple[str, ...] = tuple(table["every_line"])
    if line is not None:
        by_line = (str(table["line_groups"].get(line, table["default_line"])),)
    for group in ("seiko", "gs"):
        if calibre and calibre.startswith(tuple(table["calibre_lines"][group])):
            # A 4R36 sold as Grand Seiko does not exist: the shorter period is the safe one.
            if group in by_line:
                return (group,)
            return by_line if by_line == ("alba",) else (str(table["default_line"]),)
    return by_line


def markets(market: str | None) -> tuple[str, ...]:
    """The markets the watch may have been sold in."""
    if market in (None, "unknown"):
        return ("other", "cn", "eu", "us", "au", "jp")
    return (str(market),)


def standing(
    span: Span | None, market: str | None, lines: Collection[str], today: date
) -> Standing | None:
    """Hold today against every period that may apply; None without a purchase date.

    Args:
        span: the days on which it may have been bought.
        market: ``cn`` … ``other``, or None / ``"unknown"``.
        lines: groups of lines it may belong to.
        today: the customer's calendar day.
    """
    if span is None:
        return None
    if span.first > today:
        return Standing("future", None, None, ())
    last = min(span.last, today)
    rules = tuple(_applying(markets(market), lines, span.first, last))
    # Not knowing the country, the year of the international guarantee is the least to expect;
    # a card of the Japanese market is told about separately.
    worldwide = min((int(rule["world_years"]) for rule in rules), default=0)
    if len(markets(market)) > 1:
        worldwide = 1
    if worldwide and today <= last_day(span.first, worldwide):
        return Standing("world", last_day(span.first, worldwide), worldwide, rules)
    longest = max((_years(rule, lines) for rule in rules), default=0)
    ends = max(
        (last_day(_sold_last(rule, last), _years(rule, lines)) for rule in rules), default=last
    )
    if today > ends:
        return Standing("out", ends, longest, rules)
    if worldwide and today <= last_day(last, worldwide):
        return Standing("edge", None, None, rules)
    earliest = [rule for rule in rules if rule.get("sold_from", span.first) <= span.first]
    if not any(today <= last_day(span.first, _years(rule, lines)) for rule in earliest):
        return Standing("edge", None, None, rules)
    return Standing("local", None, None, rules)


def _applying(
    where: Collection[str], lines: Collection[str], first: date, last: date
) -> Iterable[Mapping[str, Any]]:
    for rule in book()["periods"]:
        sold_in = rule["market"] if isinstance(rule["market"], list) else [rule["market"]]
        if not set(sold_in) & set(where) or not set(rule["lines"]) & set(lines):
            continue
        if rule.get("sold_from", first) > last or rule.get("sold_to", last) < first:
            continue
        yield rule


def _years(rule: Mapping[str, Any], lines: Collection[str]) -> int:
    """Years of a rule; where no page tells, the longest that any page tells for such a watch."""
    if rule["years"] is not None:
        return int(rule["years"])
    known = book()["longest_known_years"]
    return max(int(known[group]) for group in rule["lines"] if group in lines)


def _sold_last(rule: Mapping[str, Any], last: date) -> date:
    """The last day in the span on which this rule could have applied."""
    until = rule.get("sold_to", last)
    return min(last, until) if isinstance(until, date) else last
