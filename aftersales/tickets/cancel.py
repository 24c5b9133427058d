"""The customer takes a ticket back while nothing has been done yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from aftersales import outbox
from aftersales.store import locks
from aftersales.tickets.lookup import StatusView, find_proved, view
from aftersales.tickets.moves import do_move_ticket
from aftersales.tickets.states import CANCELLED, is_cancellable
from aftersales.tickets.withdrawal import withdraw_papers


@dataclass(frozen=True)
class CancelView:
    """What came of it.

    ``cancelled`` now, ``already`` before, or ``needs_person``: work has begun or is done, a person
    has to talk.
    """

    outcome: Literal["cancelled", "already", "needs_person"]
    ticket: StatusView


def do_cancel_ticket(
    session: Session,
    number: str,
    phone_last4: str,
    now: datetime,
    asker: str,
    why: str | None = None,
) -> CancelView | None:
    """Cancel a ticket for whoever knows number and phone; asking twice is harmless.

    Returns:
        What came of it, or None for a wrong pair and an unknown number alike.

    Raises:
        TooManyAttempts: too many wrong attempts by the asker or about the number.
    """
    ticket = find_proved(session, number, phone_last4, now, asker)
    if ticket is None:
        return None
    locks.hold(session, ticket)
    if ticket.state == CANCELLED:
        return CancelView("already", view(ticket))
    if not is_cancellable(ticket.state):
        return CancelView("needs_person", view(ticket))
    withdraw_papers(session, ticket, now, who=asker)
    do_move_ticket(session, ticket, CANCELLED, now, who=asker, why=why, tell_customer=False)
    outbox.notify_desk(
        session,
        f"cancel:{ticket.number}",
        {"event": "ticket_cancelled", "kind": ticket.kind, "number": ticket.number},
        now,
    )
    return CancelView("cancelled", view(ticket))
