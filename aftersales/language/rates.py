"""The rate grammar: a period, a direction and an amount, in any order, become seconds per day.

一天快半分钟 → +30, 慢五分钟一周 → -42.86, +15秒每天, 日差-8. Calibre codes must have been blanked
out before (``7S26`` holds no seven seconds); times of day are blanked out here.
"""

import re
from dataclasses import dataclass

from .directions import DIRECTION, Direction, find_directions
from .gains import Amount, lone_rate, signed_amounts, unsigned_amounts
from .numerals import NUMBER, exactly, parse_quantity
from .periods import Period, find_periods
from .pinyin import to_characters
from .short_periods import LINK, STOP, split_short_periods
from .spans import Span, blank

_CLOCK = re.compile(
    r"(?<![\d.])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])"
    r"|(?:\d{1,2}|[零一二两三四五六七八九十]{1,3})"
    r"点(?![一二三四五六七八九\d零]{1,3}(?:秒|分钟|个?小时))"
    r"(?:钟|整|半|一刻|三刻|多|(?:\d{1,2}|[零一二三四五六七八九十]{1,3})分?(?!钟))?"
)
_BARE = re.compile(
    rf"(?:[了个上出有约到]|大概|差不多|大约)*\s?(?P<number>{NUMBER})"
    r"(?=$|[\s,。.!?;、)]|左右|上下|吧|呢|的样子|/)"
)
_QUESTION = re.compile(r"[?;\n]")
_TOO_LONG_TO_CARRY, _FARTHEST = 3600.0, 40
_TAIL_FILL = re.compile(
    r"(?:左右|上下|以上|多|的|地|样子|这样|偏|走|是|都|在|往|总|总是|一直|就是|要|会|,| "
    r"|吧|呢|时间|误差)*"
)
_AFTER_FILL = re.compile(
    r"(?:左右|上下|多|吧|的|样子|钟|每|/|\(|,|\s|的速度|在|平均|大概|差不多|才|只|就|也|这|仅|刚|戴了?|走了?|放了?"
    r"|after|every|or so)*"
)


@dataclass(frozen=True)
class Rate:
    """A rate in s/day, fast positive, with bounds; ``offset`` spans the gain or loss alone."""

    value: float
    low: float | None
    high: float | None
    start: int
    end: int
    offset: Span


@dataclass(frozen=True)
class _Offset:
    sign: int
    amount: Amount
    start: int
    end: int


def hide_clock_times(text: str) -> str:
    """Blank out times of day (10:05, 晚上9点20), which are no lengths of time."""
    return blank(text, [match.span() for match in _CLOCK.finditer(text)])


def _pair(text: str, amounts: list[Amount], directions: list[Direction]) -> list[_Offset]:
    offsets = []
    for amount in amounts:
        if amount.sign:
            offsets.append(_Offset(amount.sign, amount, amount.start, amount.end))
            continue
        before = [d for d in directions if d.end <= amount.start]
        after = [d for d in directions if d.start >= amount.end]
        if before:
            nearest = before[-1]
            gap = text[nearest.end : amount.start]
            between_them = any(nearest.end <= a.start and a.end <= amount.start for a in amounts)
            if len(gap) <= 12 and not STOP.search(gap) and not between_them:
                if nearest.sign:
                    offsets.append(_Offset(nearest.sign, amount, nearest.start, amount.end))
                continue
        if after:
            nearest = after[0]
            gap = text[amount.end : nearest.start]
            if len(gap) <= 12:
                for period in find_periods(gap):
                    gap = gap[: period.start] + gap[period.end :]
                    break
                if nearest.sign and _TAIL_FILL.fullmatch(gap):
                    offsets.append(_Offset(nearest.sign, amount, amount.start, nearest.end))
    return offsets


def _carried(
    text: str,
    amounts: list[Amount],
    offsets: list[_Offset],
    directions: list[Direction],
    periods: list[Period],
) -> list[_Offset]:
    """Give amounts with a period but no direction the one an earlier clause told.

    手表走慢,我每天早上跟电视对,每天得有两分钟: the direction stands far off. All directions of the
    message must agree, and the one carried must not have an amount of its own.
    """
    directions = [direction for direction in directions if direction.sign]
    if len({direction.sign for direction in directions}) != 1:
        return []
    found = []
    for amount in amounts:
        if amount.seconds.high >= _TOO_LONG_TO_CARRY:
            continue
        if any(o.start < amount.end and amount.start < o.end for o in offsets):
            continue
        source = next((d for d in reversed(directions) if d.end <= amount.start), None)
        period = next((p for p in reversed(periods) if p.end <= amount.start), None)
        if source is None or period is None or period.start < source.end:
            continue
        if any(o.start <= source.start < o.end for o in offsets):
            continue
        gap = text[source.end : period.start]
        if len(gap) > _FARTHEST or _QUESTION.search(gap):
            continue
        if LINK.fullmatch(text, period.end, amount.start):
            found.append(_Offset(source.sign, amount, amount.start, amount.end))
    return found


def _bare_amounts(
    text: str, amounts: list[Amount], directions: list[Direction], periods: list[Period]
) -> list[Amount]:
    """Read 每天快三十: a number without a unit, right after a direction that follows a period."""
    found = []
    for direction in directions:
        match = _BARE.match(text, direction.end)
        if not match or any(a.start < match.end() and match.start() < a.end for a in amounts):
            continue
        close = any(0 <= direction.start - p.end <= 6 for p in periods)
        number = parse_quantity(match["number"])
        if close and number is not None and number.high > 0:
            found.append(Amount(number, match.start("number"), match.end("number")))
    return found


def _period_for(text: str, offset: _Offset, periods: list[Period]) -> Period | None:
    best: tuple[int, Period] | None = None
    for period in periods:
        if period.start < offset.end and offset.start < period.end:
            # Between direction and amount: 太慢了,一天五分钟.
            if offset.start <= period.start and period.end <= offset.end:
                return period
            continue
        if period.end <= offset.start:
            gap = text[period.end : offset.start]
            if len(gap) > 16 or STOP.search(gap):
                continue
        else:
            gap = text[offset.end : period.start]
            if len(gap) > 6 or not _AFTER_FILL.fullmatch(gap):
                continue
            if "," in gap and best is not None:
                continue
        if best is None or len(gap) < best[0]:
            best = (len(gap), period)
    return None if best is None else best[1]


def _per_day(offset: _Offset, period: Period) -> tuple[float, float, float] | None:
    days, seconds = period.days, offset.amount.seconds
    if days.low <= 0:
        return None
    value = offset.sign * seconds.value / days.value
    bounds = sorted((offset.sign * seconds.low / days.high, offset.sign * seconds.high / days.low))
    # A watch that gains a day per day is a slip of the pen.
    if abs(value) > 86400:
        return None
    return round(value, 2), round(bounds[0], 2), round(bounds[1], 2)


def _scan(text: str) -> tuple[list[_Offset], list[Period]]:
    periods = find_periods(text)
    directions = find_directions(text)
    signed = signed_amounts(text)
    rest = blank(text, [(a.start, a.end) for a in signed])
    plain = split_short_periods(rest, unsigned_amounts(rest), signed, directions, periods)
    taken = [(p.start, p.end) for p in periods if p.short is False]
    plain = [a for a in plain if not any(s < a.end and a.start < e for s, e in taken)]
    plain += _bare_amounts(rest, plain + signed, directions, periods)
    amounts = sorted(signed + plain, key=lambda amount: amount.start)
    offsets = _pair(text, amounts, directions)
    offsets += _carried(text, plain, offsets, directions, periods)
    return sorted(offsets, key=lambda offset: offset.start), periods


_NEARLY = re.compile(rf"快{NUMBER}")
_HINT = re.compile(rf"{DIRECTION.pattern}|[+\-]\s?\d|[正负加减]", re.IGNORECASE)


def find_rates(text: str) -> list[Rate]:
    """Find every rate in normalised text whose codes are already blanked out.

    Returns:
        Rates in s/day, fast positive, rounded to 0.01, in the order of the text. A gain or loss
        without a period gives none (see ``parse_offset``), except a lone signed number ("+15"),
        which among watch people always means a day.
    """
    alone = lone_rate(text)
    if alone is not None:
        low, high = (None, None) if alone.exact else (alone.low, alone.high)
        return [Rate(alone.value, low, high, 0, len(text), (0, len(text)))]
    if not _HINT.search(text):
        return []
    text = hide_clock_times(text)
    offsets, periods = _scan(text)
    told = [period for period in periods if not period.assumed]
    assumed = [period for period in periods if period.assumed]
    rates: list[Rate] = []
    inherited: Period | None = None
    last_end = 0
    for offset in offsets:
        if inherited is not None and STOP.search(text, last_end, offset.start):
            inherited = None
        period = _period_for(text, offset, told) or _period_for(text, offset, assumed)
        own = period is not None and not (period.end <= last_end <= offset.start)
        # 快一分钟了 behind an amount: nearly a minute.
        if (
            rates
            and not own
            and _NEARLY.match(text, offset.start)
            and text[offset.end :][:1] == "了"
        ):
            continue
        if period is None and inherited is not None and offset.start - last_end <= 12:
            period = inherited
        if period is None:
            continue
        inherited, last_end = period, offset.end
        numbers = _per_day(offset, period)
        if numbers is None:
            continue
        value, low, high = numbers
        exact = low == high
        pieces = [(offset.start, offset.end)]
        if own:
            pieces.append((period.start, period.end))
        rates.append(
            Rate(
                value,
                None if exact else low,
                None if exact else high,
                min(start for start, _ in pieces),
                max(end for _, end in pieces),
                (offset.start, offset.end),
            )
        )
    return rates


def parse_offset(text: str) -> float | None:
    """Read a gain or loss without asking over which period it was seen.

    Args:
        text: Normalised words such as "快了30秒", "慢一分半", "+8".

    Returns:
        Seconds, fast positive (the middle of a range), or None.
    """
    text, _ = to_characters(text)
    alone = lone_rate(text)
    if alone is not None:
        return alone.value
    text = hide_clock_times(text)
    offsets, _ = _scan(text)
    if not offsets:
        return None
    first = offsets[0]
    return round(first.sign * first.amount.seconds.value, 2)


__all__ = ["Rate", "exactly", "find_rates", "hide_clock_times", "parse_offset"]
