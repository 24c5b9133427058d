"""What rates in several positions tell: mean, spread, flat against upright, limits, signatures.

Rates in s/day, positive = fast. A limit is only named when a page gives one for this calibre;
home figures are compared with workshop limits as a hint and never as a verdict.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aftersales.knowledge import load
from aftersales.lines import sources
from aftersales.watches.calibre import code_of


@dataclass(frozen=True)
class PositionStats:
    """Up to six positions in numbers, s/day.

    Attributes:
        count: how many positions.
        mean: of all.
        spread: fastest minus slowest.
        horizontal: mean of dial up and dial down, or None.
        vertical: mean of the upright positions, or None.
        difference: horizontal minus vertical, or None.
        vertical_spread: fastest minus slowest upright, or None with fewer than two.
    """

    count: int
    mean: float
    spread: float
    horizontal: float | None
    vertical: float | None
    difference: float | None
    vertical_spread: float | None


@dataclass(frozen=True)
class LimitCheck:
    """Rates against the limits a page gives for a calibre.

    Attributes:
        known: a page gives limits for this calibre.
        compared: how many of them the rates could be held against.
        code: the calibre.
        condition: under which the limits hold (full wind, at rest).
        exceeded: positions, ``vertical_spread`` or ``isochronism`` beyond their limit.
        source: the page.
    """

    known: bool
    code: str
    compared: int = 0
    condition: str = ""
    exceeded: tuple[str, ...] = ()
    source: tuple[str, ...] = ()


def is_horizontal(position: str) -> bool:
    """Whether the watch lies flat in this position.

    Raises:
        KeyError: no such position.
    """
    return bool(load("positions")["names"][position]["horizontal"])


def stats(rates: Mapping[str, float]) -> PositionStats:
    """Numbers of up to six positions.

    Args:
        rates: position -> s/day; positions as in ``names`` of knowledge/positions.yml.

    Raises:
        ValueError: no rates at all.
        KeyError: no such position.
    """
    if not rates:
        raise ValueError("no position was measured")
    flat = [rate for name, rate in rates.items() if is_horizontal(name)]
    upright = [rate for name, rate in rates.items() if not is_horizontal(name)]
    horizontal = sum(flat) / len(flat) if flat else None
    vertical = sum(upright) / len(upright) if upright else None
    both = horizontal is not None and vertical is not None
    return PositionStats(
        count=len(rates),
        mean=sum(rates.values()) / len(rates),
        spread=max(rates.values()) - min(rates.values()),
        horizontal=horizontal,
        vertical=vertical,
        difference=(horizontal or 0.0) - (vertical or 0.0) if both else None,
        vertical_spread=max(upright) - min(upright) if len(upright) > 1 else None,
    )


def check_limits(
    rates: Mapping[str, float], calibre: str, isochronism: float | None = None
) -> LimitCheck:
    """Hold rates against the limits found for a calibre.

    Args:
        rates: position -> s/day.
        calibre: the code in any spelling.
        isochronism: run-down rate minus full rate, s/day, or None.
    """
    code = code_of(calibre) or calibre
    entry = _limits(code)
    if entry is None:
        return LimitCheck(False, code)
    absolute: Mapping[str, float] = entry.get("absolute", {})
    # What is held against what; the spread must stay below its limit, the others within it.
    pairs = [(name, abs(rates[name]), most) for name, most in absolute.items() if name in rates]
    across = stats(rates).vertical_spread if rates else None
    if across is not None and "vertical_spread" in entry:
        most = float(entry["vertical_spread"])
        pairs.append(("vertical_spread", math.nextafter(across, math.inf), most))
    if isochronism is not None and "isochronism" in entry:
        pairs.append(("isochronism", abs(isochronism), float(entry["isochronism"])))
    over = tuple(name for name, value, most in pairs if value > most)
    return LimitCheck(
        True, code, len(pairs), str(entry["condition"]), over, sources(entry["source"])
    )


def looks_magnetised(rates: Mapping[str, float], sudden: bool | None = None) -> str | None:
    """Magnetism shortens the hairspring's working length: fast in every position, and evenly.

    Args:
        rates: position -> s/day, at least two.
        sudden: whether it came at once; None when not known.

    Returns:
        ``likely``, ``possible``, or None.
    """
    rule = load("positions")["signatures"]["magnetised"]
    if len(rates) < 2 or sudden is False:
        return None
    found = stats(rates)
    if min(rates.values()) < float(rule["fast_from"]) or found.spread > float(rule["spread_upto"]):
        return None
    return "likely" if sudden else "possible"


def looks_weak(rates: Mapping[str, float], isochronism: float | None = None) -> bool:
    """A weak swing shows as flat and upright far apart, or as losing when nearly run down.

    Args:
        rates: position -> s/day; may be empty.
        isochronism: run-down rate minus full rate, s/day, or None.
    """
    rule = load("positions")["signatures"]["low_amplitude"]
    apart = stats(rates).difference if rates else None
    if apart is not None and abs(apart) >= float(rule["difference_from"]):
        return True
    return isochronism is not None and isochronism <= -float(rule["run_down_from"])


def _limits(code: str) -> Mapping[str, Any] | None:
    entries: list[Mapping[str, Any]] = load("positions")["limits"]
    return next((entry for entry in entries if code in entry["codes"]), None)
