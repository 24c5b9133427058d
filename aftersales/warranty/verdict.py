"""The verdict: covered, not covered or cannot say, with every reason and what is missing.

Computed afresh at each asking and from the evidence alone: same evidence, same day, same verdict.
A void card is never covered, and adding evidence never makes ``missing`` longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aftersales.lines import Line
from aftersales.warranty.book import book, cited, clause, entry_line
from aftersales.warranty.evidence import UNKNOWN, VOID_CARDS, Evidence
from aftersales.warranty.notes import notes_for
from aftersales.warranty.numbers import compare, is_pair
from aftersales.warranty.periods import Standing, groups, last_day, read_span, standing

#: Chargeable whatever the card says.
EXCLUDED = frozenset({"battery", "strap", "scratches"})
#: Whether these are free depends on what inspection finds.
UNCLEAR = frozenset({"water", "shock", "opened_elsewhere", "magnetism"})
_RULES_TOLD = 2


@dataclass(frozen=True)
class Verdict:
    """What may be said about one watch's guarantee today.

    Attributes:
        kind: ``covered``, ``not_covered`` or ``cannot_say``; also ``covered`` is only likely.
        summary: the answer in one sentence.
        reasons: the rules that count, the decisive one first, each with its source.
        missing: what the customer could still tell or look up.
        notes: rights and charges that stand beside the guarantee.
        papers: what to bring.
        likely_class: repair class ``A`` charged, ``B`` contract, ``C`` free; None = open. Always
            preliminary, inspection decides.
        would_change: what would change the verdict.
    """

    kind: str
    summary: Line
    reasons: tuple[Line, ...]
    missing: tuple[Line, ...]
    notes: tuple[Line, ...]
    papers: tuple[Line, ...]
    likely_class: str | None
    would_change: tuple[Line, ...]


@dataclass(frozen=True)
class _Findings:
    """The evidence, weighed; ``late`` = surely more than a year after the purchase."""

    evidence: Evidence
    standing: Standing | None
    lines: tuple[str, ...]
    numbers: str
    late: bool

    @property
    def zone(self) -> str:
        return self.standing.zone if self.standing is not None else UNKNOWN


def verdict(evidence: Evidence, today: date) -> Verdict:
    """Judge what is known, however little it is.

    Args:
        evidence: the facts.
        today: the customer's calendar day.
    """
    bought = evidence.purchase_date
    span = None if bought in (None, UNKNOWN) else read_span(str(bought))
    lines = _groups(evidence)
    found = _Findings(
        evidence,
        standing(span, evidence.market, lines, today),
        lines,
        _numbers(evidence),
        late=span is not None and today > last_day(span.last, 1),
    )
    kind, summary = _judged(found)
    return Verdict(
        kind=kind,
        summary=entry_line("summaries", summary),
        reasons=_reasons(found),
        missing=() if kind == "not_covered" else _missing(found),
        notes=notes_for(evidence, span, lines, kind, today),
        papers=_papers(evidence, kind),
        likely_class=_class(evidence, kind),
        would_change=_would_change(found),
    )


def _groups(evidence: Evidence) -> tuple[str, ...]:
    """The lines the watch may belong to, by every code given.

    Codes that contradict each other leave the shortest period: so a further code never lengthens
    it, and the verdict never asks for more because more was told.
    """
    pairs = filter(is_pair, (evidence.numbers_watch, evidence.numbers_card))
    codes = [*(str(pair)[:4] for pair in pairs), *([evidence.calibre] if evidence.calibre else [])]
    found = [groups(evidence.line, code) for code in codes] or [groups(evidence.line, None)]
    narrow = [each for each in found if len(each) == 1]
    return max(narrow or found, key=lambda each: each == (book()["default_line"],))


def _numbers(evidence: Evidence) -> str:
    """``match``, ``mismatch``, ``lookalike`` or ``unknown``."""
    watch, card = evidence.numbers_watch, evidence.numbers_card
    if card in ("match", "mismatch"):
        return str(card)
    if watch is not None and is_pair(card):
        return compare(watch, str(card))
    return UNKNOWN


def _judged(found: _Findings) -> tuple[str, str]:
    """The kind and the name of the summary; what rules free repair out is looked at first."""
    evidence = found.evidence
    if evidence.card == "lost":
        return "not_covered", "card_lost"
    if evidence.card in VOID_CARDS:
        return "not_covered", "card_void"
    if found.numbers == "mismatch":
        return "not_covered", "numbers_mismatch"
    if found.zone == "out":
        return "not_covered", "expired"
    if evidence.cause in EXCLUDED:
        return "not_covered", "excluded"
    if evidence.market == "jp":
        return "cannot_say", "abroad_jp_late" if found.late else "abroad_jp"
    if found.zone == "edge":
        return "cannot_say", "edge"
    if found.zone == "local":
        return "cannot_say", "cn_after_year" if evidence.market == "cn" else "extended"
    if found.zone != "world" or evidence.card not in ("complete", "electronic"):
        return "cannot_say", "need_more"
    if found.numbers != "match":
        return "cannot_say", "numbers_unclear"
    if evidence.cause in UNCLEAR:
        return "cannot_say", "unclear_cause"
    if _unplaced(evidence):
        return "cannot_say", "abroad_jp"
    return "covered", "covered_cn" if evidence.market == "cn" else "covered"


def _unplaced(evidence: Evidence) -> bool:
    """Bought abroad, nobody knows where: the card may be one for Japan only."""
    return evidence.channel == "haigou" and evidence.market in (None, UNKNOWN)


def _reasons(found: _Findings) -> tuple[Line, ...]:
    evidence = found.evidence
    decisive: list[Line] = []
    others: list[Line] = []
    if evidence.card not in (None, UNKNOWN):
        void = evidence.card in VOID_CARDS
        (decisive if void else others).append(clause("reasons", f"card_{evidence.card}"))
    numbers = _number_reason(found)
    if numbers is not None:
        (decisive if found.numbers == "mismatch" else others).append(numbers)
    if evidence.cause is not None:
        excluded = evidence.cause in EXCLUDED
        (decisive if excluded else others).append(clause("reasons", f"cause_{evidence.cause}"))
    return (*decisive, *_period_reasons(found), *others)


def _period_reasons(found: _Findings) -> list[Line]:
    evidence, where = found.evidence, found.standing
    one_market = evidence.market not in (None, UNKNOWN)
    rules = [cited(r) for r in (where.rules if where and one_market else ())][:_RULES_TOLD]
    if where is None:
        return [clause("reasons", "period_world_jp")] if evidence.market == "jp" else []
    if where.zone == "future":
        return [clause("reasons", "date_future")]
    if where.zone == "out":
        said = clause("reasons", "period_out", end=_day(where.end), years=where.years)
        return [said, *rules[:1]]
    if where.zone == "world":
        said = clause("reasons", "period_world", end=_day(where.end))
        return [said, *(rules[:1] if evidence.market == "cn" else [])]
    lines = [clause("reasons", "period_edge")] if where.zone == "edge" else []
    if evidence.market == "jp":
        world = [] if found.late else [clause("reasons", "period_world_jp")]
        return [*lines, *rules, *world]
    if one_market:
        return [*lines, *rules]
    if where.zone == "local":
        lines.append(clause("reasons", "extended"))
    return lines


def _number_reason(found: _Findings) -> Line | None:
    evidence = found.evidence
    if found.numbers == "lookalike":
        return clause(
            "reasons",
            "numbers_lookalike",
            watch=evidence.numbers_watch,
            card=evidence.numbers_card,
        )
    if found.numbers != UNKNOWN:
        return clause("reasons", f"numbers_{found.numbers}")
    if evidence.numbers_problem:
        return clause("reasons", "numbers_incomplete", given=evidence.numbers_problem)
    return None


def _missing(found: _Findings) -> tuple[Line, ...]:
    """What is not known; each item depends on its own fact only, so the list can only shrink."""
    evidence = found.evidence
    names = []
    if found.standing is None or found.zone == "future":
        names.append("purchase_date")
    if evidence.card in (None, UNKNOWN):
        names.append("card")
    if found.numbers in (UNKNOWN, "lookalike"):
        names.append("numbers")
    if evidence.market in (None, UNKNOWN) and found.zone != "world":
        names.append("market")
    return tuple(entry_line("missing", name) for name in names)


def _papers(evidence: Evidence, kind: str) -> tuple[Line, ...]:
    if kind == "not_covered":
        return (entry_line("papers", "paid"),)
    card = "electronic" if evidence.card == "electronic" else "card"
    return (entry_line("papers", card), entry_line("papers", "invoice"))


def _class(evidence: Evidence, kind: str) -> str | None:
    if kind == "covered":
        return "C"
    if evidence.channel == "contract":
        return "B"
    return "A" if kind == "not_covered" else None


def _would_change(found: _Findings) -> tuple[Line, ...]:
    evidence, zone = found.evidence, found.zone
    names: list[str] = []
    if evidence.card == "lost":
        names.append("find_card")
    elif evidence.card in VOID_CARDS:
        names.append("ask_shop")
    if found.numbers in ("mismatch", "lookalike"):
        names.append("check_numbers")
    if zone == "edge":
        names.append("exact_date")
    if zone in ("out", "local"):
        names.append("longer_card")
    if zone == "local" and len(found.lines) > 1:
        names.append("line")
    if evidence.market == "jp" or _unplaced(evidence):
        names.append("world_card")
    if evidence.cause in UNCLEAR:
        names.append("inspection")
    return _said(names)


def _said(names: Sequence[str]) -> tuple[Line, ...]:
    return tuple(entry_line("would_change", name) for name in names)


def _day(day: date | None) -> str:
    """A day as the customer reads it."""
    if day is None:
        return ""
    return str(book()["date"]).format(y=day.year, m=day.month, d=day.day)
