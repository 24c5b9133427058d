"""The calibre table: 7S26 -> what a source page says about it, and nothing else."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aftersales.knowledge import load
from aftersales.lines import sources

# The left half of "7S26-0020"; technical guides append a version letter ("4R36A").
_CODE = re.compile(r"(?=[A-Z]{0,3}[0-9])([0-9A-Z]{4})(?:[A-Z])?(?:[-\s]?[0-9A-Z]{4})?")


@dataclass(frozen=True)
class Tolerance:
    """How much a watch may gain or lose.

    Attributes:
        low: lowest allowed rate, negative = slow.
        high: highest allowed rate, positive = fast.
        unit: ``s/day``, ``s/month`` or ``s/year``.
        standard: ``worn`` (on the wrist, 5-35 °C) or ``static`` (factory test of the movement).
            The two must never be mixed.
    """

    low: float
    high: float
    unit: str
    standard: str


@dataclass(frozen=True)
class FamilyRate:
    """The usual tolerance of a calibre's family, for calibres without a figure of their own."""

    name: str
    tolerance: Tolerance
    confidence: str
    source: tuple[str, ...]


@dataclass(frozen=True)
class Calibre:
    """What the table knows of one calibre. ``None`` means no page was found: say nothing.

    Attributes:
        movement: mechanical, quartz, solar, kinetic, spring_drive or hybrid.
        winding: automatic, manual or None.
        power_reserve_h: hours from fully wound to stop.
        hand_wind: can be wound by the crown.
        hacking: the second hand stops when the crown is pulled.
        battery_life_years: years a new cell is said to last.
        note: for staff, never read to a customer.
        confidence: high, medium or low, of the entry as a whole.
    """

    code: str
    type: str
    movement: str
    winding: str | None = None
    rate: Tolerance | None = None
    family_rate: FamilyRate | None = None
    power_reserve_h: float | None = None
    hand_wind: bool | None = None
    hacking: bool | None = None
    battery: str | None = None
    battery_life_years: float | None = None
    running_reserve: str | None = None
    end_indicator: str | None = None
    note: str | None = None
    confidence: str = "low"
    sources: tuple[str, ...] = ()

    @property
    def gps(self) -> bool:
        """Sets itself by satellite."""
        return self.type == "gps solar"

    @property
    def rechargeable(self) -> bool:
        """Has a rechargeable cell: an ordinary one must never be fitted."""
        return self.movement in ("solar", "kinetic")


def code_of(text: str) -> str | None:
    """The four characters of a calibre code out of "7s26", "4R36A" or "7S26-0020", or None."""
    cleaned = unicodedata.normalize("NFKC", text).strip().upper()
    found = _CODE.fullmatch(cleaned)
    return found.group(1) if found else None


def find_calibre(code: str) -> Calibre | None:
    """Look a calibre up.

    Args:
        code: the four characters left of the hyphen on the case back, in any case or width;
            a version letter or the case code behind it is ignored.

    Returns:
        The calibre, or None when no source page knows it: then nothing may be said about it.
    """
    four = code_of(code)
    entry = load("calibres")["calibres"].get(four) if four else None
    return _calibre(four, entry) if four and entry else None


def is_heard_of(code: str) -> bool:
    """True for codes that are talked about but that no page was found for. Still unknown."""
    four = code_of(code)
    return four is not None and four in load("calibres")["heard_of"]


def tolerance(entry: Mapping[str, Any]) -> Tolerance:
    """A ``{low, high, unit, standard}`` mapping as a Tolerance."""
    return Tolerance(
        low=float(entry["low"]),
        high=float(entry["high"]),
        unit=str(entry["unit"]),
        standard=str(entry["standard"]),
    )


def _calibre(code: str, entry: Mapping[str, Any]) -> Calibre:
    rate = tolerance(entry["rate"]) if entry.get("rate") else None
    return Calibre(
        code=code,
        type=entry["type"],
        movement=entry["movement"],
        winding=entry.get("winding"),
        rate=rate,
        family_rate=None if rate else _family_rate(code),
        power_reserve_h=_number(entry.get("power_reserve_h")),
        hand_wind=_hand_wind(code, entry),
        hacking=entry.get("hacking"),
        battery=entry.get("battery"),
        battery_life_years=_number(entry.get("battery_life_years")),
        running_reserve=entry.get("running_reserve"),
        end_indicator=entry.get("end_indicator"),
        note=entry.get("note"),
        confidence=entry["confidence"],
        sources=sources(entry["source"]),
    )


def _family_rate(code: str) -> FamilyRate | None:
    for family in load("calibres")["families"]:
        if re.fullmatch(family["pattern"], code):
            return FamilyRate(
                name=family["name"],
                tolerance=tolerance(family["rate"]),
                confidence=family["confidence"],
                source=sources(family["source"]),
            )
    return None


def _hand_wind(code: str, entry: Mapping[str, Any]) -> bool | None:
    own = entry.get("hand_wind")
    if own is not None or entry["movement"] != "mechanical":
        return None if own is None else bool(own)
    families = load("calibres")["hand_wind_families"]
    if code.startswith(tuple(families["yes"])):
        return True
    if code.startswith(tuple(families["no"])):
        return False
    return None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
