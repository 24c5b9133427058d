"""Readings of a watch, and the rate that two of them, or one sentence, tell.

A reading is how far the watch was ahead of the true time at a known moment. A dial does not say
whether it is morning or evening, so a reading means the nearest of the two: within six hours.
"""

import math
import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aftersales.clock import require_utc
from aftersales.knowledge import load
from aftersales.language import normalise
from aftersales.language.rates import find_rates, parse_offset

HALF_DAY = 43200.0
DAY = 86400.0
#: 95 % of a normal distribution lie within this many standard deviations.
Z95 = 1.959964


class ReadingsError(ValueError):
    """Two readings from which no rate follows: the second is not later than the first."""


@dataclass(frozen=True)
class Reading:
    """One look at the watch.

    Attributes:
        at: the true moment, aware, UTC.
        offset_s: seconds the watch was ahead (behind: negative), modulo twelve hours.
        half_width_s: it may be this many seconds off either way.
    """

    at: datetime
    offset_s: float
    half_width_s: float = 1.0

    @property
    def sigma_s(self) -> float:
        """Standard deviation in seconds, the error being anywhere within the half width."""
        return self.half_width_s / math.sqrt(3)


@dataclass(frozen=True)
class Estimate:
    """A rate and where it lies with 95 % confidence; seconds per day, positive = fast."""

    rate: float
    low: float
    high: float
    days: float = 1.0
    count: int = 1

    @property
    def half(self) -> float:
        """Half the width of the interval, seconds per day."""
        return (self.high - self.low) / 2


def nearest(seconds: float) -> float:
    """A difference of two dials, seconds, as the nearest one: from -6 h to below +6 h."""
    return (seconds + HALF_DAY / 2) % HALF_DAY - HALF_DAY / 2


def read_watch(watch_second: float, true: datetime, half_width_s: float = 1.0) -> Reading:
    """Make a reading of what the dial showed at a true moment.

    Args:
        watch_second: seconds since midnight on the dial; morning or evening does not matter.
        true: the true moment, aware.
        half_width_s: how far off the reading may be: ±1 s at a minute's start, ±30 s when only
            minutes were read.

    Raises:
        ValueError: the moment is naive, or a number is not finite.
    """
    if not (math.isfinite(watch_second) and math.isfinite(half_width_s) and half_width_s > 0):
        raise ValueError("a reading needs finite seconds and a positive half width")
    local = require_utc(true).astimezone(ZoneInfo(load("rate_diary")["time_zone"]))
    second = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
    return Reading(require_utc(true), nearest(watch_second - second), half_width_s)


def rate_between(first: Reading, second: Reading) -> Estimate:
    """The rate that two readings tell, with a 95 % interval.

    Raises:
        ReadingsError: the second reading is not later than the first.
    """
    days = (second.at - first.at).total_seconds() / DAY
    if days <= 0:
        raise ReadingsError("the second reading must be later than the first")
    rate = nearest(second.offset_s - first.offset_s) / days
    # Never wider than what the two half widths allow at all.
    half = min(
        Z95 * math.hypot(first.sigma_s, second.sigma_s), first.half_width_s + second.half_width_s
    )
    return Estimate(rate, rate - half / days, rate + half / days, days, 2)


def rate_said(text: str) -> Estimate | None:
    """The rate one sentence tells ("一天快30秒"), as exact as its words are.

    A range is taken as said; "30秒" is good to five seconds, "12秒" to one, minutes to half a
    minute, all divided by the days they were seen over.

    Returns:
        The estimate in seconds per day, or None when the sentence tells no rate.
    """
    plain = normalise(text)
    rates = find_rates(plain)
    if not rates:
        return None
    rate = rates[0]
    if rate.low is not None and rate.high is not None:
        return Estimate(rate.value, rate.low, rate.high)
    half = rounding(plain[rate.offset[0] : rate.offset[1]], rate.value)
    return Estimate(rate.value, rate.value - half, rate.value + half)


def rounding(words: str, rate: float) -> float:
    """How exact a spoken rate is, ± seconds per day: nobody says 30 and means 29.6.

    Args:
        words: the gain or loss as said, such as "快30秒" or "慢两分钟".
        rate: what it comes to, seconds per day; the exactness shrinks with the period.
    """
    amount = abs(parse_offset(words) or 0.0)
    if re.search(str(load("rate_diary")["minute_words"]), words):
        step = 30.0 if amount % 60 == 0 else 5.0
    else:
        step = 5.0 if amount >= 10 and amount % 10 == 0 else 1.0
    days = amount / abs(rate) if rate else 1.0
    return step / days if days else step
