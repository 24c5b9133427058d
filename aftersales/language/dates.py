"""Dates in the past as people say them, reckoned from the day the message came.

A date is a span: 去年双十一 is one day, 上个月 one month, 2019年 one year. Nothing here decides
what the date is the date of; ``purchases`` does.
"""

import re
from datetime import date, timedelta

from .days import DateSpan, FoundDate, day_span, length_back, month_span, shift_months
from .english_dates import find_english
from .eras import YEAR, era_year, plain_year
from .festivals import FESTIVAL, festival_date, is_weak, last_festival
from .joined_dates import with_festival, with_month
from .lunar import find_lunar
from .numerals import SINGLE, parse_quantity
from .pinyin import to_characters
from .spans import blank

_RELATIVE_YEAR = "大前年|前年|去年|旧年(?!款)|(?<!早)上年(?![纪度])|上一年|今年|本年|当年|明年"
_YEAR_SHIFT = {"大前年": -3, "前年": -2, "明年": 1} | dict.fromkeys(
    ("去年", "旧年", "上年", "上一年"), -1
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)"
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
    r"|(?<![\d.])(?P<g_year>(?:19|20)\d\d)\s(?P<g_month>\d{1,2})\s(?P<g_day>\d{1,2})(?![\d.])"
    r"|(?<![\dA-Za-z.\-])(?P<s_year>[0-2]\d)[-./](?P<s_month>\d{1,2})[-./](?P<s_day>\d{1,2})"
    r"(?![\d./\-])"
    # 民国112/8/20, 112/8/20
    r"|(?:民国\s?|(?<![\d./\-]))(?P<m_year>1[0-2]\d|(?<=国)\d\d)/(?P<m_month>\d{1,2})/(?P<m_day>\d{1,2})(?!\d)"
    # 2021年3月5号, 去年三月份, 今年春节, 2019年
    rf"|(?:{YEAR}\s?年(?!前|内|多|半|保|了|零|的?时间|左右|以|之|质|又)"
    rf"|(?P<relative>{_RELATIVE_YEAR}))(?:的|\s|那会儿|这个)*"
    rf"(?:(?P<festival>{FESTIVAL})"
    rf"|(?P<month>{_MONTH})(?:\s?月份?|\s?[./]\s?(?=\d))(?:的|\s)*(?:(?P<mday>{_DAY})(?:\s?号"
    rf"|\s?日|(?!\d|[年月个点块多天]))"
    rf"|(?P<third>月?初|月?底|月?末|上旬|中旬|下旬|初|底))?"
    r"|(?P<same_day>今天|今日)|(?P<same_month>这时候|(?<=这个)时候|这会儿?|同期)"
    rf"|(?P<part>{_PART}|初|底|末))?(?!\s?\d+\s?月)"
    # 上个月15号
    r"|(?P<rmonth>大?上上?个?月|这个?月|本月|当月)(?:的|\s)*"
    rf"(?:(?P<rday>{_DAY})[号日]|(?P<rthird>初|底|末|上旬|中旬|下旬))?"
    # 上周六, 上星期
    rf"|(?P<rweek>上上个?|大上个?|上个?|这个?|本)(?:周|星期|礼拜)(?P<weekday>[{_WEEKDAY}])?(?!年)"
    # 三个月前, 一年零两个月前
    rf"|(?P<ago>(?:(?P<a_half>半)|(?P<a_year>{SINGLE}))年(?P<a_yhalf>半)?"
    rf"(?:零|又|,)?(?:(?P<a_ymonth>{SINGLE})个?月)?"
    rf"|(?<!零)(?P<a_mhalf>半)个月|(?P<a_month>{SINGLE})个(?P<a_mplus>半)?月"
    rf"|(?P<a_week>{SINGLE})(?:个?星期|个?礼拜|周)"
    rf"|(?P<a_day>{SINGLE})天)(?P<a_more>多)?(?:之前|以前|前)(?!年)"
    # 昨天, 前天
    r"|(?P<near>大前天|前天|昨天|昨日|昨晚|今天|今日|今早|今晚|刚刚|明天|后天)"
    # 3月5号, 三月份
    rf"|(?<![\d个.零一二三四五六七八九十])(?P<b_month>{_MONTH})月份?(?:的"
    rf"|\s)*(?:(?P<b_day>{_DAY})(?:号|日|(?!\d|[年月个点块多天])))?"
    # 2020国庆
    rf"|(?<![\d.\-])(?P<f_year>20\d\d)\s?(?P<f_festival>{FESTIVAL})"
    # 10.1买的
    r"|(?<![\d.])(?P<p_month>1[0-2]|0?[1-9])\.(?P<p_day>\d{1,2})(?=[号日]?(?:买|入手|购|下单))"
    # 双十一
    rf"|(?P<b_festival>{FESTIVAL})"
)
_SPECIAL_MONTH = {"元": 1}
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


def _number(words: str) -> int | None:
    if words in _SPECIAL_MONTH:
        return _SPECIAL_MONTH[words]
    quantity = parse_quantity(words)
    return None if quantity is None or not quantity.exact else int(quantity.value)


def _relative_year(words: str, today: date) -> int:
    return today.year + _YEAR_SHIFT.get(words, 0)


def _spoken_year(part: dict[str, str | None], today: date) -> int | None:
    if part["era"]:
        return era_year(part["era"], part["era_year"] or "")
    if part["republic"]:
        return era_year("民国", part["republic"])
    if part["year"]:
        return plain_year(part["year"], today.year)
    return _relative_year(part["relative"], today) if part["relative"] else None


def _third(year: int, month: int, words: str) -> DateSpan | None:
    whole = month_span(year, month, month)
    if whole is None:
        return None
    first, last = {"初": (1, 10), "上": (1, 10), "中": (11, 20)}.get(
        words.replace("月", "")[:1], (21, whole.latest.day)
    )
    return DateSpan(date(year, month, first), date(year, month, last), "rough")


def _of_year(part: dict[str, str | None], year: int, today: date) -> DateSpan | None:
    if part["festival"]:
        day = festival_date(part["festival"], year)
        return None if day is None else DateSpan(day, day, "day")
    if part["month"]:
        month = _number(part["month"])
        if month is None:
            return None
        if part["mday"]:
            return day_span(year, month, _number(part["mday"]) or 0)
        if part["third"]:
            return _third(year, month, part["third"])
        return month_span(year, month, month)
    if part["same_day"] or part["same_month"]:
        if not 1990 <= year <= today.year:
            return None
        day = shift_months(today, 12 * (today.year - year))
        if part["same_day"]:
            return DateSpan(day, day, "day")
        return month_span(year, day.month, day.month)
    if part["part"]:
        words = part["part"]
        if words.startswith("冬"):
            return DateSpan(date(year, 11, 1), date(year + 1, 2, 28), "rough")
        first, last = _PARTS.get(words) or _PARTS.get(words[0]) or _PARTS[words[-1]]
        return month_span(year, first, last, "rough")
    return month_span(year, 1, 12, "year")


def _near(words: str, today: date) -> DateSpan:
    back = {"大前天": 3, "前天": 2, "昨天": 1, "昨日": 1, "昨晚": 1, "明天": -1, "后天": -2}
    day = today - timedelta(days=back.get(words, 0))
    return DateSpan(day, day, "day")


def _week(part: dict[str, str | None], today: date) -> DateSpan:
    words = part["rweek"] or ""
    back = 2 if words.startswith(("上上", "大上")) else 1 if words.startswith("上") else 0
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
            return day_span(year, month, int(part["n_day"]))
        return month_span(year, month, month)
    if part["compact"]:
        digits = part["compact"]
        return day_span(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if part["s_year"]:
        return day_span(2000 + int(part["s_year"]), int(part["s_month"]), int(part["s_day"]))
    if part["g_year"]:
        return day_span(int(part["g_year"]), int(part["g_month"]), int(part["g_day"]))
    if part["m_year"]:
        republic = era_year("民国", part["m_year"])
        if republic is None:
            return None
        return day_span(republic, int(part["m_month"]), int(part["m_day"]))
    spoken = _spoken_year(part, today)
    if spoken is not None:
        return _of_year(part, spoken, today)
    if part["era"] or part["year"]:
        return None
    if part["rmonth"]:
        words = part["rmonth"]
        back = 2 if words.startswith(("上上", "大上")) else 1 if words.startswith("上") else 0
        base = shift_months(today.replace(day=1), back)
        if part["rday"]:
            return day_span(base.year, base.month, _number(part["rday"]) or 0)
        if part["rthird"]:
            return _third(base.year, base.month, part["rthird"])
        return month_span(base.year, base.month, base.month)
    if part["rweek"]:
        return _week(part, today)
    if part["ago"]:
        return length_back(part, today)
    if part["near"]:
        return _near(part["near"], today)
    if part["b_month"] or part["p_month"]:
        return _yearless(part["b_month"] or part["p_month"], part["b_day"] or part["p_day"], today)
    if part["f_year"]:
        feast = festival_date(part["f_festival"] or "", int(part["f_year"]))
        return None if feast is None else DateSpan(feast, feast, "day")
    day = last_festival(part["b_festival"] or "", today)
    return None if day is None else DateSpan(day, day, "day")


def _yearless(month_words: str | None, day_words: str | None, today: date) -> DateSpan | None:
    """3月5号 without a year is the latest one that is not in the future."""
    month = _number(month_words or "")
    if month is None:
        return None
    for year in range(today.year, today.year - 9, -1):
        if day_words:
            span = day_span(year, month, _number(day_words) or 0)
        else:
            span = month_span(year, month, month)
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
    found = [*find_lunar(text, today), *find_english(text, today)]
    text = blank(text, [(item.start, item.end) for item in found])
    last: FoundDate | None = None
    for match in DATE.finditer(text):
        words = match["b_festival"] or ""
        item = FoundDate(
            match.start(), match.end(), _resolve(match, today), bool(words) and is_weak(words)
        )
        joined = None if last is None else _joined(match, text, last)
        if joined is not None and last is not None:
            if joined.start == last.start:
                found.pop()
            item = joined
        found.append(item)
        last = item
    return sorted(found, key=lambda item: item.start)


def _in_that_year(match: re.Match[str], year: FoundDate) -> DateSpan | None:
    """The month told after the year: 去年买的,十月份."""
    if year.span is None or year.span.precision not in ("year", "rough"):
        return None
    month = _number(match["b_month"]) or 0
    if match["b_day"]:
        return day_span(year.span.earliest.year, month, _number(match["b_day"]) or 0)
    return month_span(year.span.earliest.year, month, month)


def _joined(match: re.Match[str], text: str, last: FoundDate) -> FoundDate | None:
    between = text[last.end : match.start()]
    if match["b_festival"]:
        return with_festival(last, between, match["b_festival"], match.end())
    if match["b_month"]:
        day = _number(match["b_day"]) if match["b_day"] else None
        month = _number(match["b_month"]) or 0
        return with_month(last, between, month, day, match.end())
    return None


def parse_date(text: str, today: date) -> DateSpan | None:
    """Read the first date in normalised text, whatever it is the date of.

    Lengths of time since a purchase ("买了两年", "刚买一个星期") count as dates. A year alone
    gives a span of a year. Future dates are returned as such; the caller objects.

    Returns:
        The span, or None when there is no date, it is vague (前几年) or does not exist (2月30号).
    """
    from .purchases import find_lengths

    text, _ = to_characters(text)
    found = find_dates(text, today) + find_lengths(text, today)
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        return item.span
    return None
