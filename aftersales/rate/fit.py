"""A straight line through readings: the rate by weighted least squares, with its interval.

Two sources of doubt are kept apart. How well a reading can be taken is known beforehand and gives
the formal interval. How much the watch wanders from day to day is only seen in the scatter around
the line; from four readings on the scatter has its say, with Student's t. With three it has one
degree of freedom and tells nothing reliable, so it may only widen the interval by its size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from aftersales.rate.readings import DAY, Z95, Estimate, Reading, ReadingsError, nearest

# 97.5 % quantiles of Student's t for 2, 3, ... degrees of freedom; later ones are close to Z95.
_T = (4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
      2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086)  # fmt: skip


@dataclass(frozen=True)
class Fit:
    """A line through readings.

    Attributes:
        estimate: the rate with its 95 % interval, seconds per day.
        start_s: offset of the line at the first reading, seconds.
        offsets_s: the readings' offsets laid end to end, so that a dial's turn is no jump.
        scattered: the points lie further from the line than reading them explains.
    """

    estimate: Estimate
    start_s: float
    offsets_s: tuple[float, ...]
    scattered: bool

    @property
    def drift_s(self) -> float:
        """Seconds gained (lost: negative) from the first reading to the last."""
        return self.offsets_s[-1] - self.offsets_s[0]


def unwrapped(readings: Sequence[Reading]) -> tuple[float, ...]:
    """Offsets in seconds, each within six hours of the one before it."""
    offsets: list[float] = []
    for reading in readings:
        last = offsets[-1] if offsets else 0.0
        offsets.append(last + nearest(reading.offset_s - last) if offsets else reading.offset_s)
    return tuple(offsets)


def fit(readings: Sequence[Reading]) -> Fit:
    """Fit a line to readings, oldest first.

    Raises:
        ReadingsError: fewer than two readings, or their moments do not go forward.
    """
    if len(readings) < 2:
        raise ReadingsError("a rate needs two readings")
    start = readings[0].at
    days = [(one.at - start).total_seconds() / DAY for one in readings]
    if any(later <= earlier for earlier, later in zip(days, days[1:], strict=False)):
        raise ReadingsError("each reading must be later than the one before")
    offsets = unwrapped(readings)
    weights = [1 / one.sigma_s**2 for one in readings]
    total = sum(weights)
    mean_day = sum(w * t for w, t in zip(weights, days, strict=True)) / total
    mean = sum(w * y for w, y in zip(weights, offsets, strict=True)) / total
    spread = sum(w * (t - mean_day) ** 2 for w, t in zip(weights, days, strict=True))
    rate = (
        sum(w * (t - mean_day) * (y - mean) for w, t, y in zip(weights, days, offsets, strict=True))
        / spread
    )
    level = mean - rate * mean_day
    misfit = sum(
        w * (y - level - rate * t) ** 2 for w, t, y in zip(weights, days, offsets, strict=True)
    )
    half, scattered = _half(1 / math.sqrt(spread), misfit, len(readings) - 2)
    if len(readings) == 2:
        # Never wider than what the two half widths allow at all.
        half = min(half, (readings[0].half_width_s + readings[1].half_width_s) / days[-1])
    estimate = Estimate(rate, rate - half, rate + half, days[-1], len(readings))
    return Fit(estimate, level, offsets, scattered)


def _half(error: float, misfit: float, freedom: int) -> tuple[float, bool]:
    formal = Z95 * error
    if freedom < 1:
        return formal, False
    ratio = math.sqrt(misfit / freedom)
    if freedom == 1:
        return formal * max(1.0, ratio), ratio > 2
    quantile = _T[freedom - 2] if freedom - 2 < len(_T) else Z95
    return max(formal, quantile * error * ratio), ratio > 2
