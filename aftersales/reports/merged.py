"""Two tickets about one thing are one in every figure."""

from sqlalchemy import ColumnElement, select

from aftersales.store.tables import Ticket, TicketLink
from aftersales.tickets.links import SAME_AS


def stands_alone() -> ColumnElement[bool]:
    """Return the condition that a ticket was not merged into another one, which counts for both."""
    merged = select(TicketLink.id).where(
        TicketLink.ticket_id == Ticket.id, TicketLink.kind == SAME_AS
    )
    return ~merged.exists()
