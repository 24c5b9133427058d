"""A colleague spoke with the customer about a ticket: the answer of standard 4 when it is the
first.

What was said is not kept; a complaint's answer, which is, goes through ``aftersales.complaints``.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.deadlines.follow import do_answer
from aftersales.store import audit, locks
from aftersales.store.tables import Ticket


class ContactRefused(ValueError):
    """Nothing was noted. ``reason``: how, complaint, over."""

    def __init__(self, reason: str, given: str) -> None:
        super().__init__(f"no contact noted: {reason} {given}")
        self.reason = reason


def do_note_contact(session: Session, ticket: Ticket, how: str, now: datetime, who: str) -> None:
    """Write down that the customer was reached; a call nobody took is no contact.

    Args:
        session: a transaction.
        ticket: a repair or a callback; its row is locked and read again first.
        how: a key of ``contacts`` in ``knowledge/tickets.yml``.
        now: the moment.
        who: the colleague.

    Raises:
        ContactRefused: no such way, a complaint, or a ticket that is over.
    """
    locks.hold(session, ticket)
    if how not in knowledge.load("tickets")["contacts"]:
        raise ContactRefused("how", how)
    if ticket.kind == "complaint":
        raise ContactRefused("complaint", ticket.number)
    if ticket.closed_at is not None:
        raise ContactRefused("over", ticket.number)
    do_answer(session, ticket, now)
    ticket.updated_at = now
    audit.record(
        session,
        who=who,
        what="do_note_contact",
        subject=("ticket", ticket.number),
        now=now,
        why=how,
    )
