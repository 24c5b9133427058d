"""May this repair go on: nothing that costs money is repaired unapproved."""

from sqlalchemy.orm import Session

from aftersales.estimates.find import find_in_force
from aftersales.store.tables import Estimate, Ticket

#: Contract, free of charge, our own affairs: nothing the customer would pay for.
FREE_CLASSES = frozenset({"B", "C", "D"})


def is_approved(session: Session, ticket: Ticket) -> bool:
    """Say whether the repair may go on: it costs the customer nothing, or the customer agreed.

    The class is the one the workshop decided; the first guess of the conversation (``class_hint``)
    is none, so what is undecided counts as charged.
    """
    return ticket.service_class in FREE_CLASSES or has_agreed(session, ticket)


def has_agreed(session: Session, ticket: Ticket) -> bool:
    """Say whether the customer agreed to what is asked for now.

    Returns:
        Whether the offer in force was agreed to: a newer offer takes the approval of an older one
        away. Without any offer, whether the customer agreed at all.
    """
    offer = find_in_force(session, ticket)
    return ticket.approved_at is not None if offer is None else _covers(ticket, offer)


def find_agreed(session: Session, ticket: Ticket) -> Estimate | None:
    """Return the offer the customer agreed to and that still counts: no more is paid than its
    total. None when there is none, also when the customer agreed without any offer."""
    offer = find_in_force(session, ticket)
    return offer if offer is not None and _covers(ticket, offer) else None


def _covers(ticket: Ticket, offer: Estimate) -> bool:
    """Whether it was accepted, or the customer agreed in another way (signed, spoken) after it was
    sent or declined."""
    if offer.state == "accepted":
        return True
    asked = offer.decided_at or offer.sent_at or offer.made_at
    return ticket.approved_at is not None and ticket.approved_at > asked
