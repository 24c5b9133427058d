"""Dates in the past as people say them, reckoned from the day the message came.

A date is a span: 去年双十一 is one day, 上个月 one month, 2019年 one year. Nothing here decides
what the date is the date of; ``purchases`` does.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from .festivals import FESTIVAL, festival_date, is_weak, last_festival
from .numerals import SINGLE, digits_of, parse_quantity

_CN_DIGIT = "零〇一二三四五六七八九"
_YEAR_NUMBER = rf"(?:(?:19|20)\d\d|[一二][{_CN_DIGIT}]{{3}}|\d\d|[{_CN_DIGIT}]{{2}})"
_RELATIVE_YEAR = "大前年|前年|去年|上一年|今年|本年|当年|明年"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元|腊|正)"
_DAY = (
    r"(?:[12]\d|3[01]|0?[1-9]|(?:[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?"
    r"|[一二三四五六七八九]))"
)
_PART = "年初|年头|年底|年末|年尾|年中|上半年|下半年|春天|夏天|秋天|冬天|春季|夏季|秋季|冬季"
_WEEKDAY = "一二三四五六日天"

DATE = re.compile(
    # 20210305, 2021-03-05, 2021.3, 2021/3/5
    r"(?<![\dA-Za-z.\-])(?P<n_year>(?:19|20)\d\d)(?P<n_sep>\s?[-./]\s?)(?P<n_month>\d{1,2})"
    r"(?:\s?[-./]\s?(?P<n_day>\d{1,2}))?(?:号|日)?(?![\d\-])(?!\.\d)"
    r"|(?<![\dA-Za-z\-])(?P<compact>(?:19|20)\d\d[01]\d[0-3]\d)(?![\dA-Za-z\-])"
    r"|(?<![\dA-Za-z.\-])(?P<s_year>[0-2]\d)[./](?P<s_month>\d{1,2})(?:[./](?P<s_day>\d{1,2}))"
    r"(?![\d./])"
    # 2021年3月5号, 去年三月份, 今年春节, 2019年
    rf"|(?:(?P<year>{_YEAR_NUMBER})\s?年(?!前|内|多|半|保|了|零|的?时间|左右|以|之|质|又)"
    rf"|(?P<relative>{_RELATIVE_YEAR}))(?:的|\s|那会儿|这个)*"
    rf"(?:(?P<festival>{FESTIVAL})"
    rf"|(?P<month>{_MONTH})(?:月份?|\s?[./]\s?(?=\d))(?:的|\s)*(?:(?P<mday>{_DAY})(?:号"
    rf"|日|(?!\d|[年月个点块多天]))"
    rf"|(?P<third>月?初|月?底|月?末|上旬|中旬|下旬|初|底))?"
    rf"|(?P<part>{_PART}|初|底|末))?(?!\s?\d+\s?月)"
    # 上个月15号
    r"|(?P<rmonth>上上个?月|上个?月|这个?月|本月|当月)(?:的|\s)*"
    rf"(?:(?P<rday>{_DAY})[号日]|(?P<rthird>初|底|末|上旬|中旬|下旬))?"
    # 上周六, 上星期
    rf"|(?P<rweek>上上个?|上个?|这个?|本)(?:周|星期|礼拜)(?P<weekday>[{_WEEKDAY}])?(?!年)"
    # 三个月前, 一年零两个月前
    rf"|(?P<ago>(?:(?P<a_half>半)|(?P<a_year>{SINGLE}))年(?P<a_yhalf>半)?"
    rf"(?:零|又|,)?(?:(?P<a_ymonth>{SINGLE})个?月)?"
    rf"|(?P<a_mhalf>半)个月|(?P<a_month>{SINGLE})个(?P<a_mplus>半)?月"
    rf"|(?P<a_week>{SINGLE})(?:个?星期|个?礼拜|周)"
    rf"|(?P<a_day>{SINGLE})天)(?P<a_more>多)?(?:之前|以前|前)(?!年)"
    # 昨天, 前天
    r"|(?P<near>大前天|前天|昨天|昨日|昨晚|今天|今日|今早|今晚|刚刚|明天|后天)"
    # 3月5号, 三月份
    rf"|(?<![\d个.零一二三四五六七八九十])(?P<b_month>{_MONTH})月份?(?:的"
    rf"|\s)*(?:(?P<b_day>{_DAY})(?:号|日|(?!\d|[年月个点块多天])))?"
    # 双十一
    rf"|(?P<b_festival>{FESTIVAL})"
)
_SPECIAL_MONTH = {"元": 1, "正": 1, "腊": 12}
_PARTS = {
    "初": (1, 2),
    "头": (1, 2),
    "底": (11, 12),
    "末": (11, 12),
    "尾": (11, 12),
    "中": (5, 7),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "春": (3, 5),
    "夏": (6, 8),
    "秋": (9, 11),
}
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


def _day(year: int, month: int, day: int) -> DateSpan | None:
    if not (_OLDEST <= year <= 2100):
        return None
    try:
        exact = date(year, month, day)
    except ValueError:
        return None
    return DateSpan(exact, exact, "day")


def _months(year: int, first: int, last: int, precision: str = "month") -> DateSpan | None:
    if not (_OLDEST <= year <= 2100) or not 1 <= first <= last <= 12:
        return None
    return DateSpan(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision)


def _year(words: str, today: date) -> int | None:
    digits = digits_of(words)
    if not digits.isascii() or not digits.isdigit():
        return None
    number = int(digits)
    if len(digits) == 4:
        return number
    # 21年 is 2021, 98年 is 1998: a two-digit year is never later than next year.
    return 2000 + number if 2000 + number <= today.year + 1 else 1900 + number


def _number(words: str) -> int | None:
    if words in _SPECIAL_MONTH:
        return _SPECIAL_MONTH[words]
    quantity = parse_quantity(words)
    return None if quantity is None or not quantity.exact else int(quantity.value)


def shift_months(day: date, months: int) -> date:
    """Return the same day of the month ``months`` earlier, or the month's last day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _relative_year(words: str, today: date) -> int:
    shift = {"大前年": -3, "前年": -2, "去年": -1, "上一年": -1, "明年": 1}.get(words, 0)
    return today.year + shift


def _third(year: int, month: int, words: str) -> DateSpan | None:
    whole = _months(year, month, month)
    if whole is None:
        return None
    first, last = {"初": (1, 10), "上": (1, 10), "中": (11, 20)}.get(
        words.replace("月", "")[:1], (21, whole.latest.day)
    )
    return DateSpan(date(year, month, first), date(year, month, last), "rough")


def _of_year(part: dict[str, str | None], year: int) -> DateSpan | None:
    if part["festival"]:
        day = festival_date(part["festival"], year)
        return None if day is None else DateSpan(day, day, "day")
    if part["month"]:
        month = _number(part["month"])
        if month is None:
            return None
        if part["mday"]:
            return _day(year, month, _number(part["mday"]) or 0)
        if part["third"]:
            return _third(year, month, part["third"])
        return _months(year, month, month)
    if part["part"]:
        words = part["part"]
        if words.startswith("冬"):
            return DateSpan(date(year, 11, 1), date(year + 1, 2, 28), "rough")
        first, last = _PARTS.get(words) or _PARTS.get(words[0]) or _PARTS[words[-1]]
        return _months(year, first, last, "rough")
    return _months(year, 1, 12, "year")


def _near(words: str, today: date) -> DateSpan:
    back = {"大前天": 3, "前天": 2, "昨天": 1, "昨日": 1, "昨晚": 1, "明天": -1, "后天": -2}
    day = today - timedelta(days=back.get(words, 0))
    return DateSpan(day, day, "day")


def months_back(today: date, months: float, more: bool = False) -> DateSpan:
    """Return the month that lies ``months`` before today; with ``more`` up to one unit further."""
    day = shift_months(today, int(months))
    span = _months(day.year, day.month, day.month)
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


def _week(part: dict[str, str | None], today: date) -> DateSpan:
    words = part["rweek"] or ""
    back = 2 if words.startswith("上上") else 1 if words.startswith("上") else 0
    monday = today - timedelta(days=today.weekday() + 7 * back)
    if part["weekday"]:
        day = monday + timedelta(days=min(_WEEKDAY.index(part["weekday"]), 6))
        return DateSpan(day, day, "day")
    return DateSpan(monday, monday + timedelta(days=6), "week")


def _resolve(match: re.Match[str], today: date) -> DateSpan | None:
    part = match.groupdict()
    if part["n_year"]:
        year, month = int(part["n_year"]), int(part["n_month"])
        if part["n_day"]:
            return _day(year, month, int(part["n_day"]))
        return _months(year, month, month)
    if part["compact"]:
        digits = part["compact"]
        return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if part["s_year"]:
        return _day(2000 + int(part["s_year"]), int(part["s_month"]), int(part["s_day"]))
    if part["year"]:
        spoken = _year(part["year"], today)
        return None if spoken is None else _of_year(part, spoken)
    if part["relative"]:
        return _of_year(part, _relative_year(part["relative"], today))
    if part["rmonth"]:
        words = part["rmonth"]
        back = 2 if words.startswith("上上") else 1 if words.startswith("上") else 0
        base = shift_months(today.replace(day=1), back)
        if part["rday"]:
            return _day(base.year, base.month, _number(part["rday"]) or 0)
        if part["rthird"]:
            return _third(base.year, base.month, part["rthird"])
        return _months(base.year, base.month, base.month)
    if part["rweek"]:
        return _week(part, today)
    if part["ago"]:
        return length_back(part, today)
    if part["near"]:
        return _near(part["near"], today)
    if part["b_month"]:
        return _yearless(part, today)
    day = last_festival(part["b_festival"] or "", today)
    return None if day is None else DateSpan(day, day, "day")


def _yearless(part: dict[str, str | None], today: date) -> DateSpan | None:
    """3月5号 without a year is the latest one that is not in the future."""
    month = _number(part["b_month"] or "")
    if month is None:
        return None
    for year in range(today.year, today.year - 9, -1):
        if part["b_day"]:
            span = _day(year, month, _number(part["b_day"]) or 0)
        else:
            span = _months(year, month, month)
        # 2月29号 has to wait for a leap year.
        if span is not None and span.earliest <= today:
            return span
    return None


def find_dates(text: str, today: date) -> list[FoundDate]:
    """Find every date phrase in normalised text, left to right, without overlaps.

    Args:
        text: Normalised text whose codes and phone numbers are blanked out.
        today: The day the message came, in the customer's time zone.
    """
    found = []
    for match in DATE.finditer(text):
        words = match["b_festival"] or ""
        weak = bool(words) and is_weak(words)
        found.append(FoundDate(match.start(), match.end(), _resolve(match, today), weak))
    return found


def parse_date(text: str, today: date) -> DateSpan | None:
    """Read the first date in normalised text, whatever it is the date of.

    Lengths of time since a purchase ("买了两年", "刚买一个星期") count as dates. A year alone
    gives a span of a year. Future dates are returned as such; the caller objects.

    Returns:
        The span, or None when there is no date, it is vague (前几年) or does not exist (2月30号).
    """
    from .purchases import find_lengths

    found = find_dates(text, today) + find_lengths(text, today)
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        return item.span
    return None
