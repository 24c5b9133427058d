"""May this repair go on: nothing that costs money is repaired unapproved."""

from sqlalchemy.orm import Session

from aftersales.estimates.find import find_in_force
from aftersales.store.tables import Ticket

#: Contract, free of charge, our own affairs: nothing the customer would pay for.
FREE_CLASSES = frozenset({"B", "C", "D"})


def is_approved(session: Session, ticket: Ticket, service_class: str | None = None) -> bool:
    """Say whether the repair may go on.

    Args:
        session: a session.
        ticket: the repair.
        service_class: A, B, C or D as the workshop decided. The first guess of the conversation
            (``class_hint``) is none: undecided counts as charged.

    Returns:
        True for B, C and D, else whether the newest version in force was accepted: a newer offer
        that waits, was declined or has ended takes the approval of an older one away.
    """
    if service_class in FREE_CLASSES:
        return True
    estimate = find_in_force(session, ticket)
    return estimate is not None and estimate.state == "accepted"
