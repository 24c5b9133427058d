"""Judge a rate: within, outside or far outside what this very calibre may do.

A figure is only ever compared with a figure of the same kind: the calibre's own tolerance, else
its family's usual one, else the general one of its kind of movement. A mechanical calibre without
a figure gets none: there is no general tolerance for mechanical watches.
"""

import math
from dataclasses import dataclass

from aftersales.knowledge import load
from aftersales.rate.words import Words, phrase
from aftersales.watches.calibre import Calibre, Tolerance, tolerance

# Two hours a day: such a watch is not mis-regulated, the measurement went wrong.
IMPLAUSIBLE_S_PER_DAY = 7200.0
DAYS = {"s/day": 1.0, "s/month": 30.0, "s/year": 365.0}
# Rates arrive rounded to a hundredth of a second per day ("一个月快15秒" -> 0.5), so a value on
# the limit may come back a little above it.
_ROUNDING_S_PER_DAY = 0.005


@dataclass(frozen=True)
class RateVerdict:
    """A rate held against a tolerance.

    Attributes:
        kind: ``within``, ``outside``, ``far_outside``, ``no_figure`` or ``implausible``.
        rate: seconds per day, positive = fast.
        unit: the unit to speak in: ``s/day``, ``s/month`` or ``s/year``.
        shown: the rate in that unit.
        per_month: seconds in 30 days.
        per_year: seconds in 365 days.
        tolerance: what it was compared with, or None.
        basis: ``own`` (this calibre), ``family``, ``generic`` (kind of movement) or None.
        uncertain: the rate was given as a range that crosses a limit.
        say: the sentences for the customer.
        say_desk: the sentences for the agent.
        source: pages of the tolerance.
    """

    kind: str
    rate: float
    unit: str
    shown: float
    per_month: float
    per_year: float
    tolerance: Tolerance | None
    basis: str | None
    uncertain: bool
    say: str
    say_desk: str
    source: tuple[str, ...]


def judge(
    rate_s_per_day: float,
    calibre: Calibre | None = None,
    movement: str | None = None,
    low: float | None = None,
    high: float | None = None,
    *,
    measured: bool = False,
) -> RateVerdict:
    """Judge how fast or slow a watch runs.

    Args:
        rate_s_per_day: seconds per day, positive = fast.
        calibre: from ``find_calibre``, or None when unknown.
        movement: the contract's movement, used when the calibre is unknown.
        low: lower bound of the rate when it was given as a range, seconds per day.
        high: upper bound, seconds per day.
        measured: from a rate diary, so that nobody is asked to start measuring.

    Raises:
        ValueError: the rate or a bound is not a finite number.
    """
    for value in (rate_s_per_day, low, high):
        if value is not None and not math.isfinite(value):
            raise ValueError(f"a rate is a finite number of seconds per day, not {value}")
    kind_of = calibre.movement if calibre else movement
    limit, basis, source = _limit(calibre, kind_of)
    unit = limit.unit if limit else _natural_unit(kind_of, rate_s_per_day)
    kind = _kind(rate_s_per_day, limit)
    shown = _shown(rate_s_per_day, limit, unit)
    uncertain = kind != "implausible" and _crosses(low, high, limit)
    words = phrase(
        Words(kind=kind, basis=basis, unit=unit, shown=shown, limit=limit, calibre=calibre,
              movement=kind_of, uncertain=uncertain, rate=rate_s_per_day, measured=measured)
    )  # fmt: skip
    return RateVerdict(
        kind=kind,
        rate=rate_s_per_day,
        unit=unit,
        shown=shown,
        per_month=rate_s_per_day * DAYS["s/month"],
        per_year=rate_s_per_day * DAYS["s/year"],
        tolerance=limit,
        basis=basis,
        uncertain=uncertain,
        say=words.say,
        say_desk=words.say_desk,
        source=source or words.source,
    )


def _limit(
    calibre: Calibre | None, movement: str | None
) -> tuple[Tolerance | None, str | None, tuple[str, ...]]:
    if calibre and calibre.rate:
        return calibre.rate, "own", calibre.sources
    if calibre and calibre.family_rate:
        return calibre.family_rate.tolerance, "family", calibre.family_rate.source
    general = load("calibres")["generic"].get(movement) if movement else None
    if general:
        return tolerance(general), "generic", tuple(general["source"])
    return None, None, ()


def _natural_unit(movement: str | None, rate: float) -> str:
    """Mechanical watches are spoken of per day; of an unknown one the size of the rate tells."""
    if movement is None:
        return "s/month" if 0 < abs(rate) < 1 else "s/day"
    return "s/day" if movement == "mechanical" else "s/month"


def _kind(rate: float, limit: Tolerance | None) -> str:
    if abs(rate) > IMPLAUSIBLE_S_PER_DAY:
        return "implausible"
    if limit is None:
        return "no_figure"
    value, slack = rate * DAYS[limit.unit], _slack(limit.unit)
    if limit.low - slack <= value <= limit.high + slack:
        return "within"
    width = (limit.high - limit.low) * float(load("rate")["far_factor"])
    if limit.low - width - slack <= value <= limit.high + width + slack:
        return "outside"
    return "far_outside"


def _shown(rate: float, limit: Tolerance | None, unit: str) -> float:
    value, slack = rate * DAYS[unit], _slack(unit)
    if limit and limit.low - slack <= value <= limit.high + slack:
        # Inside by the rounding only: speak of the limit, not of a number that contradicts it.
        return min(max(value, limit.low), limit.high)
    return value


def _crosses(low: float | None, high: float | None, limit: Tolerance | None) -> bool:
    if low is None or high is None or limit is None:
        return False
    kinds = {_kind(low, limit) == "within", _kind(high, limit) == "within"}
    return len(kinds) == 2


def _slack(unit: str) -> float:
    return _ROUNDING_S_PER_DAY * DAYS[unit] + 1e-9
