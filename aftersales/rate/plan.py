"""The rest-position plan: which position for the night brings the day's sum nearest to zero.

A watch worn ``h`` hours at its worn rate and resting the others in one position gains in a day
``worn * h/24 + rest * (24-h)/24`` seconds. No position is slow for every watch: only the rates of
this very watch count.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

DAY_H = 24.0


@dataclass(frozen=True)
class Outcome:
    """One position for the night and what a day comes to, seconds per day.

    Attributes:
        position: where the watch rests.
        total: expected gain of the whole day.
        half: the gain may be this much more or less (95 %).
        worn_part: gained on the wrist.
        rest_part: gained at rest.
    """

    position: str
    total: float
    half: float
    worn_part: float
    rest_part: float


@dataclass(frozen=True)
class Plan:
    """The best position first, then the others by their distance from zero."""

    hours_worn: float
    outcomes: tuple[Outcome, ...]

    @property
    def best(self) -> Outcome:
        """The position to choose."""
        return self.outcomes[0]

    @property
    def worst(self) -> Outcome:
        """The position furthest from zero."""
        return self.outcomes[-1]


def rest_plan(
    worn_rate: float,
    hours_worn: float,
    rates: Mapping[str, float],
    worn_half: float = 0.0,
    rest_halves: Mapping[str, float] | None = None,
) -> Plan:
    """Choose the position for the hours off the wrist.

    Args:
        worn_rate: s/day on the wrist, positive = fast.
        hours_worn: hours a day on the wrist, 0 to 24.
        rates: position -> s/day at rest there.
        worn_half: the worn rate may be off by this much (95 %), s/day.
        rest_halves: the same per position.

    Raises:
        ValueError: no position, hours outside a day, or a rate that is no finite number.
    """
    numbers = [worn_rate, hours_worn, worn_half, *rates.values()]
    if not rates or not all(math.isfinite(number) for number in numbers):
        raise ValueError("a plan needs at least one position and finite rates")
    if not 0 <= hours_worn <= DAY_H:
        raise ValueError(f"a day has no {hours_worn} hours")
    on, off = hours_worn / DAY_H, 1 - hours_worn / DAY_H
    outcomes = []
    for position, rate in rates.items():
        half = math.hypot(worn_half * on, (rest_halves or {}).get(position, 0.0) * off)
        outcomes.append(
            Outcome(position, worn_rate * on + rate * off, half, worn_rate * on, rate * off)
        )
    # Equal sums: the position whose own rate is gentler.
    outcomes.sort(key=lambda one: (abs(one.total), abs(one.rest_part)))
    return Plan(hours_worn, tuple(outcomes))
