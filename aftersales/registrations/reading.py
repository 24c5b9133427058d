"""Which registered watch a message asks about, and which second proof it gives."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from aftersales import knowledge
from aftersales.registrations.lookup import Proof, normal_code

_FOUR_DIGITS = re.compile(r"(?<![0-9A-Za-z])[0-9]{4}(?![0-9A-Za-z])")
_WATCH = ("calibre", "case_code", "serial")

Entities = Iterable[Mapping[str, Any]]


def read_lookup(text: str, entities: Entities) -> dict[str, str] | None:
    """Return the arguments of ``find`` that name a watch, or None when the message names none.

    Args:
        text: the normalised message.
        entities: with ``name`` and ``value``, as the contract names them.

    Returns:
        ``card_number``, or ``calibre``, ``case_code`` and ``serial`` together.
    """
    patterns: list[str] = knowledge.load("registrations")["card_patterns"]
    for pattern in patterns:
        match = re.search(rf"(?<![0-9A-Za-z])(?:{pattern})(?![0-9A-Za-z])", text, re.IGNORECASE)
        if match:
            return {"card_number": normal_code(match[0])}
    values = _values(entities)
    if all(values.get(name) for name in _WATCH):
        return {name: values[name] for name in _WATCH}
    return None


def read_proof(text: str, entities: Entities) -> Proof | None:
    """Return the second proof a message gives: a phone or its last four digits, or a month.

    A month beats four digits: in 2025年3月 the year is not a phone number.

    Args:
        text: the normalised message.
        entities: with ``name`` and ``value``, as the contract names them.
    """
    values = _values(entities)
    month = values.get("purchase_date", "")[:7]
    if re.fullmatch(r"\d{4}-\d{2}", month):
        return Proof(purchase_month=month)
    phone = values.get("phone", "")
    if len(phone) >= 4:
        return Proof(phone_last4=phone[-4:])
    digits = _FOUR_DIGITS.findall(text)
    return Proof(phone_last4=digits[0]) if len(digits) == 1 else None


def _values(entities: Entities) -> dict[str, str]:
    return {str(e["name"]): str(e["value"]) for e in entities if e.get("value") is not None}
