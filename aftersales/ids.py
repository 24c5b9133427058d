"""Numbers and identifiers, made from an injected random source.

A ticket number is ``FW261123-04821``: the kind's prefix, the day it was opened in Shanghai, four
random digits and a Luhn check digit over all other digits, so that one mistyped digit is noticed
before anyone looks it up.
"""

import random
import re
import secrets
import string
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

PREFIXES: dict[str, str] = {"repair": "FW", "complaint": "TS", "callback": "HD"}

_NUMBER = re.compile(r"(FW|TS|HD)(\d{6})-?(\d{5})")
_ALPHABET = string.ascii_lowercase + string.digits


class Ids(Protocol):
    """What makes the identifiers of new things."""

    def ticket_number(self, kind: str, day: date) -> str:
        """Return a number for a ticket of ``kind`` opened on ``day``; not necessarily unused."""
        ...

    def draft_id(self) -> str:
        """Return an identifier for a ticket that is not confirmed yet."""
        ...

    def token(self) -> str:
        """Return an unguessable name (at least 128 bits) for files and links."""
        ...


@dataclass
class RandomIds:
    """Identifiers from a random source; the system's own by default, a seeded one in tests."""

    source: random.Random = field(default_factory=secrets.SystemRandom)

    def ticket_number(self, kind: str, day: date) -> str:
        """Return a number such as ``FW261123-04821``.

        Args:
            kind: ``repair``, ``complaint`` or ``callback``.
            day: the day of opening as the shop's calendar counts it.

        Raises:
            KeyError: the kind has no prefix.
        """
        digits = f"{day:%y%m%d}{self.source.randrange(10_000):04d}"
        return f"{PREFIXES[kind]}{digits[:6]}-{digits[6:]}{luhn_digit(digits)}"

    def draft_id(self) -> str:
        """Return ``d-`` and 16 letters or digits (82 bits)."""
        return "d-" + "".join(self.source.choice(_ALPHABET) for _ in range(16))

    def token(self) -> str:
        """Return 26 letters or digits (134 bits)."""
        return "".join(self.source.choice(_ALPHABET) for _ in range(26))


def luhn_digit(digits: str) -> int:
    """Return the Luhn check digit for a string of decimal digits.

    Raises:
        ValueError: something other than 0-9 is in the string, or it is empty.
    """
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("Luhn needs decimal digits")
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit)
        if place % 2 == 0:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return -total % 10


def canonical_ticket_number(text: str) -> str | None:
    """Return the ticket number written in ``text`` as we print it, or None when it is not one.

    Case, blanks and the dash do not matter; the check digit does.
    """
    match = _NUMBER.fullmatch(re.sub(r"\s", "", text).upper())
    if match is None or not match[0].isascii():
        return None
    prefix, day, tail = match.groups()
    if luhn_digit(day + tail[:4]) != int(tail[4]):
        return None
    return f"{prefix}{day}-{tail}"
