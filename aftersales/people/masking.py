"""How personal data looks to those who need not see it; every serializer uses these."""

import re

from aftersales import knowledge

_STARS = "****"
#: Province, city and district: as far as an address may be shown.
_DISTRICT = re.compile(
    r"^(?:[^省市区县]{1,8}(?:省|自治区))?(?:[^省市区县]{1,8}市)?(?:[^省市区县]{1,8}(?:区|县|市))?"
)


def mask_phone(phone: str | None) -> str:
    """Return ``138****5678``: the first three and the last four digits; all stars when it is
    shorter."""
    if not phone:
        return ""
    if len(phone) < 8:
        return _STARS
    return phone[:3] + _STARS + phone[-4:]


def mask_phone_end(phone: str | None) -> str:
    """Return ``138****``: without the last four digits, where these are what proves the owner."""
    if not phone:
        return ""
    return (phone[:3] if len(phone) >= 8 else "") + _STARS


def mask_name(name: str | None) -> str:
    """Return the surname and stars: ``王**``, ``欧阳**``; a name in Latin letters keeps its first
    letter."""
    text = (name or "").strip()
    if not text:
        return ""
    compound: list[str] = knowledge.load("people")["compound_surnames"]
    kept = next((surname for surname in compound if text.startswith(surname)), text[0])
    return kept + "**"


def mask_serial(serial: str | None) -> str:
    """Return stars and the last four characters; all stars when there are no more than four."""
    if not serial:
        return ""
    return "**" + serial[-4:] if len(serial) > 4 else _STARS


def mask_address(address: str | None) -> str:
    """Return city and district and stars: ``上海市静安区****``; all stars when neither is named."""
    text = (address or "").strip()
    if not text:
        return ""
    found = _DISTRICT.match(text)
    return (found.group() if found else "") + _STARS
