"""Amounts of gain and loss in seconds: with a sign (+15, 负八秒, 日差加25) or without (一两分钟).

Words around an amount bound it: 将近, 不到, 最多, 至少, 左右. The value is what was said.
"""

import re
from dataclasses import dataclass

from .durations import AMOUNT, amount_seconds
from .numerals import SINGLE, Quantity, about, between, parse_quantity

_SIGNED = re.compile(
    rf"(?<![0-9A-Za-z.+\-±/~年月])(?P<sign>[+-])\s?(?P<number>\d{{1,5}}(?:\.\d{{1,3}})?)"
    rf"(?:\s?(?:~|到|至)\s?(?P<usign>[+-])?(?P<upper>\d{{1,5}}(?:\.\d{{1,3}})?))?"
    rf"(?![\d.:])(?:\s?(?P<unit>秒钟?|seconds?|secs?|s|分钟?|mins?)(?![a-z]))?"
    rf"|(?P<word>正|(?<!正)负|加|减)[的个]?\s?(?P<spoken>{SINGLE})"
    r"\s?(?:(?P<unit2>[秒苗妙]钟?|分钟?|s(?![a-z]))"
    r"|(?=$|[\s,。.!?;、)/]|左右|上下|吧|呢|啊|的样子|多|正常|算|行|准|可以|能))",
    re.IGNORECASE,
)
# 加 and 减 count, and 正六 without a unit, right behind what they measure.
_MEASURED = re.compile(
    r"(?:^|(?:[日月]差|误差|走时|精度|[天日周月]|星期|礼拜|小时|day|表仪|线仪|走时仪|timegrapher))"
    r"(?:的|走时|误差|平均|大概|大约|差不多|估计|可能|应该|都|也|就|又|是|在|为|有|上面?|显示|读数|测得?|打|跑|出来"
    r"|约|一般|基本|:|,|\s)*$"
)
_JOIN = re.compile(r"\s?(?:到|至|~|-|——?|或者?|、|,)?\s?")
_NOT_AN_AMOUNT = re.compile(
    r"(?:之?前|以前|之?后|以后|以?内|一次|一跳|一动|一走|一格|预约|通知|才有|没人|就好"
    r"|自动|的?通话|的?课|会员)"
)
_AFTER = re.compile(
    r"\s?(?:(?P<about>左右|上下|的样子|这样子?|来钟|or so)|(?P<least>以上|开外|往上|还多))"
)
_BEFORE = re.compile(
    r"(?:(?P<most>最多|顶多|至多|撑死|不超过|up to |at most )"
    r"|(?P<least>(?<!不)超过|至少|起码|不止|足足|最少|over |at least )"
    r"|(?P<near>将近|接近|不到|(?<![最附远])近|快要|nearly |almost )"
    r"|(?P<about>大概|大约|差不多|约|估计|about |around ))"
    r"(?:也|就|才|能|会|要|得|有|是|走|偏|快|慢|了|个|出|上|来|误差|差|的|by | )*$",
    re.IGNORECASE,
)
_LOOK_BACK = 14
#: How far "at least" may reach, and how near "nearly" is, as parts of what was said.
_BEYOND, _NEAR = 1.5, 0.9


@dataclass(frozen=True)
class Amount:
    """Seconds without direction; ``sign`` is 0 unless the amount brings its own."""

    seconds: Quantity
    start: int
    end: int
    sign: int = 0


def _bounded(text: str, start: int, end: int, seconds: Quantity) -> Quantity:
    """Widen an amount by the words that stand around it."""
    before = _BEFORE.search(text[max(0, start - _LOOK_BACK) : start])
    after = _AFTER.match(text, end)
    value, low, high = seconds.value, seconds.low, seconds.high
    if before and before["most"]:
        return Quantity(value, 0.0, high)
    if before and before["near"]:
        return Quantity(value, round(low * _NEAR, 6), high)
    if not seconds.exact:
        return seconds
    if (before and before["least"]) or (after and after["least"]):
        return Quantity(value, low, round(high * _BEYOND, 6))
    return about(value) if before or after else seconds


def signed_amounts(text: str) -> list[Amount]:
    """Find amounts with a sign: +15, -8秒, 日差正六, 每天负十, 日差加25."""
    found = []
    for match in _SIGNED.finditer(text):
        word = match["word"]
        if word and (word in "加减" or not match["unit2"]):
            if not _MEASURED.search(text[max(0, match.start() - _LOOK_BACK) : match.start()]):
                continue
        unit = match["unit"] or match["unit2"] or "s"
        factor = 60.0 if unit[0] in "分mM" else 1.0
        sign = 1 if (match["sign"] or word) in ("+", "正", "加") else -1
        number = parse_quantity(match["number"] or match["spoken"])
        if number is None:
            continue
        if match["upper"]:
            upper = parse_quantity(match["upper"])
            # -5~+10 is a tolerance, not a reading.
            if upper is None or (match["usign"] or match["sign"]) != match["sign"]:
                continue
            number = between(number.low, upper.high)
        scaled = Quantity(number.value * factor, number.low * factor, number.high * factor)
        scaled = _bounded(text, match.start(), match.end(), scaled)
        found.append(Amount(scaled, match.start(), match.end(), sign))
    return found


def _ends(seconds: Quantity) -> tuple[float, float]:
    return seconds.low, seconds.high


def _are_one_range(first: Quantity, second: Quantity, gap: int) -> bool:
    """十秒二十秒 goes up; 十秒八秒, said without a pause, goes down and means a few either way."""
    if gap == 0 and second.high < first.low <= second.low * 2:
        return True
    return first.high < second.low <= first.high * 6


def unsigned_amounts(text: str) -> list[Amount]:
    """Find amounts without a sign: 三十秒, 一两分钟, 半分钟, 十秒二十秒 (one range)."""
    found: list[Amount] = []
    for match in AMOUNT.finditer(text):
        before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() :][:4]
        if _NOT_AN_AMOUNT.match(after) or before.endswith(("第", "每", "±", "防水", "/")):
            continue
        seconds = amount_seconds(match)
        words = match.group()
        # 一天快几秒 mostly asks how many; 好几秒 tells.
        if words[0] == "几" and words[1:2] in ("秒", "分", "个", "小") and before[-1:] != "好":
            continue
        if seconds is None or seconds.high <= 0:
            continue
        seconds = _bounded(text, match.start(), match.end(), seconds)
        amount = Amount(seconds, match.start(), match.end())
        previous = found[-1] if found else None
        if (
            previous is not None
            and amount.start - previous.end <= 3
            and _JOIN.fullmatch(text, previous.end, amount.start)
            and _are_one_range(previous.seconds, seconds, amount.start - previous.end)
        ):
            ends = (*_ends(previous.seconds), *_ends(seconds))
            both = between(min(ends), max(ends))
            found[-1] = Amount(both, previous.start, amount.end)
        else:
            found.append(amount)
    return found


_ALONE = re.compile(
    r"(?:大概|大约|差不多|约|就是|是|\s)*(?P<sign>[+\-正负]|[加减](?=.*秒))\s?的?"
    rf"(?P<number>\d{{1,4}}(?:\.\d{{1,2}})?|(?!\d){SINGLE})\s?(?:秒钟?|s)?"
    r"(?P<about>左右|上下|的样子)?[吧呢啊。.!]*",
    re.IGNORECASE,
)


def lone_rate(text: str) -> Quantity | None:
    """Read a message that is only a signed number: +15, 正六, 负八秒左右.

    Among watch people it is always seconds per day.
    """
    match = _ALONE.fullmatch(text)
    number = parse_quantity(match["number"]) if match else None
    if match is None or number is None:
        return None
    if number.exact and match["about"]:
        number = about(number.value)
    if match["sign"] in "+正加":
        return number
    return Quantity(-number.value, -number.high, -number.low)


__all__ = ["Amount", "lone_rate", "signed_amounts", "unsigned_amounts"]
