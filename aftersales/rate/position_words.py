"""Rates per position out of one sentence: 面上快10秒，表冠朝上慢5秒，白天快8秒."""

import re
from dataclasses import dataclass, field

from aftersales.knowledge import load
from aftersales.language import hours, normalise, parse_offset
from aftersales.language.positions import positions
from aftersales.rate.plan import DAY_H
from aftersales.rate.readings import rounding

WORN = "worn"
_FULL, _RUN_DOWN = "full", "run_down"
_STOPS = " ,，、;；。"
_ENDS_IN_NUMBER = re.compile(r"\d[ ,，、;；。]*$")
_NUMBER = re.compile(
    r"^\s*[:=是为]?\s*(?P<number>[+-]?\d{1,4}(?:\.\d{1,2})?)\s*(?=$|[,，、;；。\s])"
)


@dataclass(frozen=True)
class PositionReport:
    """What a sentence says of a watch in its positions; s/day, positive = fast.

    Attributes:
        rates: position -> rate.
        halves: position (or ``worn``) -> how exact the words are, ± s/day.
        worn: the rate on the wrist, or None.
        hours_worn: hours a day on the wrist, or None.
        full: the rate fully wound, or None.
        run_down: the rate when nearly run down, or None.
        day_later: the second of the two was read 24 hours after full winding.
        night_h: hours of the night the figures were said of, which made them rates; else None.
    """

    rates: dict[str, float] = field(default_factory=dict)
    halves: dict[str, float] = field(default_factory=dict)
    worn: float | None = None
    hours_worn: float | None = None
    full: float | None = None
    run_down: float | None = None
    day_later: bool = False
    night_h: float | None = None


def position_rates(text: str) -> PositionReport:
    """Read the rates a sentence gives per position; a rate belongs to the position before it."""
    plain = normalise(text)
    marks = _marks(plain)
    found: dict[str, float] = {}
    halves: dict[str, float] = {}
    for index, (_, end, name) in enumerate(marks):
        until = marks[index + 1][0] if index + 1 < len(marks) else len(plain)
        piece = plain[end:until]
        value = _rate(piece)
        if value is not None and name not in found:
            found[name] = value
            halves[name] = rounding(piece, value)
    worn_h = _hours_worn(plain)
    rates = {k: v for k, v in found.items() if k not in (WORN, _FULL, _RUN_DOWN)}
    night_h = None
    if re.search(str(load("positions")["per_night"]), plain):
        night_h = DAY_H - (worn_h or float(load("positions")["plan"]["hours_worn"]))
        rates = {name: rate * DAY_H / night_h for name, rate in rates.items()}
        halves |= {name: halves[name] * DAY_H / night_h for name in rates}
    return PositionReport(
        rates=rates,
        halves=halves,
        worn=found.get(WORN),
        hours_worn=worn_h,
        day_later=re.search(str(load("positions")["day_later"]), plain) is not None,
        night_h=night_h,
        full=found.get(_FULL),
        run_down=found.get(_RUN_DOWN),
    )


def _hours_worn(plain: str) -> float | None:
    """Hours a day on the wrist, from the clause that speaks of wearing."""
    book = load("positions")
    for clause in re.split("[,，;；。]", plain):
        if re.search(str(book["wearing"]), clause):
            worn = hours(re.sub(str(book["per_night"]), " ", clause))
            if worn is not None and 0 < worn < DAY_H:
                return worn
    return None


def _marks(plain: str) -> list[tuple[int, int, str]]:
    """Where the sentence names a position, the wrist, or the state of winding."""
    book = load("positions")
    marks = [(one.start, one.end, str(one.value)) for one in positions(plain)]
    patterns = {**book["words"], _FULL: book["full"], _RUN_DOWN: book["run_down"]}
    for name, pattern in patterns.items():
        for match in re.finditer(str(pattern), plain):
            if not any(start < match.end() and match.start() < end for start, end, _ in marks):
                marks.append((match.start(), match.end(), name))
    return sorted(marks)


def _rate(piece: str) -> float | None:
    plain = _NUMBER.match(piece)  # "12上-3，3上0": a bare number after its position
    if plain:
        return float(plain["number"])
    value = parse_offset(piece)
    if value is None and _ENDS_IN_NUMBER.search(piece):
        # "9上慢55": the unit is understood.
        value = parse_offset(piece.rstrip(_STOPS) + str(load("positions")["unit"]))
    return value
