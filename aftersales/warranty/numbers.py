"""Numbers on the case back: the pair, look-alike characters, and what a serial says of the year.

A serial of six: first digit = last digit of the year, second = month (1-9, 0 or O = October,
N = November, D = December), then the running number of that month. The year repeats every ten
years, so only the calibre's production span narrows it, and it is never the day of purchase.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import product

from aftersales.knowledge import KnowledgeError, load

_PAIR = re.compile(r"(?<![0-9A-Z\-])([0-9A-Z]{4})[A-D]?\s?[-_—–/·]+\s?([0-9A-Z]{4})(?![0-9A-Z\-])")
_BROKEN = re.compile(
    r"(?<![0-9A-Z\-])(?=[0-9A-Z]*\d)([0-9A-Z]{2,5})\s?[-_—–]\s?([0-9A-Z]{2,6})(?![0-9A-Z\-])"
)
_ISO = re.compile(r"(?:19|20)\d\d-\d{2}(?:-\d{2})?")
_SERIAL = re.compile(r"([0-9])([1-9NDO0])[0-9A-Z]{4}")
_MONTHS = {"0": 10, "O": 10, "N": 11, "D": 12}
# Characters people take for one another on a worn case back.
_ALIKE = ("0ODQ", "1IL", "2Z", "5S", "8B", "6G")
_FOLD = {char: group[0] for group in _ALIKE for char in group}
# Seiko's six-digit serials with this meaning start in the sixties.
_FIRST_YEAR = 1960


@dataclass(frozen=True)
class ProductionDate:
    """When a watch may have been made, by its serial.

    Attributes:
        years: candidate years, oldest first.
        month: 1-12.
        narrowed: the calibre's production span ruled some years out.
        confidence: of that span (``high``, ``medium``, ``low``), or None when there is none.
    """

    years: tuple[int, ...]
    month: int
    narrowed: bool
    confidence: str | None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()


def read_pair(text: str) -> str | None:
    """The first ``7S26-0020`` in a text, upper case, or None."""
    pairs = read_pairs(text)
    return pairs[0] if pairs else None


def read_pairs(text: str) -> list[str]:
    """Every number pair in a text, in order; a version letter (4R36A-) is dropped."""
    found = []
    for left, right in _PAIR.findall(_plain(text)):
        pair = f"{left}-{right}"
        # 2025-1123 could be a date, and a pair without a digit is a word.
        if any(c.isdigit() for c in left) and any(c.isdigit() for c in right):
            found.append(pair)
    return found


def is_pair(text: str | None) -> bool:
    """Whether a value is a whole number pair."""
    return text is not None and read_pair(text) == text


def broken_pair(text: str) -> str | None:
    """Something that was meant as a pair but has a character too few or too many, or None."""
    plain = _plain(text)
    if read_pair(plain) is not None:
        return None
    for match in _BROKEN.finditer(plain):
        length = len(match[1]) + len(match[2])
        if 6 <= length <= 10 and not _ISO.fullmatch(match[0].replace(" ", "")):
            return match[0]
    return None


def compare(watch: str, card: str) -> str:
    """Hold the pair on the watch against the pair on the card.

    Returns:
        ``match``; ``lookalike`` when they differ only in characters that look alike (O/0, I/1,
        B/8, S/5 …), which a person has to look at again; or ``mismatch``.
    """
    first, second = _plain(watch), _plain(card)
    if first == second:
        return "match"
    return "lookalike" if _folded(first) == _folded(second) else "mismatch"


def _folded(text: str) -> str:
    return "".join(_FOLD.get(char, char) for char in text)


def proposals(code: str) -> tuple[str, ...]:
    """Calibres of the table that a misread code may be: ``75Z6`` -> ``7S26``. To be asked about.

    Empty when the code is in the table itself, or nothing known looks like it.
    """
    code = _plain(code)
    known = _calibres()
    if len(code) != 4 or code in known:
        return ()
    options = [next((group for group in _ALIKE if char in group), char) for char in code]
    return tuple(sorted({"".join(t) for t in product(*options)} & known.keys()))


def candidate_years(serial: str, calibre: str | None, this_year: int) -> ProductionDate | None:
    """Years in which a watch with this serial may have been made.

    Args:
        serial: six characters.
        calibre: the left half of the pair; its production span narrows the years when known.
        this_year: no watch is made later.

    Returns:
        The candidates, or None when it is not such a serial (older and limited pieces differ).
        ``years`` is empty when serial and production span contradict each other.
    """
    match = _SERIAL.fullmatch(_plain(serial).strip())
    if match is None:
        return None
    month = _MONTHS.get(match[2]) or int(match[2])
    years = [y for y in range(_FIRST_YEAR, this_year + 1) if y % 10 == int(match[1])]
    made = (_calibres().get(_plain(calibre)) or {}).get("production") if calibre else None
    if not isinstance(made, dict):
        return ProductionDate(tuple(years), month, False, None)
    first, last = made.get("from") or _FIRST_YEAR, made.get("to") or this_year
    left = tuple(y for y in years if first <= y <= last)
    return ProductionDate(left, month, len(left) < len(years), made.get("confidence"))


def _calibres() -> dict[str, dict[str, object]]:
    try:
        table: dict[str, dict[str, object]] = load("calibres")["calibres"]
    except (KnowledgeError, KeyError):
        return {}  # the table is another room's; without it no year is narrowed
    return table
