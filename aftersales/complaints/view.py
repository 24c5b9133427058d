"""Two views of a complaint, kept apart by their types: the customer's has no field for what is
internal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.complaints.ladder import Ladder, counts, ladder
from aftersales.store.tables import ComplaintCase, Ticket
from aftersales.tickets.gates import latest_case


@dataclass(frozen=True)
class CustomerView:
    """What the customer may see of his complaint; moments are aware UTC."""

    number: str
    state: str
    state_name: str
    first_answer_due: datetime | None
    answer: str | None
    answered_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class InternalView:
    """What the house sees."""

    customer: CustomerView
    round: int
    about: str | None
    cause: str | None
    cause_note: str | None
    measure: str | None
    satisfied: bool | None
    upheld: bool | None
    staff: str | None
    ladder: Ladder | None
    missing: tuple[str, ...]


def for_customer(session: Session, ticket: Ticket) -> CustomerView:
    """Return the customer's view; who proved his right to the ticket may see it."""
    case = latest_case(session, ticket)
    return CustomerView(
        number=ticket.number,
        state=ticket.state,
        state_name=knowledge.load("tickets")["states"][ticket.state]["name"],
        first_answer_due=ticket.first_answer_due,
        answer=case.answer if case else None,
        answered_at=case.answered_at if case else None,
        closed_at=ticket.closed_at,
    )


def internal(session: Session, ticket: Ticket) -> InternalView:
    """Return what the house knows of a complaint; never for a customer."""
    data = knowledge.load("complaints")
    case = latest_case(session, ticket) or ComplaintCase(round=1)
    on_ladder = case.staff is not None and counts(case.about)
    return InternalView(
        customer=for_customer(session, ticket),
        round=case.round,
        about=data["about"][case.about]["name"] if case.about else None,
        cause=data["causes"][case.cause]["name"] if case.cause else None,
        cause_note=case.cause_note,
        measure=case.measure,
        satisfied=case.satisfied,
        upheld=case.upheld,
        staff=case.staff,
        ladder=ladder(session, case.staff) if on_ladder and case.staff else None,
        missing=tuple(n for n in ("answer", "cause", "measure") if not getattr(case, n)),
    )
