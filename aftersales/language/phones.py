"""Telephone numbers: mobile, landline, and digits spoken one by one (幺三八…)."""

import re

from .entity import Entity
from .numerals import digits_of

_SPOKEN = "零〇幺一二三四五六七八九洞拐"
_MOBILE = re.compile(
    r"(?<![\d.])(?:\+?\s?(?:00)?86[- ]?)?(?P<number>1[- ]?[3-9](?:[- ]?\d){9})(?!\d)"
)
_LANDLINE = re.compile(r"(?<![\d.])\(?(?P<area>0\d{2,3})\)?[- ]?(?P<number>[1-9]\d{6,7})(?!\d)")
_WORDS = re.compile(
    rf"(?<![\d{_SPOKEN}])[幺一1][- ,]?(?:[\d{_SPOKEN}][- ,]?){{9}}[\d{_SPOKEN}](?![\d{_SPOKEN}])"
)


def phones(text: str) -> list[Entity]:
    """Find telephone numbers in normalised text; the value is digits only, without +86."""
    found = []
    for match in _MOBILE.finditer(text):
        found.append(_entity(re.sub(r"\D", "", match["number"]), match))
    for match in _LANDLINE.finditer(text):
        found.append(_entity(match["area"] + match["number"], match))
    for match in _WORDS.finditer(text):
        digits = re.sub(r"\D", "", digits_of(match.group()))
        if re.fullmatch(r"1[3-9]\d{9}", digits) and not _MOBILE.match(text, match.start()):
            found.append(_entity(digits, match))
    return found


def _entity(value: str, match: re.Match[str]) -> Entity:
    return Entity("phone", value, match.start(), match.end(), match.group())


def parse_phone(text: str) -> str | None:
    """Return the first telephone number's digits, or None."""
    found = phones(text)
    return str(found[0].value) if found else None
