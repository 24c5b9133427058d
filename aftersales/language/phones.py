"""Telephone numbers: mobile, landline, Hong Kong, Macau, Taiwan, and digits spoken one by one."""

import re

from .entity import Entity
from .numerals import digits_of

_SPOKEN = "零〇幺一二三四五六七八九洞拐"
_MOBILE = re.compile(
    r"(?<![\d.])(?:\+?\s?(?:00)?86[- ]?)?"
    r"(?P<number>1[- ]?[3-9](?:[- ]?\d){9}|1[3-9]\d\.\d{4}\.\d{4})(?!\d)"
)
_LANDLINE = re.compile(r"(?<![\d.])\(?(?P<area>0\d{2,3})\)?[- ]?(?P<number>[1-9]\d{6,7})(?!\d)")
_WORDS = re.compile(
    rf"(?<![\d{_SPOKEN}])[幺一1][- ,]?(?:[\d{_SPOKEN}][- ,]?){{9}}[\d{_SPOKEN}](?![\d{_SPOKEN}])"
)
# +852, +853 and +886 stay in the value: from the mainland nobody is reached without them.
_ABROAD = re.compile(
    r"(?<![\dA-Za-z])(?:(?:\+|00)\s?\(?|\()?(?P<number>(?:85[23]\)?[- ]?[2-9]\d{3}[- ]?\d{4}"
    r"|886\)?[- ]?(?:9\d{2}[- ]?\d{3}[- ]?\d{3}|[2-8][- ]?\d{3,4}[- ]?\d{4})))(?!\d)"
)
_TAIWAN = re.compile(
    r"(?<![\d.])(?P<number>09\d{2}[- ]?\d{3}[- ]?\d{3}|0[2-8]-\d{3,4}-\d{4})(?!\d)"
)
_EIGHT = re.compile(r"(?<![\dA-Za-z.\-+])(?P<number>[235-9]\d{3}[- ]?\d{4})(?![\dA-Za-z]|-\d|\.\d)")
_CONTEXT = re.compile(
    r"电话|手机|手提|联系|联络|致电|回电|打给?我?(?=\s?\d|$)|找我|香港|澳门|whatsapp|call|tel|phone",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:19|20)\d\d[- ]?(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")


def phones(text: str) -> list[Entity]:
    """Find telephone numbers in normalised text; the value is digits only, without +86.

    Eight digits alone (Hong Kong, Macau, a landline without area) need a word such as 电话 nearby.
    """
    found = []
    for match in _MOBILE.finditer(text):
        found.append(_entity(re.sub(r"\D", "", match["number"]), match))
    for match in _LANDLINE.finditer(text):
        found.append(_entity(match["area"] + match["number"], match))
    for match in _WORDS.finditer(text):
        digits = re.sub(r"\D", "", digits_of(match.group()))
        if re.fullmatch(r"1[3-9]\d{9}", digits) and not _MOBILE.match(text, match.start()):
            found.append(_entity(digits, match))
    for pattern in (_ABROAD, _TAIWAN, _EIGHT):
        for match in pattern.finditer(text):
            if any(entity.start < match.end() and match.start() < entity.end for entity in found):
                continue
            if pattern is _EIGHT and not _is_called(text, match):
                continue
            found.append(_entity(re.sub(r"\D", "", match["number"]), match))
    return sorted(found, key=lambda entity: entity.start)


def _is_called(text: str, match: re.Match[str]) -> bool:
    if _DATE.fullmatch(match["number"]):
        return False
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() :][:8]
    return bool(_CONTEXT.search(before) or _CONTEXT.search(after))


def _entity(value: str, match: re.Match[str]) -> Entity:
    return Entity("phone", value, match.start(), match.end(), match.group())


def parse_phone(text: str) -> str | None:
    """Return the first telephone number's digits, or None."""
    found = phones(text)
    return str(found[0].value) if found else None
