"""The lines of an estimate."""

from collections.abc import Sequence
from typing import NamedTuple

from aftersales.knowledge import load

MOST_LINES = 40
MOST_QUANTITY = 999
MOST_FEN = 100_000_000  # a million yuan: more is a slip of the keyboard
LONGEST_LABEL = 100


class Item(NamedTuple):
    """One line: ``kind`` is part, labour or postage; the price of one in fen."""

    kind: str
    label: str
    quantity: int
    unit_fen: int

    @property
    def fen(self) -> int:
        """Quantity times unit price, in fen."""
        return self.quantity * self.unit_fen


class LinesUnusable(ValueError):
    """The lines make no estimate; the message says which line and why."""


def kinds() -> list[str]:
    """Return what a line may be: ``part``, ``labour``, ``postage``."""
    return list(load("estimates")["kinds"])


def total_fen(items: Sequence[Item]) -> int:
    """Return what the lines add up to, in fen.

    Raises:
        LinesUnusable: no line or too many, an unknown kind, an empty or long label, a quantity or
            price out of bounds.
    """
    if not 0 < len(items) <= MOST_LINES:
        raise LinesUnusable(f"1 to {MOST_LINES} lines are expected, not {len(items)}")
    for number, item in enumerate(items, 1):
        problem = _problem(item)
        if problem:
            raise LinesUnusable(f"line {number}: {problem}")
    total = sum(item.fen for item in items)
    if total > MOST_FEN:
        raise LinesUnusable(f"the total is more than {MOST_FEN} fen")
    return total


def _problem(item: Item) -> str | None:
    if item.kind not in kinds():
        return f"the kind is one of {', '.join(kinds())}, not {item.kind!r}"
    if not 0 < len(item.label.strip()) <= LONGEST_LABEL:
        return f"the label has 1 to {LONGEST_LABEL} characters"
    if type(item.quantity) is not int or not 0 < item.quantity <= MOST_QUANTITY:
        return f"the quantity is a whole number from 1 to {MOST_QUANTITY}"
    if type(item.unit_fen) is not int or not 0 <= item.unit_fen <= MOST_FEN:
        return f"the unit price is whole fen from 0 to {MOST_FEN}"
    return None
