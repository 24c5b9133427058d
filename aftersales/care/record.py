"""The service record of the document, all its fields, out of the tables.

Times come from the ticket's moves, parts and damage from what the workshop wrote down, opinions
from what the customer said.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.faults import cause_text
from aftersales.store import audit, locks
from aftersales.store.tables import Paper, PartUsed, Satisfaction, Ticket

SENT = ("in_service",)
DONE = ("done_on_spot", "awaiting_return", "returned", "archived", "closed")
MOST_CHARS = 2_000


@dataclass(frozen=True)
class ServiceRecord:
    """What the document wants kept of a service; moments are aware UTC, None is "not known"."""

    number: str
    product: str
    fault: str | None
    noticed_at: datetime
    sent_at: datetime | None
    done_at: datetime | None
    parts: tuple[str, ...]
    damage: str | None
    cause_analysis: str | None
    on_product: str | None
    on_service: str | None
    score: int | None


def service_record(session: Session, ticket: Ticket) -> ServiceRecord:
    """Assemble the record of one ticket; for the house, the customer's words are in it."""
    first: dict[str, datetime] = {}
    for move in ticket.moves:
        first.setdefault(move.to_state, move.at)
    opinion = session.scalar(select(Satisfaction).where(Satisfaction.ticket_id == ticket.id))
    parts, worn = _parts(session, ticket)
    code = "-".join(part for part in (ticket.calibre, ticket.case_code) if part)
    return ServiceRecord(
        number=ticket.number,
        product=" ".join(part for part in (ticket.model, code) if part),
        fault=ticket.fault,
        noticed_at=ticket.created_at,
        sent_at=_earliest(first, SENT),
        done_at=_earliest(first, DONE) if not ticket.state == "cancelled" else None,
        parts=parts,
        damage=ticket.damage or "；".join(worn) or None,
        cause_analysis=ticket.cause_analysis or _cause_on_card(session, ticket),
        on_product=opinion.on_product if opinion else None,
        on_service=(opinion.on_service or opinion.comment) if opinion else None,
        score=opinion.score if opinion else None,
    )


def do_record_findings(
    session: Session,
    ticket: Ticket,
    now: datetime,
    who: str,
    damage: str | None = None,
    cause_analysis: str | None = None,
) -> None:
    """Write down what was broken and why, as the bench found it; what is None stays."""
    locks.hold(session, ticket)
    if damage is not None:
        ticket.damage = damage.strip()[:MOST_CHARS] or None
    if cause_analysis is not None:
        ticket.cause_analysis = cause_analysis.strip()[:MOST_CHARS] or None
    ticket.updated_at = now
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_record_findings",
        subject=("ticket", ticket.number),
        now=now,
    )


def _earliest(first: dict[str, datetime], states: tuple[str, ...]) -> datetime | None:
    return min((first[state] for state in states if state in first), default=None)


def _parts(session: Session, ticket: Ticket) -> tuple[tuple[str, ...], list[str]]:
    """Parts put in with their number, and the damage noted with each."""
    rows = session.scalars(
        select(PartUsed).where(PartUsed.ticket_id == ticket.id).order_by(PartUsed.id)
    ).all()
    return tuple(f"{r.part} × {r.quantity}" for r in rows), [r.damage for r in rows if r.damage]


def _cause_on_card(session: Session, ticket: Ticket) -> str | None:
    """What the bench wrote on the repair card when it sent the watch to be checked."""
    card = session.execute(
        select(Paper.cause, Paper.note).where(
            Paper.ticket_id == ticket.id, Paper.kind == "repair_card"
        )
    ).first()
    return cause_text(card.cause, card.note) if card is not None else None
