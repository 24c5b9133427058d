"""Year numbers in every spelling: 2021, 21, 二〇二一, 民国113, 令和6, R6."""

import re

from .numerals import digits_of, parse_quantity

_CN = "零〇一二三四五六七八九"
#: The year before each era's first: 民国1 is 1912, 令和元 2019, 平成元 1989, 昭和元 1926.
_BEFORE_FIRST = {"民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988}
ERA = r"民国|令和|平成|昭和|(?<![A-Za-z])[RH](?=\d)"
# To be followed by 年. A bare 113 is a year of the republic only before a month.
YEAR = (
    rf"(?:(?P<era>{ERA})\s?(?P<era_year>元|\d{{1,3}}|[{_CN}十百]{{1,7}})"
    r"|(?<!\d)(?P<republic>1[0-2]\d)(?=\s?年\s?(?:1[0-2]|0?[1-9])\s?月)"
    rf"|(?P<year>(?:19|20)\d\d|[一二][{_CN}]{{3}}|(?<![\d.])\d\d|(?<![{_CN}])[{_CN}]{{2}}))"
)
_DIGITS = re.compile(rf"[{_CN}]{{2,3}}")


def era_year(era: str, words: str) -> int | None:
    """Return the year of our calendar for a year of an era (``元`` is its first)."""
    if words == "元":
        return _BEFORE_FIRST[era.upper()] + 1
    if _DIGITS.fullmatch(words):
        words = digits_of(words)
    quantity = parse_quantity(words)
    if quantity is None or not 1 <= quantity.value <= 150:
        return None
    return _BEFORE_FIRST[era.upper()] + int(quantity.value)


def plain_year(words: str, this_year: int) -> int | None:
    """Return the year for two or four digits; 98 is 1998, 21 is 2021.

    A two-digit year is never later than next year.
    """
    digits = digits_of(words)
    if not digits.isascii() or not digits.isdigit():
        return None
    number = int(digits)
    if len(digits) == 4:
        return number
    return 2000 + number if 2000 + number <= this_year + 1 else 1900 + number


__all__ = ["ERA", "YEAR", "era_year", "plain_year"]
