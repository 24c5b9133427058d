"""Numbers as people write them: 三十, 七八, 十几, 二十来, 两三百, 1万2, 10到15.

cn2an reads a whole sentence wrongly (一两秒 becomes 12秒), so it only ever sees a span cut here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import cn2an

DIGITS = "零〇一二两俩仨三四五六七八九"
_CHARS = DIGITS + "十百千万廿卅几"
_ARABIC = r"\d{1,12}(?:\.\d{1,6})?(?:[百千万]\d?(?!\d))?(?:好几|[几多来余])?"
_CHINESE = rf"[{_CHARS}]{{1,12}}(?:点[{DIGITS}]{{1,6}})?(?:好几|[多来余])?"
_ONE = rf"(?:{_ARABIC}|{_CHINESE})"
# For embedding in other patterns; has no groups. "[到至~-]" makes a range of two numbers.
NUMBER = rf"(?:{_ONE}(?:\s?(?:到|至|~|-|——?)\s?{_ONE})?)"
# One number, never a range.
SINGLE = _ONE

_RANGE = re.compile(rf"({_ONE})\s?(?:到|至|~|-|——?)\s?({_ONE})")
_VALUE = {char: index for index, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_PAIR = re.compile(r"([一二两三四五六七八九])([一二两三四五六七八九])")
# 五六七秒: a guess among three.
_COUNTING = "一二三四五六七八九"
_DIGIT_RUN = re.compile(rf"[{DIGITS}]{{2,12}}")
_MIXED = re.compile(r"(\d+(?:\.\d+)?)([百千万])(\d?)")
_SCALE = {"百": 100, "千": 1000, "万": 10000}


@dataclass(frozen=True)
class Quantity:
    """A number with its bounds; ``value`` is the middle, exact numbers have equal bounds."""

    value: float
    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether the words gave one number and not a range."""
        return self.low == self.high


def exactly(value: float) -> Quantity:
    """Return a quantity without any spread."""
    return Quantity(value, value, value)


def between(low: float, high: float) -> Quantity:
    """Return a range; its value is the middle."""
    if low > high:
        low, high = high, low
    return Quantity((low + high) / 2, low, high)


def about(value: float) -> Quantity:
    """Return "X 来", "X 左右": X itself, give or take a tenth."""
    return Quantity(value, round(value * 0.9, 6), round(value * 1.1, 6))


@lru_cache(maxsize=2048)
def parse_quantity(span: str) -> Quantity | None:
    """Read one cut-out number or range of numbers.

    Args:
        span: Only the number ("三四十", "10-15", "20多"), no unit.

    Returns:
        The quantity, or None when the characters are no number.
    """
    span = span.strip().replace("好几", "几")
    ranged = _RANGE.fullmatch(span)
    if ranged:
        first, second = parse_quantity(ranged[1]), parse_quantity(ranged[2])
        if first is None or second is None or first.low > second.high:
            return None
        return between(first.low, second.high)
    if len(span) > 1 and span[-1] in "多余":
        base = parse_quantity(span[:-1])
        return None if base is None else between(base.low, base.high + _step(base.low))
    if len(span) > 1 and span[-1] == "来":
        base = parse_quantity(span[:-1])
        return None if base is None else about(base.value)
    if span[:1].isascii() and span[:1].isdigit():
        return _arabic(span)
    return _chinese(span)


def _step(value: float) -> float:
    """How far "多" may reach: 二十多 is below 30, 一百多 below 200, 三多 below 4."""
    step = 1
    while value >= 10 * step and value % (10 * step) == 0:
        step *= 10
    return float(step)


def _arabic(span: str) -> Quantity | None:
    if span[-1] == "几":
        base = _arabic(span[:-1])
        return None if base is None else between(base.low, base.low + _step(base.low))
    mixed = _MIXED.fullmatch(span)
    if mixed:
        scale = _SCALE[mixed[2]]
        tail = int(mixed[3]) * scale / 10 if mixed[3] else 0
        return exactly(round(float(mixed[1]) * scale + tail, 6))
    try:
        return exactly(float(span))
    except ValueError:
        return None


def _chinese(span: str) -> Quantity | None:
    span = span.replace("俩", "两").replace("仨", "三").replace("廿", "二十").replace("卅", "三十")
    if "几" in span:
        return _some(span)
    if span == "百八十":
        # An idiom: somewhere up to a hundred.
        return between(80, 100)
    if len(span) == 3 and span in _COUNTING:
        return between(_VALUE[span[0]], _VALUE[span[2]])
    pair = _PAIR.search(span)
    # Three digits in a row (二零二一) spell a number out; two may be a guess.
    if (
        pair
        and span[pair.end() : pair.end() + 1] not in tuple(DIGITS)
        and (pair.start() == 0 or span[pair.start() - 1] not in DIGITS)
    ):
        low, high = _VALUE[pair[1]], _VALUE[pair[2]]
        # 七八, 三五: a guess between two digits. 一五 is a digit string.
        if high == low + 1 or (low, high) == (3, 5):
            head, tail = span[: pair.start()], span[pair.end() :]
            bounds = [_read(head + digit + tail) for digit in (pair[1], pair[2])]
            if bounds[0] is not None and bounds[1] is not None:
                return between(bounds[0], bounds[1])
            return None
    value = _read(span)
    return None if value is None else exactly(value)


def _some(span: str) -> Quantity | None:
    """Read 几: 十几 is 10 to 20, 几十 is 10 to 90, 几 alone 1 to 9."""
    if span == "十几二十":
        return between(10, 20)
    if span.count("几") != 1:
        return None
    if span[0] == "几":
        low, high = _read("一" + span[1:]), _read("九" + span[1:])
        return None if low is None or high is None else between(low, high)
    if span[-1] == "几":
        base = _read(span[:-1])
        return None if base is None else between(base, base + _step(base))
    return None


def _read(span: str) -> float | None:
    if _DIGIT_RUN.fullmatch(span):
        return float("".join(str(_VALUE[char]) for char in span))
    if span[:1] in ("百", "千", "万"):
        span = "一" + span
    try:
        return float(cn2an.cn2an(span, "smart"))
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def digits_of(span: str) -> str:
    """Turn digit characters (幺三八, 二零二一, ２) into ASCII digits, one by one; keep the rest."""
    return "".join(_SPOKEN.get(char, char) for char in span)


_SPOKEN = {char: str(value) for char, value in _VALUE.items()} | {"幺": "1", "洞": "0", "拐": "7"}
