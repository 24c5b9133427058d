"""What follows from every change of a ticket's state; called by its creation and by each move, and
by nothing else, so that no change is missed."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import care, deadlines
from aftersales.store.tables import Ticket


def do_follow(session: Session, ticket: Ticket, from_state: str | None, now: datetime) -> None:
    """Bring what hangs on the state in step with it: deadlines, and the care after the work.

    Args:
        session: the transaction of the change.
        ticket: in its new state, flushed.
        from_state: where it came from; None for a new ticket.
        now: the moment.
    """
    deadlines.do_follow_ticket(session, ticket, from_state, now)
    care.do_follow_ticket(session, ticket, from_state, now)
