"""Small arithmetic the reports share: shares and the spread of durations."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """How long something took: how many, the middle one, and the one nine tenths stay below.

    Both figures are None when there is nothing to measure.
    """

    count: int
    median: float | None
    p90: float | None


def spread(values: Sequence[float]) -> Spread:
    """Return the spread of some durations.

    The 90th percentile is the nearest rank: a duration that really occurred, never one in between.
    """
    if not values:
        return Spread(0, None, None)
    ordered = sorted(values)
    return Spread(
        count=len(ordered),
        median=statistics.median(ordered),
        p90=ordered[math.ceil(0.9 * len(ordered)) - 1],
    )


def share(part: int, whole: int) -> float | None:
    """Return a part of a whole from 0 to 1; None when there is no whole."""
    return part / whole if whole else None
