"""The rate grammar: a period, a direction and an amount, in any order, become seconds per day.

一天快半分钟 → +30, 慢五分钟一周 → -42.86, +15秒每天, 日差-8. Calibre codes must have been blanked
out before (``7S26`` holds no seven seconds); times of day are blanked out here.
"""

import re
from dataclasses import dataclass

from .durations import AMOUNT, amount_seconds
from .numerals import NUMBER, SINGLE, Quantity, about, between, exactly, parse_quantity
from .periods import Period, find_periods
from .spans import Span, blank

_NUM = "0-9零〇一二两俩三四五六七八九十百千半几"
_FAST = (
    r"走快|偏快|(?<![不尽赶凉勤愉痛飞爽欢外调拨往])快"
    r"(?!递|点(?!\d)|速|来|要|没|过|件|乐|餐|门|充|捷|慢|修|进|用|给|说|到(?!\d))"
    r"|提前|超前|提早|往前(?:赶|跑|走|窜)|赶前|领先|多走|快走|多跑"
    rf"|(?<![不大很最顶至好太许这那么个分秒天{_NUM}])多[了出]?(?:来|去)?(?=[{_NUM}])"
    rf"|早[了]?(?=[{_NUM}])"
    r"|(?<![a-z])(?:fast|gain(?:s|ed|ing)?)(?![a-z])"
)
_SLOW = (
    r"走慢|偏慢|(?<![不快慢调拨])慢(?!慢|点(?!\d)|性|充|用|递|悠)"
    r"|落后|延后|延迟|滞后|推迟|拖后|往后(?:拖|掉|退)|少走|少跑"
    rf"|(?<![不多很至最减])少[了]?(?=[{_NUM}])"
    rf"|(?<![一每昨今当夜早两三几傍个整])晚[了]?(?=[{_NUM}])"
    r"|(?<![a-z])(?:slow|los(?:es?|t|ing))(?![a-z])"
)
_DIRECTION = re.compile(rf"(?P<fast>{_FAST})|(?P<slow>{_SLOW})", re.IGNORECASE)
# 回复太慢 is about people, not about the watch.
_NOT_THE_WATCH = re.compile(
    r"(?:回复|回得|处理|物流|快递|客服|进度|维修|修得|服务|发货|网速|接电话|效率|态度|办事|送货)"
)
_CLOCK = re.compile(
    r"(?<![\d.])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])"
    r"|(?:凌晨|早上?|上午|中午|下午|傍晚|晚上?)?(?:\d{1,2}|[零一二两三四五六七八九十]{1,3})"
    r"点(?![一二三四五六七八九\d零]{1,3}(?:秒|分钟|个?小时))"
    r"(?:钟|整|半|一刻|三刻|多|(?:\d{1,2}|[零一二三四五六七八九十]{1,3})分?(?!钟))?"
)
_SIGNED = re.compile(
    rf"(?<![0-9A-Za-z.+\-±/~年月])(?P<sign>[+-])\s?(?P<number>\d{{1,5}}(?:\.\d{{1,3}})?)"
    rf"(?:\s?(?:~|到|至)\s?\+?(?P<upper>\d{{1,5}}(?:\.\d{{1,3}})?))?"
    rf"(?![\d.:])(?:\s?(?P<unit>秒钟?|seconds?|secs?|s|分钟?|mins?)(?![a-z]))?"
    rf"|(?P<word>正|(?<!正)负)\s?(?P<spoken>{SINGLE})\s?(?P<unit2>秒钟?|分钟?|s)",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?:[了个上出有约到]|大概|差不多|大约)*\s?(?P<number>{NUMBER})"
    r"(?=$|[\s,。.!?;、)]|左右|上下|吧|呢|的样子|/)"
)
_STOP = re.compile(r"[。!?;\n]")
_JOIN = re.compile(r"\s?(?:到|至|~|-|——?|或者?|、|,)?\s?")
_TAIL_FILL = re.compile(
    r"(?:左右|上下|以上|多|的|地|样子|这样|偏|走|是|都|在|往|总|总是|一直|就是|要|会|,| "
    r"|吧|呢|时间|误差)*"
)
_AFTER_FILL = re.compile(
    r"(?:左右|上下|多|吧|的|样子|钟|每|/|\(|,|，|\s|的速度|在|平均|大概|差不多)*"
)
_NOT_AN_AMOUNT = re.compile(
    r"(?:之?前|以前|之?后|以后|以?内|一次|一跳|一动|一走|一格|预约|通知|才有|没人|就好"
    r"|自动|的?通话|的?课|会员)"
)
_APPROX_AFTER = re.compile(r"\s?(?:左右|上下|的样子|这样子?)")
_APPROX_BEFORE = re.compile(r"(?:大概|大约|差不多|约|估计)[有是]?$")
_NEARLY = re.compile(r"(?:将近|接近|不到|近|快要?|最多|顶多|至多)[有]?$")
_AT_LEAST = re.compile(r"(?:超过|至少|起码|不止|足足)[有]?$")


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
class _Amount:
    seconds: Quantity
    start: int
    end: int
    sign: int = 0


@dataclass(frozen=True)
class _Direction:
    sign: int
    start: int
    end: int


@dataclass(frozen=True)
class _Offset:
    sign: int
    amount: _Amount
    start: int
    end: int


def hide_clock_times(text: str) -> str:
    """Blank out times of day (10:05, 晚上9点20), which are no lengths of time."""
    return blank(text, [match.span() for match in _CLOCK.finditer(text)])


def _directions(text: str) -> list[_Direction]:
    found = []
    for match in _DIRECTION.finditer(text):
        if _NOT_THE_WATCH.search(text, max(0, match.start() - 5), match.start()):
            continue
        found.append(_Direction(1 if match["fast"] else -1, match.start(), match.end()))
    return found


def _signed(text: str) -> list[_Amount]:
    found = []
    for match in _SIGNED.finditer(text):
        unit = match["unit"] or match["unit2"] or "s"
        factor = 60.0 if unit[0] in "分mM" else 1.0
        sign = 1 if (match["sign"] or match["word"]) in ("+", "正") else -1
        number = parse_quantity(match["number"] or match["spoken"])
        if number is None:
            continue
        if match["upper"]:
            upper = parse_quantity(match["upper"])
            # -5~+10 is a tolerance, not a reading.
            if upper is None or sign < 0 and "+" in match.group():
                continue
            number = between(number.low, upper.high)
        scaled = Quantity(number.value * factor, number.low * factor, number.high * factor)
        found.append(_Amount(scaled, match.start(), match.end(), sign))
    return found


def _unsigned(text: str) -> list[_Amount]:
    found: list[_Amount] = []
    for match in AMOUNT.finditer(text):
        before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() :][:4]
        if _NOT_AN_AMOUNT.match(after) or before.endswith(("第", "每", "±", "防水", "/")):
            continue
        seconds = amount_seconds(match)
        # 一天快几秒 mostly asks how many; 好几秒 tells.
        if (
            match.group()[0] == "几"
            and match.group()[1:2] in ("秒", "分", "个", "小")
            and not (before.endswith("好"))
        ):
            continue
        if seconds is None or seconds.high <= 0:
            continue
        if _NEARLY.search(before):
            # 快五分钟 may be "fast by five minutes": the value stays, only a clear word bounds it.
            if not before.endswith("快"):
                seconds = Quantity(seconds.value, round(seconds.low * 0.9, 6), seconds.high)
        elif _AT_LEAST.search(before) and seconds.exact:
            seconds = Quantity(seconds.value, seconds.low, round(seconds.high * 1.1, 6))
        elif seconds.exact and (_APPROX_AFTER.match(after) or _APPROX_BEFORE.search(before)):
            seconds = about(seconds.value)
        amount = _Amount(seconds, match.start(), match.end())
        previous = found[-1] if found else None
        if (
            previous is not None
            and amount.start - previous.end <= 3
            and _JOIN.fullmatch(text, previous.end, amount.start)
            and previous.seconds.high < seconds.low <= previous.seconds.high * 6
        ):
            found[-1] = _Amount(
                between(previous.seconds.low, seconds.high), previous.start, amount.end
            )
        else:
            found.append(amount)
    return found


def _split_short_periods(
    text: str, amounts: list[_Amount], directions: list[_Direction], periods: list[Period]
) -> list[_Amount]:
    """Keep the amounts that are no periods: 一小时慢一分钟 has one of each.

    Appends to ``periods`` what turns out to be one; drops an hour or minute that is an amount.
    """
    kept = []
    spans = {(period.start, period.end) for period in periods}
    for index, amount in enumerate(amounts):
        done = amounts[index - 1].end if index else 0
        led = any(0 <= amount.start - d.end <= 3 and d.start >= done for d in directions)
        follower = next((d for d in directions if 0 <= d.start - amount.end <= 6), None)
        later = amounts[index + 1] if index + 1 < len(amounts) else None
        has_amount = (
            follower is not None
            and later is not None
            and 0 <= later.start - follower.end <= 6
            and not _STOP.search(text, amount.end, later.start)
        )
        glued = (
            index > 0
            and 0 <= amount.start - amounts[index - 1].end <= 2
            and amount.seconds.low >= 60 * 60
        )
        if (has_amount and not led) or (glued and not led):
            if not any(start < amount.end and amount.start < end for start, end in spans):
                days = amount.seconds
                periods.append(
                    Period(
                        Quantity(days.value / 86400, days.low / 86400, days.high / 86400),
                        amount.start,
                        amount.end,
                        True,
                    )
                )
            continue
        kept.append(amount)
    taken = [(amount.start, amount.end) for amount in kept]
    periods[:] = sorted(
        (
            period
            for period in periods
            if not (period.short and any(s < period.end and period.start < e for s, e in taken))
        ),
        key=lambda period: period.start,
    )
    return kept


def _pair(text: str, amounts: list[_Amount], directions: list[_Direction]) -> list[_Offset]:
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
            if len(gap) <= 12 and not _STOP.search(gap) and not between_them:
                offsets.append(_Offset(nearest.sign, amount, nearest.start, amount.end))
                continue
        if after:
            nearest = after[0]
            gap = text[amount.end : nearest.start]
            if len(gap) <= 12:
                for period in find_periods(gap):
                    gap = gap[: period.start] + gap[period.end :]
                    break
                if _TAIL_FILL.fullmatch(gap):
                    offsets.append(_Offset(nearest.sign, amount, amount.start, nearest.end))
    return offsets


def _bare_amounts(
    text: str, amounts: list[_Amount], directions: list[_Direction], periods: list[Period]
) -> list[_Amount]:
    """Read 每天快三十: a number without a unit, right after a direction that follows a period."""
    found = []
    for direction in directions:
        match = _BARE.match(text, direction.end)
        if not match or any(a.start < match.end() and match.start() < a.end for a in amounts):
            continue
        close = any(0 <= direction.start - p.end <= 6 for p in periods)
        number = parse_quantity(match["number"])
        if close and number is not None and number.high > 0:
            found.append(_Amount(number, match.start("number"), match.end("number")))
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
            if len(gap) > 16 or _STOP.search(gap):
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
    directions = _directions(text)
    signed = _signed(text)
    rest = blank(text, [(a.start, a.end) for a in signed])
    plain = _split_short_periods(rest, _unsigned(rest), directions, periods)
    taken = [(p.start, p.end) for p in periods if p.short is False]
    plain = [a for a in plain if not any(s < a.end and a.start < e for s, e in taken)]
    plain += _bare_amounts(rest, plain + signed, directions, periods)
    amounts = sorted(signed + plain, key=lambda amount: amount.start)
    return _pair(text, amounts, directions), periods


_HINT = re.compile(rf"{_DIRECTION.pattern}|[+\-]\s?\d|[正负]", re.IGNORECASE)
_ALONE = re.compile(
    r"(?P<sign>[+-])\s?(?P<number>\d{1,4}(?:\.\d{1,2})?)\s?(?:秒|s)?", re.IGNORECASE
)


def find_rates(text: str) -> list[Rate]:
    """Find every rate in normalised text whose codes are already blanked out.

    Returns:
        Rates in s/day, fast positive, rounded to 0.01, in the order of the text. A gain or loss
        without a period gives none (see ``parse_offset``), except a lone signed number ("+15"),
        which among watch people always means a day.
    """
    alone = _ALONE.fullmatch(text)
    if alone:
        value = float(alone["sign"] + alone["number"])
        return [Rate(value, None, None, 0, len(text), (0, len(text)))]
    if not _HINT.search(text):
        return []
    text = hide_clock_times(text)
    offsets, periods = _scan(text)
    rates = []
    inherited: Period | None = None
    last_end = 0
    for offset in offsets:
        if inherited is not None and _STOP.search(text, last_end, offset.start):
            inherited = None
        period = _period_for(text, offset, periods)
        own = period is not None and not (period.end <= last_end <= offset.start)
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
    alone = _ALONE.fullmatch(text)
    if alone:
        return float(alone["sign"] + alone["number"])
    text = hide_clock_times(text)
    offsets, _ = _scan(text)
    if not offsets:
        return None
    first = offsets[0]
    return round(first.sign * first.amount.seconds.value, 2)


__all__ = ["Rate", "exactly", "find_rates", "hide_clock_times", "parse_offset"]
