"""One spelling per phone number, and digests for finding it again."""

import hashlib
import re

_SEPARATORS = re.compile(r"[\s\-()·.]+")
_COUNTRY = re.compile(r"^(?:\+|00)86")


class PhoneUnusable(ValueError):
    """What was given cannot be a phone number; the message does not repeat it."""


def normal_phone(text: str) -> str:
    """Return a phone number as digits, with ``+`` in front when it is a foreign one.

    Raises:
        PhoneUnusable: fewer than 7 or more than 15 digits, or something that is no digit.
    """
    phone = _COUNTRY.sub("", _SEPARATORS.sub("", text))
    digits = phone.removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15):
        raise PhoneUnusable("7 to 15 digits are expected")
    return phone


def last4(phone: str) -> str:
    """Return the last four digits of a normal phone number."""
    return phone[-4:]


def digest(*parts: str) -> str:
    """Return a fixed-length index value for the parts (SHA-256).

    This is for finding, not for hiding: whoever can try all numbers can undo it.
    """
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
