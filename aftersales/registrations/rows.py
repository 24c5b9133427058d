"""One line of a table of registered watches, checked and normalised."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aftersales.exchange.problems import BadValue
from aftersales.people.phones import PhoneUnusable, last4, normal_phone
from aftersales.registrations.lookup import card_digest, normal_code

_FOUR = re.compile(r"[0-9A-Z]{4}")
_SIX = re.compile(r"[0-9A-Z]{6}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True)
class Row:
    """A usable line."""

    card_number: str
    calibre: str
    case_code: str
    serial: str
    model: str | None
    line: str | None
    shop: str | None
    purchase_date: date | None
    market: str | None
    phone_digest: str | None


def read_row(cells: Mapping[str, str], today: date) -> Row:
    """Check one line.

    Args:
        cells: field name to text; required fields are known to be there.
        today: a purchase cannot be later.

    Raises:
        BadValue: the first thing wrong with the line.
    """
    card = normal_code(cells["card_number"])
    return Row(
        card_number=card,
        calibre=_code(cells["calibre"], _FOUR, "calibre"),
        case_code=_code(cells["case_code"], _FOUR, "case_code"),
        serial=_code(cells["serial"], _SIX, "serial"),
        model=cells.get("model") or None,
        line=cells.get("line") or None,
        shop=cells.get("shop") or None,
        purchase_date=_date(cells.get("purchase_date") or "", today),
        market=cells.get("market") or None,
        phone_digest=_phone_digest(card, cells.get("phone") or ""),
    )


def _code(text: str, pattern: re.Pattern[str], column: str) -> str:
    code = normal_code(text)
    if not pattern.fullmatch(code):
        raise BadValue(f"bad_{column}", text, column)
    return code


def _date(text: str, today: date) -> date | None:
    if not text:
        return None
    match = _DATE.match(text)
    try:
        # A table program may write a time behind the date; the day is what the card says.
        day = date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise BadValue("bad_date", text, "purchase_date")
    if day > today:
        raise BadValue("future_date", text, "purchase_date")
    return day


def _phone_digest(card: str, text: str) -> str | None:
    if not text:
        return None
    if re.fullmatch(r"[0-9]{4}", text):
        return card_digest(card, text)
    try:
        return card_digest(card, last4(normal_phone(text)))
    except PhoneUnusable as error:
        raise BadValue("bad_card_phone", column="phone") from error
