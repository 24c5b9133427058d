"""反馈给生产部门: which faults which calibre has, the most frequent first.

A fault is, in this order: the cause of ``knowledge/diagnosis.yml`` that the bench chose on the
repair card; one that it named there in its own words (cards from before it could choose); one whose
id is a finding; a symptom of ``knowledge/faults.yml`` that was told; else ``unclassified``. Only
keys of these two files leave: what people wrote stays in the ticket. In words a name counts when it
stands alone between punctuation: 没有受磁 is not 受磁. A ticket merged into another one counts
there.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.faults import cause_key, cause_names
from aftersales.reports.calibres import calibre_name
from aftersales.reports.merged import stands_alone
from aftersales.reports.periods import Period
from aftersales.store.tables import Paper, Ticket, TicketFinding
from aftersales.workshop.papers import REPAIR_CARD

UNCLASSIFIED = "unclassified"
_BETWEEN = re.compile(r"[\s，。；、,.;:：（）()]+")


@dataclass(frozen=True)
class Fault:
    """One fault of one calibre.

    Attributes:
        calibre: four characters, or ``unknown``.
        source: ``cause``, ``symptom`` or ``unclassified``.
        fault: its key in the knowledge file.
        count: repairs opened in the period.
        share: of the calibre's repairs, from 0 to 1.
        cumulative: the shares down to this line.
    """

    calibre: str
    source: str
    fault: str
    count: int
    share: float
    cumulative: float


def fault_pareto(session: Session, period: Period) -> tuple[Fault, ...]:
    """Count the faults; calibres with the most repairs first, within each the most frequent."""
    repairs = session.execute(
        select(Ticket.id, Ticket.calibre).where(
            Ticket.kind == "repair",
            Ticket.created_at >= period.start,
            Ticket.created_at < period.end,
            stands_alone(),
        )
    ).all()
    known = _found(session, period)
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for ticket_id, calibre in repairs:
        found[calibre_name(calibre)][known.get(ticket_id, (UNCLASSIFIED, UNCLASSIFIED))] += 1
    ordered = sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))
    return tuple(line for calibre, counts in ordered for line in _lines(calibre, counts))


def _found(session: Session, period: Period) -> Mapping[int, tuple[str, str]]:
    """What is known of each repair: a finding's symptom, above it a cause, above it the card's."""
    symptoms, ids = _symptoms(), cause_names()
    symptom = knowledge.load("questions")["labels"]["symptom"]["label"]
    in_period = (Ticket.created_at >= period.start, Ticket.created_at < period.end)
    findings = session.execute(
        select(TicketFinding.ticket_id, TicketFinding.label, TicketFinding.value)
        .join(Ticket, Ticket.id == TicketFinding.ticket_id)
        .where(*in_period)
        .order_by(TicketFinding.ticket_id, TicketFinding.position.desc())
    )
    by_symptom: dict[int, tuple[str, str]] = {}
    by_cause: dict[int, tuple[str, str]] = {}
    for ticket_id, label, value in findings:
        if label == symptom and value in symptoms:
            by_symptom[ticket_id] = ("symptom", symptoms[value])
        elif value in ids:
            by_cause[ticket_id] = ("cause", value)
    cards = session.execute(
        select(Paper.ticket_id, Paper.cause, Paper.note)
        .join(Ticket, Ticket.id == Paper.ticket_id)
        .where(Paper.kind == REPAIR_CARD, *in_period)
    )
    for ticket_id, chosen, note in cards:
        named = chosen if chosen in ids else _named(note or "")
        if named is not None:
            by_cause[ticket_id] = ("cause", named)
    return by_symptom | by_cause


def _named(note: str) -> str | None:
    """The first cause that is the whole text, or stands between its punctuation."""
    parts = (note.strip(), *_BETWEEN.split(note))
    return next(filter(None, map(cause_key, parts)), None)


def _symptoms() -> dict[str, str]:
    """Names and keys of the symptoms, both leading to the key."""
    entries = knowledge.load("faults")["symptoms"]
    return {str(entry["name"]): key for key, entry in entries.items()} | {
        key: key for key in entries
    }


def _lines(calibre: str, counts: Counter[tuple[str, str]]) -> Iterable[Fault]:
    total, so_far = counts.total(), 0
    for (source, fault), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        so_far += count
        yield Fault(calibre, source, fault, count, count / total, so_far / total)
