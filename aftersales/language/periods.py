"""The stretch of time over which a gain or loss was seen: 一天, 每小时, 两三天, 一个半月, /d."""

import re
from dataclasses import dataclass

from .numerals import NUMBER, Quantity, between, exactly, parse_quantity

# Days per unit. A month is 30 days and a year 365, as people reckon. A night is the half of a day,
# like 半天; the contract only fixes 半天.
MONTH, YEAR, WEEK, NIGHT = 30.0, 365.0, 7.0, 0.5
_WEEKDAY = r"(?![一二三四五六日天末年围边岁])"

# A machine that times watches shows seconds per day.
BENCH = (
    "[校测]表仪|校时仪|[打测]线仪|走时仪|测试仪|仪器|(?<![a-z])timegrapher(?![a-z])"
    r"|误差(?=(?:是|在|大概|大约|差不多|有|:|\s){0,2}[+\-]\s?\d)"
)
_NUMBERED = r"\d一二两三四五六七八九十几本上下当每满腊正整"

PERIOD = re.compile(
    rf"(?P<day>一天一夜|一昼夜|一天天|天天|平均每天|每一天|每天|每日|日均|日误差|日差"
    rf"|整天|一整日|单日|日日|成日|每一?昼夜|每[添填田]|(?<!有)[没美]天(?=[都要会快慢走偏大差得误能就正负多少])"
    rf"|日行?(?=[快慢走偏+\-]))"
    rf"|(?P<every_other>每?隔一[天日]|隔[天日])"
    rf"|(?P<per_hour>每(?:一个?|个)?(?:小时|钟头)|每一?个钟(?![头表]))"
    rf"|(?P<per_minute>每一?分钟?)"
    rf"|(?P<night>(?:每个?|整个?|整整一|过)(?:晚上?|夜|宿)|隔夜|overnight)"
    rf"|(?P<half>大?半)(?:(?P<half_day>天)|个?(?P<half_month>月)|(?P<half_year>年))"
    rf"|每个?(?P<per_week>星期|礼拜|周){_WEEKDAY}|(?P<per_month>每个?月|月差|月误差|月均|(?<![{_NUMBERED}个])月(?=[快慢]))"
    rf"|(?P<bench>{BENCH})"
    rf"|(?P<quarter>[一每]个?季度)"
    rf"|(?P<per_year>每年|年差)"
    rf"|(?P<slash>(?:/|(?<![a-z])(?:per|an?|every|each|in|over|after)\s)\s?(?P<slash_number>\d{{0,3}})\s?"
    rf"(?:(?P<s_day>天|日|days?|d)|(?P<s_hour>小时|hours?|hr|h)|(?P<s_week>周|星期|weeks?|wk|w)"
    rf"|(?P<s_month>个?月|months?))(?![a-z]))"
    rf"|(?P<english>every\s?day|daily|per\s?day|(?<![a-z])spd(?![a-z]))"
    rf"|(?P<number>{NUMBER})\s?(?P<more>个半|个多|多个|个)?(?P<whole>整)?"
    rf"(?:(?P<n_day>天(?:[一两二三四五六七八九十]夜)?|昼夜|日(?![子本历期常产差均]))|(?P<n_hour>小时|钟头|(?<=[个半])钟(?![头表])|h(?![a-z0-9]))"
    rf"|(?P<n_week>星期|礼拜|周){_WEEKDAY}|(?P<n_month>月)|(?P<n_year>年)"
    rf"|(?P<n_night>晚上?|夜|宿|通宵))(?P<tail>半(?!个?(?:[秒分钟]|小时))|多(?![走跑出\d零一二两三四五六七八九十半几]))?",
    re.IGNORECASE,
)
# What stands right before or after shows that the stretch is not the one the watch was timed over.
_NOT_BEFORE = re.compile(
    r"(?:第|星期|礼拜|周|[那有哪改某]|等了?|找了?|弄了?|搞了?|说了|看了|修了?|修|问了"
    r"|打了?|聊了?|吵了?"
    r"|买了?|买来|入手了?|用了|保修|质保|保|三包|过保|快递|物流|发货|能走|动力|动储|储能|储备|续航"
    r"|还有|凌晨|上午|下午|\d[.:])$"
)
_NOT_AFTER = re.compile(
    r"(?:之?前|以前|到晚|比一?天|两头|内?保修|质?保(?!持)|内?包|内?无理由|的?动力|动储|前后"
    r"|过保|到期|没人|没回|没消息|有余|回复|处理)"
)
_SETTING = re.compile("[对校调拨]|[昨周期拜].{0,4}到")
_PART = "早上|早晨|早|上午|中午|下午|傍晚|晚上|夜里|晚"
# 昨天对的时间今天就慢了三分钟: one day; 昨晚…今早, 晚上对好早上看: a night.
_SINCE_SETTING = re.compile(
    rf"(?P<from>(?:前一天|前天|昨天|昨日|昨儿|昨|今天|头天)(?:{_PART})?|早上|早晨|晚上|夜里|临?睡觉?前)"
    r"(?:[^。!?;]{0,6}?[对校调拨][^。!?;]{0,8}?|到)"
    rf"(?P<to>(?:第二天|次日|今天|今日|今儿|今)(?:{_PART})?|早上|早晨|晚上|下午|现在|起床|醒来?)"
    r"(?![^。!?;]{0,6}[对校调拨])"
)
# 周一对的,周五慢了两分钟: from one day of the week to another.
_DAYS = "一二三四五六日天"
_WEEK = "(?:周|星期|礼拜)"
_SINCE_WEEKDAY = re.compile(
    rf"(?P<last>上个?)?{_WEEK}(?P<from>[{_DAYS}])"
    rf"(?:[^。!?;]{{0,6}}?[对校调拨][^。!?;]{{0,8}}?|到)(?P<this>[这本]个?)?(?:下个?)?{_WEEK}(?P<to>[{_DAYS}])(?![^。!?;]{{0,6}}[对校调拨])"
)
_LATELY = re.compile(r"(?:这|最近|近|(?<![以之])前|头)$")
_LONG_WORN = re.compile(r"(?:戴|用|走|放)了?$")


@dataclass(frozen=True)
class Period:
    """A stretch in days and its place in the text.

    ``short`` ones could also be amounts; ``assumed`` ones count where no other is told.
    """

    days: Quantity
    start: int
    end: int
    short: bool
    assumed: bool = False


def _length(match: re.Match[str]) -> Quantity | None:
    part = match.groupdict()
    if part["day"] or part["english"] or part["bench"]:
        return exactly(1.0)
    if part["every_other"]:
        return exactly(2.0)
    if part["per_hour"]:
        return exactly(1 / 24)
    if part["per_minute"]:
        return exactly(1 / 1440)
    if part["night"]:
        return exactly(NIGHT)
    if part["half"]:
        if part["half"] == "大半":
            return None
        return exactly(0.5 if part["half_day"] else 15.0 if part["half_month"] else YEAR / 2)
    if part["per_week"]:
        return exactly(WEEK)
    if part["per_month"]:
        return exactly(MONTH)
    if part["quarter"]:
        return exactly(3 * MONTH)
    if part["per_year"]:
        return exactly(YEAR)
    if part["slash"]:
        times = float(part["slash_number"] or 1)
        unit = (
            1.0
            if part["s_day"]
            else 1 / 24
            if part["s_hour"]
            else WEEK
            if part["s_week"]
            else MONTH
        )
        return exactly(times * unit) if times else None
    return _counted(part)


def _counted(part: dict[str, str | None]) -> Quantity | None:
    span = part["number"] or ""
    number = parse_quantity(span)
    # 几天 is no number of days; 2021年 is a date.
    if number is None or number.low <= 0 or "几" in span:
        return None
    more = (part["more"] or "") + (part["tail"] or "")
    if part["n_month"] and not part["more"] and not part["whole"] and "俩" not in span:
        return None
    if part["n_year"] and number.high > 60:
        return None
    if "半" in more:
        number = Quantity(number.value + 0.5, number.low + 0.5, number.high + 0.5)
    elif "多" in more:
        number = between(number.low, number.high + 1)
    for name, unit in (
        ("n_day", 1.0),
        ("n_hour", 1 / 24),
        ("n_week", WEEK),
        ("n_month", MONTH),
        ("n_year", YEAR),
        ("n_night", NIGHT),
    ):
        if part[name]:
            return Quantity(number.value * unit, number.low * unit, number.high * unit)
    return None


def find_periods(text: str) -> list[Period]:
    """Find every stretch of time in normalised text over which a rate could be meant."""
    found = []
    for match in PERIOD.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        after = text[match.end() : match.end() + 4]
        part = match.groupdict()
        if _NOT_BEFORE.search(before) and not (part["day"] or part["slash"] or part["bench"]):
            # 买了一个月下来 is counted after all.
            if not after.startswith(("下来", "总共", "一共", "累计")):
                continue
        if _NOT_AFTER.match(after):
            continue
        # 这两天 means lately.
        if match.group() in ("一天", "两天", "俩天") and _LATELY.search(before):
            continue
        if (part["n_month"] or part["n_year"]) and _LONG_WORN.search(before):
            # 戴了两年了 tells the age of the watch.
            if before.endswith("了") and not after.startswith(("下来", "总共", "一共")):
                continue
        if match.group() == "一天" and after.startswith("天"):
            continue
        days = _length(match)
        if days is not None:
            short = bool(part["per_minute"] or part["n_hour"])
            assumed = part["bench"] is not None
            found.append(Period(days, match.start(), match.end(), short, assumed))
    if _SETTING.search(text):
        found += _since_setting(text)
    return found


def _evening(words: str) -> bool | None:
    """Whether words name the evening (True), the morning (False) or no such part of a day."""
    if re.search("晚|夜|睡", words):
        return True
    return False if re.search("早|上午|起床|醒", words) else None


def _since_setting(text: str) -> list[Period]:
    found = []
    for match in _SINCE_SETTING.finditer(text):
        first, last = match["from"], match["to"]
        evening, later = _evening(first), _evening(last)
        next_day = first[0] in "昨前头" or last[0] in "第次"
        if evening and later is False:
            days = NIGHT
        elif evening is False and later and not next_day:
            days = 1 - NIGHT
        elif evening is False and later and first[0] in "昨前头":
            days = 2 - NIGHT
        elif next_day and last != "现在":
            days = 1.0
        else:
            continue
        if first.startswith("前天") and last[0] == "今":
            days += 1
        found.append(Period(exactly(days), match.start(), match.end(), False))
    for match in _SINCE_WEEKDAY.finditer(text):
        first, last = (min(_DAYS.index(match[name]), 6) for name in ("from", "to"))
        passed = (last - first) % 7 or 7
        if match["last"] and match["this"]:
            passed = last - first + 7
        found.append(Period(exactly(float(passed)), match.start(), match.end(), False))
    return found
