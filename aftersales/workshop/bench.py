"""On the bench: repairing, waiting for parts, sending to the check, or giving up."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.faults import cause_key, cause_text
from aftersales.store.tables import Ticket
from aftersales.workshop.actions import begin, move
from aftersales.workshop.approval import require_approval
from aftersales.workshop.assignments import require_technician
from aftersales.workshop.papers import REPAIR_CARD, find_paper
from aftersales.workshop.refusals import Refused, optional_text, require_text
from aftersales.workshop.work import require_hours


def do_start_repair(
    session: Session, ticket: Ticket, now: datetime, who: str, why: str | None = None
) -> None:
    """Begin to repair a watch that was taken in.

    Raises:
        Refused: wrong state, nobody assigned, no repair card, or a charged case not agreed to.
    """
    begin(session, ticket, "repair")
    require_technician(ticket)
    if find_paper(ticket, REPAIR_CARD) is None:
        raise Refused("no_receipt")
    require_approval(session, ticket)
    move(session, ticket, "repair", now, who, optional_text(why))


def do_wait_for_parts(
    session: Session, ticket: Ticket, reason: str, now: datetime, who: str
) -> None:
    """Lay the watch aside until parts come.

    Raises:
        Refused: wrong state, or the reason (which parts) is empty.
    """
    begin(session, ticket, "wait_parts")
    move(session, ticket, "wait_parts", now, who, require_text("reason", reason))


def do_resume_repair(
    session: Session, ticket: Ticket, now: datetime, who: str, why: str | None = None
) -> None:
    """The parts are here: go on.

    Raises:
        Refused: wrong state, or not agreed to.
    """
    begin(session, ticket, "resume")
    require_approval(session, ticket)
    move(session, ticket, "resume", now, who, optional_text(why))


def do_send_to_check(
    session: Session,
    ticket: Ticket,
    now: datetime,
    who: str,
    cause: str | None = None,
    remark: str | None = None,
) -> None:
    """Send the repaired watch to the chief.

    Args:
        session: a transaction.
        ticket: a repair on the bench.
        now: the moment.
        who: the technician.
        cause: what the bench found, a cause of ``knowledge/diagnosis.yml`` by key or name; counted
            for production. None keeps what the card says from an earlier time.
        remark: what the bench has to say about it, for the card.

    Raises:
        Refused: wrong state, not agreed to, no such cause, or the card holds no hours of the bench.
    """
    begin(session, ticket, "to_check")
    require_approval(session, ticket)
    require_hours(session, ticket, "bench")
    card = find_paper(ticket, REPAIR_CARD)
    said = optional_text(remark)
    key = cause_key(cause) if cause else None
    if cause and key is None:
        raise Refused("no_such_cause", given=cause)
    if card is not None:
        card.cause, card.note = key or card.cause, said or card.note
    move(session, ticket, "to_check", now, who, cause_text(key, said))


def do_give_up_repair(
    session: Session, ticket: Ticket, reason: str, now: datetime, who: str
) -> None:
    """Give the watch back unrepaired: declined by the customer, or not worth it.

    Raises:
        Refused: wrong state, or the reason is empty.
    """
    begin(session, ticket, "give_up")
    move(session, ticket, "give_up", now, who, require_text("reason", reason))
