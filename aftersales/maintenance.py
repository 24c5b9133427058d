"""How often a watch should be looked after, by the kind of movement."""

from aftersales.conditions import holds
from aftersales.knowledge import load
from aftersales.lines import Line, line
from aftersales.watches import find_calibre


def lines(movement: str | None = None, calibre: str | None = None) -> list[Line]:
    """What to say about the interval and the daily care.

    Args:
        movement: the contract's movement, or None when unknown.
        calibre: a calibre code; the table's movement wins.

    Returns:
        The interval first (of this movement, or of all when unknown), then what is done, then
        what the owner can do.
    """
    known = find_calibre(calibre) if calibre else None
    facts = {"movement": known.movement if known else movement}
    return [line(item) for item in load("maintenance")["lines"] if holds(item.get("if"), facts)]
