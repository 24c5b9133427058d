"""Lengths of time: hours worn, hours of power reserve, amounts of gain and loss in seconds."""

import re

from .numerals import NUMBER, SINGLE, Quantity, about, between, exactly, parse_quantity

SECOND, MINUTE, HOUR = 1.0, 60.0, 3600.0
DAY_HOURS = 24.0

_HOUR = r"(?:小时|钟头|(?<=[个半])钟(?![头表])|hours?|hrs?|h)(?![a-z])"
_MINUTE = (
    r"(?:分[钟种]|分中(?!心|间)|份钟|分(?!之|店|公司|享|开|期|辨|析|别|满|准|感|生|手|秒)|minutes?(?![a-z])"
    r"|mins?(?![a-z])|fen(?:zhong)?(?![a-z]))"
)
_SECOND = (
    r"(?:秒[钟种]|秒中(?!间|心)|秒(?!针|表|回|杀|懂|一跳|跳)|seconds?(?![a-z])|secs?(?![a-z])"
    # What speech input and hasty fingers make of 秒.
    r"|[苗妙描瞄渺庙喵]钟?(?![招不在手哉用龄条头木圃写述准会])|miao(?:zhong)?(?![a-z])|s(?![a-z0-9]))"
)
_BARE_SECONDS = rf"(?:\s?(?P<bare>{SINGLE})(?![\d.:点年月个块元度米天周小秒分钟]))"

# One amount of time. Every part is optional, at least one must be there (checked in code).
AMOUNT = re.compile(
    rf"(?P<quarter>[一二两三])刻钟?"
    rf"|(?P<halfhour>大半|小半|半)个?多?{_HOUR}"
    rf"|(?P<halfmin>大半|小半|半)多?(?:分[钟种]|份钟|分多钟(?P<halfmore>)|分(?!之|店|期|公))"
    rf"|半秒钟?(?P<halfsec>)"
    rf"|(?P<english>(?<![a-z])(?:half\s)?an?\s(?P<en_unit>second|minute|hour)(?!s|\s?hand))"
    rf"|(?:个把|成个?)(?:(?P<one_min>分钟)|小时|钟头)(?P<oneish>)"
    rf"|(?P<hours>{NUMBER})\s?(?P<hmore>个半|个多|多个|个)?(?P<hmore2>多)?\s?{_HOUR}(?P<hhalf>半)?"
    rf"(?:零|又|\s)?(?:(?P<hmin>{SINGLE})\s?{_MINUTE})?"
    rf"|(?P<minutes>{NUMBER})\s?(?P<mmore>个半|个多|个)?\s?{_MINUTE}"
    rf"(?:(?P<mhalf>半)钟?|(?P<mtail>多)钟?|(?:零|又|\s)?(?P<msec>{SINGLE})\s?{_SECOND}"
    rf"|{_BARE_SECONDS})?"
    # 2′30″, which normalising has made 2′30′′
    r"|(?<!\d)(?P<prime>\d{1,2})\s?[′'’]\s?(?P<second>[0-5]?\d)(?!\d)(?:[′'’]{2}|[″\"”])?"
    rf"|(?P<seconds>{NUMBER})\s?个?\s?{_SECOND}(?:(?P<stail>多|半(?![天个小分]))"
    r"|(?P<tenth>[1-9一二三四五六七八九])(?=$|[\s,。.!?;、)吧呢]))?",
    re.IGNORECASE,
)
_HALVES = {"大半": (0.5, 1.0), "小半": (0.25, 0.5)}
_HOURS = re.compile(
    rf"(?P<day>一整天|整天|全天|白天黑夜|24小时都|一天到晚)"
    rf"|(?P<half>大?半个?(?:小时|钟头))|(?P<halfday>大?半天)"
    rf"|(?P<number>{NUMBER})\s?(?P<more>个半|个多|多个|个)?\s?{_HOUR}(?P<tail>半)?",
    re.IGNORECASE,
)
_DAYS = re.compile(rf"(?P<number>{NUMBER})\s?个?(?P<unit>天|日|晚上?|昼夜)")


def _scaled(quantity: Quantity, unit: float) -> Quantity:
    return Quantity(quantity.value * unit, quantity.low * unit, quantity.high * unit)


def _plus(first: Quantity, second: Quantity) -> Quantity:
    return Quantity(first.value + second.value, first.low + second.low, first.high + second.high)


def _half(word: str, unit: float) -> Quantity:
    if word in _HALVES:
        low, high = _HALVES[word]
        return between(low * unit, high * unit)
    return exactly(unit / 2)


def _whole(span: str, more: str, unit: float) -> Quantity | None:
    number = parse_quantity(span)
    if number is None:
        return None
    if more == "个半" or more == "半":
        number = _plus(number, exactly(0.5))
    elif "多" in more:
        number = between(number.low, number.high + 1)
    return _scaled(number, unit)


def amount_seconds(match: re.Match[str]) -> Quantity | None:
    """Turn a match of ``AMOUNT`` into seconds (unsigned), or None when its number is no number."""
    part = match.groupdict()
    if part["quarter"]:
        number = parse_quantity(part["quarter"])
        return None if number is None else _scaled(number, 15 * MINUTE)
    if part["halfhour"]:
        return _half(part["halfhour"], HOUR)
    if part["halfmore"] is not None:
        return between(MINUTE / 2, MINUTE)
    if part["halfmin"]:
        return _half(part["halfmin"], MINUTE)
    if part["oneish"] is not None:
        return about(MINUTE if part["one_min"] else HOUR)
    if part["english"]:
        unit = {"s": SECOND, "m": MINUTE, "h": HOUR}[(part["en_unit"] or "s")[0].lower()]
        return exactly(unit / 2 if part["english"][:1].lower() == "h" else unit)
    if part["halfsec"] is not None:
        return exactly(0.5)
    if part["hours"]:
        more = part["hmore"] or part["hmore2"] or part["hhalf"] or ""
        total = _whole(part["hours"], more, HOUR)
        extra = parse_quantity(part["hmin"]) if part["hmin"] else None
        return total if total is None or extra is None else _plus(total, _scaled(extra, MINUTE))
    if part["minutes"]:
        more = part["mmore"] or part["mhalf"] or part["mtail"] or ""
        total = _whole(part["minutes"], more, MINUTE)
        tail = part["msec"] or part["bare"]
        extra = parse_quantity(tail) if tail else None
        return total if total is None or extra is None else _plus(total, extra)
    if part["prime"]:
        return exactly(int(part["prime"]) * MINUTE + int(part["second"] or 0))
    seconds = _whole(part["seconds"], part["stail"] or "", SECOND)
    tenth = parse_quantity(part["tenth"]) if part["tenth"] else None
    # 八秒五 is eight and a half.
    return seconds if seconds is None or tenth is None else _plus(seconds, _scaled(tenth, 0.1))


def hours(text: str) -> float | None:
    """Read how many hours a watch is worn or runs.

    Args:
        text: Normalised words such as "戴十来个小时", "能走两天", "一整天".

    Returns:
        Hours (the middle of a range), or None when no length of time is named.
    """
    match = _HOURS.search(text)
    if match:
        if match["day"]:
            return DAY_HOURS
        if match["half"]:
            return 0.5
        if match["halfday"]:
            return DAY_HOURS / 2
        more = match["more"] or match["tail"] or ""
        quantity = _whole(match["number"], more, 1.0)
        return None if quantity is None else round(quantity.value, 2)
    match = _DAYS.search(text)
    if match:
        number = parse_quantity(match["number"])
        if number is None:
            return None
        length = 12.0 if match["unit"].startswith("晚") else DAY_HOURS
        return round(number.value * length, 2)
    return None


__all__ = ["AMOUNT", "DAY_HOURS", "amount_seconds", "hours"]
