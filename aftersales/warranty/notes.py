"""What stands beside the guarantee: rights under the law, charges, and what a serial can tell."""

from collections.abc import Collection
from datetime import date

from aftersales.knowledge import KnowledgeError
from aftersales.lines import Line
from aftersales.warranty.book import clause
from aftersales.warranty.evidence import UNKNOWN, Evidence
from aftersales.warranty.numbers import candidate_years, proposals
from aftersales.warranty.periods import Span
from aftersales.watches import find_calibre

_SEVEN, _FIFTEEN = 7, 15
#: Channels to which the seller's duties under Chinese law do not simply apply.
_NO_SELLER_HERE = frozenset({"second_hand", "haigou"})


def notes_for(
    evidence: Evidence, span: Span | None, lines: Collection[str], kind: str, today: date
) -> tuple[Line, ...]:
    """The remarks that belong to a verdict, the most pressing first.

    Args:
        evidence: the facts.
        span: days on which the watch may have been bought.
        lines: groups of lines it may belong to.
        kind: the verdict's kind.
        today: the customer's calendar day.
    """
    names = _rights(evidence, span, today)
    if kind == "not_covered":
        names.append("statutory")
    if evidence.channel in ("second_hand", "haigou", "gift"):
        names.append(evidence.channel)
    if set(lines) <= {"gs", "credor"} and evidence.cause != "magnetism":
        names.append("magnetism_gs")
    if evidence.market in (None, UNKNOWN) and kind == "covered":
        names.append("jp_card")
    if _has_cell(evidence) and evidence.cause != "battery":
        names.append("battery")
    if evidence.registered:
        names.append("registered")
    if kind != "not_covered":
        names.append("statutory")
    made = _made_after(evidence, span, today)
    said = [clause("notes", "made_after", serial=evidence.serial)] if made else []
    said += [clause("notes", name) for name in names]
    said += _misread(evidence)
    if evidence.serial and not made:
        said.append(clause("notes", "production"))
    return tuple(said)


def _rights(evidence: Evidence, span: Span | None, today: date) -> list[str]:
    """7 and 15 days, only where a seller in the mainland is possible."""
    if span is None or span.first > today:
        return []
    if evidence.market not in (None, UNKNOWN, "cn") or evidence.channel in _NO_SELLER_HERE:
        return []
    # A vague date counts from its earliest day: better say too little than promise a lapsed right.
    days = (today - span.first).days
    names = [evidence.repairs] if evidence.repairs else []
    if days <= _SEVEN:
        names.append("sanbao7")
        if evidence.channel == "online":
            names.append("online7")
    elif days <= _FIFTEEN:
        names.append("sanbao15")
    if days <= _FIFTEEN:
        names.append("from_delivery")
    return names


def _has_cell(evidence: Evidence) -> bool:
    """Whether the calibre is known to run on a cell."""
    if evidence.calibre is None:
        return False
    try:
        known = find_calibre(evidence.calibre)
    except (KnowledgeError, KeyError):
        return False
    return known is not None and known.movement in ("quartz", "hybrid")


def _misread(evidence: Evidence) -> list[Line]:
    """A calibre nobody knows that looks like a known one: proposed, never put in its place."""
    guesses = proposals(evidence.calibre) if evidence.calibre else ()
    if len(guesses) != 1:
        return []
    return [clause("notes", "misread", code=evidence.calibre, guess=guesses[0])]


def _made_after(evidence: Evidence, span: Span | None, today: date) -> bool:
    """Whether every reading of the serial lies after the purchase, so that one of them is wrong."""
    if evidence.serial is None or span is None:
        return False
    made = candidate_years(evidence.serial, evidence.calibre, today.year)
    # A production span of low confidence may narrow a decade, but it accuses nobody.
    if made is None or not made.years or made.confidence == "low":
        return False
    bought = (span.last.year, span.last.month)
    return all((year, made.month) > bought for year in made.years)
