"""What a complaint is about, what was found, and what was done about it."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.complaints.ladder import Ladder, counts, ladder
from aftersales.store import audit, locks
from aftersales.store.tables import ComplaintCase, Ticket
from aftersales.tickets.gates import latest_case

MOST_CHARS = 2_000


class NotAComplaint(ValueError):
    """The ticket is no complaint, or is over and must be reopened first."""


def do_take_case(session: Session, ticket: Ticket, now: datetime) -> ComplaintCase:
    """Return the complaint's newest round; begin the first when there is none.

    Raises:
        NotAComplaint: the ticket is of another kind, or it is over.
    """
    if ticket.kind != "complaint":
        raise NotAComplaint(f"{ticket.number} is no complaint")
    if ticket.closed_at is not None:
        raise NotAComplaint(f"{ticket.number} is over; reopen it first")
    locks.lock(session, f"complaint:{ticket.number}")
    case = latest_case(session, ticket)
    if case is None:
        case = ComplaintCase(ticket_id=ticket.id, round=1, opened_at=ticket.created_at)
        session.add(case)
        session.flush()
    return case


def do_record_cause(
    session: Session,
    ticket: Ticket,
    about: str,
    cause: str,
    now: datetime,
    who: str,
    note: str | None = None,
) -> ComplaintCase:
    """Write down what the complaint is about and why it came to it; a later finding replaces it.

    Args:
        session: a transaction.
        ticket: the complaint.
        about: a key of ``about`` in ``knowledge/complaints.yml``.
        cause: a key of ``causes`` there.
        now: the moment.
        who: who found it out.
        note: in words.

    Raises:
        NotAComplaint: the ticket is of another kind, or it is over.
        ValueError: there is no such subject or cause.
    """
    data = knowledge.load("complaints")
    if about not in data["about"] or cause not in data["causes"]:
        raise ValueError(f"no such subject or cause: {about!r}, {cause!r}")
    case = do_take_case(session, ticket, now)
    case.about, case.cause, case.cause_note = about, cause, _text(note)
    _audit(session, ticket, "do_record_cause", now, who, f"{about}: {cause}")
    return case


def do_record_measure(
    session: Session, ticket: Ticket, measure: str, now: datetime, who: str
) -> ComplaintCase:
    """Write down what was done so that it does not happen again.

    Raises:
        NotAComplaint: the ticket is of another kind, or it is over.
        ValueError: nothing was written.
    """
    text = _text(measure)
    if text is None:
        raise ValueError("a measure needs words")
    case = do_take_case(session, ticket, now)
    case.measure = text
    _audit(session, ticket, "do_record_measure", now, who)
    return case


def do_record_finding(
    session: Session,
    ticket: Ticket,
    upheld: bool,
    now: datetime,
    who: str,
    staff: str | None = None,
) -> Ladder | None:
    """Write down whether the complaint was right; internal.

    Args:
        session: a transaction.
        ticket: the complaint; its subject is known already.
        upheld: whether it proved true.
        now: the moment.
        who: who decided.
        staff: the one of our people it is about.

    Returns:
        How that person stands on the ladder now; None when the complaint counts for nobody.

    Raises:
        NotAComplaint: the ticket is of another kind, or it is over.
    """
    case = do_take_case(session, ticket, now)
    name = (staff or "").strip()[:100]
    if case.upheld is not upheld:  # written down again, it stays in the month it was decided in
        case.upheld, case.found_at = upheld, now
    case.staff = name or None
    session.flush()
    _audit(session, ticket, "do_record_finding", now, who, "upheld" if upheld else "not upheld")
    if not name or not upheld or not counts(case.about):
        return None
    return ladder(session, name)


def _text(words: str | None) -> str | None:
    return (words or "").strip()[:MOST_CHARS] or None


def _audit(
    session: Session, ticket: Ticket, what: str, now: datetime, who: str, why: str | None = None
) -> None:
    session.flush()
    audit.record(session, who=who, what=what, subject=("ticket", ticket.number), now=now, why=why)
