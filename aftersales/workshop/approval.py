"""The customer's yes before anything is repaired that the customer pays for."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.estimates.approval import has_agreed
from aftersales.store.tables import Ticket
from aftersales.workshop.actions import begin, move, note
from aftersales.workshop.classes import is_chargeable
from aftersales.workshop.refusals import Refused, known, optional_text


def is_approved(session: Session, ticket: Ticket) -> bool:
    """Say whether the customer agreed to the price of this repair.

    The one place everybody asks: an estimate that was accepted by link, or a yes written down here.
    """
    return has_agreed(session, ticket)


def require_approval(session: Session, ticket: Ticket) -> None:
    """Refuse to go on with a charged repair that the customer has not agreed to.

    Raises:
        Refused: not approved.
    """
    if is_chargeable(ticket) and not is_approved(session, ticket):
        raise Refused("not_approved")


def do_ask_approval(
    session: Session, ticket: Ticket, now: datetime, who: str, why: str | None = None
) -> None:
    """The estimate goes to the customer: the ticket waits for the answer.

    Raises:
        Refused: wrong state.
    """
    begin(session, ticket, "ask_approval")
    move(session, ticket, "ask_approval", now, who, optional_text(why))


def do_record_approval(
    session: Session, ticket: Ticket, how: str, now: datetime, who: str, why: str | None = None
) -> None:
    """Note that the customer agreed; a ticket that waited for it goes on to the bench.

    Args:
        session: a transaction.
        ticket: a repair in work.
        how: ``signed``, ``spoken``, ``written`` or ``link``.
        now: the moment.
        who: who heard it.
        why: what was agreed to, without personal data.

    Raises:
        Refused: wrong state, or no such way.
    """
    begin(session, ticket, "approve")
    ticket.approved_how = known("approvals", how)
    ticket.approved_at = now
    said = optional_text(why)
    if ticket.state == "awaiting_approval":
        move(session, ticket, "repair", now, who, said)
    note(session, ticket, "approve", now, who, " · ".join(filter(None, [how, said])))
