"""What the customer is told about a complaint, and its end."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import guard, knowledge, outbox
from aftersales.complaints.cases import MOST_CHARS, NotAComplaint, do_take_case
from aftersales.deadlines.follow import do_answer
from aftersales.store import audit
from aftersales.store.tables import ComplaintCase, Ticket
from aftersales.tickets.gates import check_closable, latest_case
from aftersales.tickets.moves import do_move_ticket, do_reopen_ticket

EVENT = "complaint_answered"


class TellsInternal(ValueError):
    """The answer tells how the house deals with its own people; ``words`` are the ones to leave
    out."""

    def __init__(self, words: list[str]) -> None:
        super().__init__("not for customers: " + ", ".join(words))
        self.words = words


def do_answer_complaint(
    session: Session, ticket: Ticket, answer: str, now: datetime, who: str
) -> ComplaintCase:
    """Answer a complaint; the customer reads it at the next visit.

    The first answer keeps the promise of 24 hours, even when it only says how far we are; a later
    one is added below it.

    Args:
        session: a transaction.
        ticket: the complaint.
        answer: the words for the customer.
        now: the moment.
        who: who answers.

    Raises:
        NotAComplaint: the ticket is of another kind, or it is over.
        TellsInternal: the words tell what is internal.
        ValueError: nothing was written.
    """
    text = answer.strip()[:MOST_CHARS]
    if not text:
        raise ValueError("an answer needs words")
    told = guard.internal(text)
    if told:
        raise TellsInternal(told)
    case = do_take_case(session, ticket, now)
    said = case.answer.split("\n\n") if case.answer else []
    if text in said:  # the same answer sent twice is one
        return case
    case.answer = "\n\n".join([*said, text])
    case.answered_at, case.answered_by = case.answered_at or now, who
    if ticket.state == "registered":
        do_move_ticket(session, ticket, "answering", now, who=who, tell_customer=False)
    do_answer(session, ticket, now)
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_answer_complaint",
        subject=("ticket", ticket.number),
        now=now,
    )
    outbox.leave_for_visit(
        session,
        f"{EVENT}:{case.id}:{len(said) + 1}",
        ticket,
        {"event": EVENT, "number": ticket.number, "answer": text},
        now,
    )
    return case


def do_close_complaint(
    session: Session, ticket: Ticket, now: datetime, who: str, satisfied: bool | None = None
) -> ComplaintCase:
    """Close a complaint that was answered and dealt with.

    Args:
        session: a transaction.
        ticket: the complaint.
        now: the moment.
        who: who closes it.
        satisfied: what the customer says; None when he was not asked or did not say.

    Raises:
        NotAComplaint: the ticket is of another kind, or it is over.
        ComplaintUnfinished: an answer, a cause or a measure is missing.
        IllegalMove: it was never taken up.
    """
    case = do_take_case(session, ticket, now)
    check_closable(session, ticket, "closed")
    do_move_ticket(session, ticket, "closed", now, who=who)
    case.satisfied, case.closed_at = satisfied, now
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_close_complaint",
        subject=("ticket", ticket.number),
        now=now,
    )
    return case


def do_reopen_complaint(
    session: Session, ticket: Ticket, now: datetime, who: str, why: str
) -> ComplaintCase:
    """Take a closed complaint up again: a new round with its own answer, day and month.

    Raises:
        NotAComplaint: the ticket is of another kind, or it is not closed.
        IllegalMove: it was cancelled.
    """
    way = knowledge.load("complaints")["reopen"]
    if ticket.kind != "complaint" or ticket.closed_at is None:
        raise NotAComplaint(f"{ticket.number} is no closed complaint")
    before = latest_case(session, ticket)
    do_reopen_ticket(session, ticket, way["to"], now, who, why)
    case = ComplaintCase(
        ticket_id=ticket.id,
        round=before.round + 1 if before else 1,
        opened_at=now,
        about=before.about if before else None,
    )
    session.add(case)
    session.flush()
    outbox.leave_for_visit(
        session,
        f"complaint_reopened:{case.id}",
        ticket,
        {"event": "complaint_reopened", "number": ticket.number},
        now,
    )
    return case
