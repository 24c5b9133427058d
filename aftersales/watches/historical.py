"""The rule of the source page: "these eleven codes are mechanical, all others are quartz".

It describes what was sold around the year 2000. It is kept under its name, so that somebody who
has read it gets an answer, and it is never used to decide anything.
"""

from dataclasses import dataclass

from aftersales.knowledge import load
from aftersales.lines import Line, line
from aftersales.watches.calibre import code_of, find_calibre


@dataclass(frozen=True)
class HistoricalRule:
    """What the old rule says of one code, and whether the table agrees.

    Attributes:
        code: the calibre code asked about.
        says: ``mechanical`` or ``quartz``: the old rule knows nothing else.
        known: the movement in our table, or None.
        outdated: the table knows better.
        line: the sentence for the customer.
    """

    code: str
    says: str
    known: str | None
    outdated: bool
    line: Line


def historical_rule(code: str) -> HistoricalRule | None:
    """Apply the source page's rule and hold the table against it.

    Args:
        code: a calibre code.

    Returns:
        The comparison, or None when the text is no calibre code.
    """
    four = code_of(code)
    if four is None:
        return None
    says = "mechanical" if four in load("calibres")["historical_rule"]["codes"] else "quartz"
    calibre = find_calibre(four)
    known = calibre.movement if calibre else None
    outdated = known is not None and known != says
    texts = load("identify")
    entry = texts["old_rule"]["outdated" if outdated else "agrees" if known else "unknown"]
    values = {
        "code": four,
        "says": texts["movements"][says]["name"],
        "known": texts["movements"][known]["name"] if known else "",
    }
    return HistoricalRule(four, says, known, outdated, line(entry, values))
