"""One thing found in a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """A named value and where it stands in the normalised text.

    Attributes:
        name: One of the contract's entity names, such as ``rate_s_per_day``.
        value: The contract's value: text, or a float for rates (s/day, fast positive) and CNY.
        start: First character in the normalised text.
        end: One past the last character.
        text: The raw words, ``normalised[start:end]``.
        low: Lower bound when the words give a range ("七八分钟"), else None.
        high: Upper bound, else None.
    """

    name: str
    value: str | float
    start: int
    end: int
    text: str
    low: float | None = None
    high: float | None = None
