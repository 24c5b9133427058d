"""What a cancelled ticket leaves behind: its papers are void, nobody is assigned any more."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from aftersales.store.tables import Assignment, Paper, Ticket


def withdraw_papers(session: Session, ticket: Ticket, now: datetime, who: str) -> None:
    """Make the open papers of a ticket void and end its assignment.

    Args:
        session: the transaction that cancels the ticket.
        ticket: the ticket.
        now: the moment.
        who: who cancels it.
    """
    session.execute(
        update(Paper)
        .where(Paper.ticket_id == ticket.id, Paper.closed_at.is_(None))
        .values(state="void", closed_at=now, closed_by=who)
    )
    session.execute(
        update(Assignment)
        .where(Assignment.ticket_id == ticket.id, Assignment.ended_at.is_(None))
        .values(ended_at=now)
    )
