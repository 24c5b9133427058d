"""Money: whole fen inside, yuan with two places outside; no floating point in between."""

import re

_YUAN = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?")


class AmountUnusable(ValueError):
    """What was given is no amount of money."""


def yuan(fen: int) -> str:
    """Return fen as yuan: ``128050`` is ``1,280.50``."""
    sign, whole = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"


def fen_of(text: str) -> int:
    """Return an amount typed in yuan as fen: ``1280.5`` is ``128050``.

    Raises:
        AmountUnusable: not a plain number with at most two decimal places.
    """
    match = _YUAN.fullmatch(text.strip().replace(",", ""))
    if match is None or not match[0].isascii():
        raise AmountUnusable(f"{text!r}: yuan with at most two decimal places are expected")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
