"""Our own ticket numbers: FW261123-04821 (FW repair, TS complaint, HD callback)."""

import re

from .entity import Entity

_DASH = r"\s?[-_—]{0,2}\s?"
_TICKET = re.compile(
    rf"(?<![0-9A-Za-z])(?P<kind>FW|TS|HD){_DASH}(?P<day>\d{{6}}){_DASH}(?P<rest>\d{{5}})(?!\d)",
    re.IGNORECASE,
)


def ticket_numbers(text: str) -> list[Entity]:
    """Find ticket numbers; the dash is optional, case does not matter.

    A number with a wrong check digit is found too, so that the answer can ask for it again
    (``check_digit_is_right``).
    """
    return [
        Entity(
            "ticket_no",
            f"{match['kind'].upper()}{match['day']}-{match['rest']}",
            match.start(),
            match.end(),
            match.group(),
        )
        for match in _TICKET.finditer(text)
    ]


def check_digit_is_right(number: str) -> bool:
    """Whether the last digit is the Luhn check over the other ten digits."""
    digits = [int(char) for char in number if char.isascii() and char.isdigit()]
    if len(digits) != 11:
        return False
    total = 0
    for index, digit in enumerate(reversed(digits)):
        doubled = digit * 2 if index % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
