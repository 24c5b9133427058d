"""Which tickets belong together, and which one stands for another."""

from datetime import datetime
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from aftersales.store import audit, locks
from aftersales.store.tables import Ticket, TicketLink

LinkKind = Literal["same_as", "related", "follow_up"]
SAME_AS: LinkKind = "same_as"
RELATED: LinkKind = "related"
FOLLOW_UP: LinkKind = "follow_up"
KINDS: tuple[LinkKind, ...] = (SAME_AS, RELATED, FOLLOW_UP)


class LinkRefused(ValueError):
    """Two tickets cannot be linked so. ``reason``: itself, kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"these tickets are not linked: {reason}")
        self.reason = reason


def do_link_tickets(
    session: Session, ticket: Ticket, other: Ticket, kind: LinkKind, now: datetime, who: str
) -> TicketLink:
    """Write down that two tickets belong together; the same link again returns the first.

    ``related`` has no direction: the other way round is the same link. ``same_as`` is written by
    ``do_merge_tickets``, which also moves what hangs on the ticket.

    Args:
        session: a transaction.
        ticket: the one that points; for ``follow_up`` the later one.
        other: what it points to.
        kind: ``same_as``, ``related`` or ``follow_up``.
        now: the moment.
        who: who says so.

    Raises:
        LinkRefused: a ticket with itself, or no such kind.
    """
    if kind not in KINDS:
        raise LinkRefused("kind")
    if ticket.id == other.id:
        raise LinkRefused("itself")
    low, high = sorted((ticket.id, other.id))
    locks.lock(session, f"ticket_link:{low}:{high}")
    there = TicketLink.ticket_id == ticket.id, TicketLink.other_id == other.id
    back = TicketLink.ticket_id == other.id, TicketLink.other_id == ticket.id
    query = select(TicketLink).where(TicketLink.kind == kind)
    if kind == RELATED:
        query = query.where(or_(there[0] & there[1], back[0] & back[1]))
    else:
        query = query.where(*there)
    first = session.scalar(query)
    if first is not None:
        return first
    link = TicketLink(ticket_id=ticket.id, other_id=other.id, kind=kind, who=who, at=now)
    session.add(link)
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_link_tickets",
        subject=("ticket", ticket.number),
        now=now,
        why=f"{kind} {other.number}",
    )
    return link


def links_of(session: Session, ticket: Ticket) -> list[TicketLink]:
    """Return the links from and to a ticket, oldest first."""
    ours = or_(TicketLink.ticket_id == ticket.id, TicketLink.other_id == ticket.id)
    return list(session.scalars(select(TicketLink).where(ours).order_by(TicketLink.id)))


def stands_for(session: Session, ticket: Ticket) -> Ticket:
    """Return the ticket this one was merged into, at the end of the chain; itself when it was
    not."""
    seen = {ticket.id}
    while True:
        into = session.scalar(
            select(TicketLink.other_id).where(
                TicketLink.ticket_id == ticket.id, TicketLink.kind == SAME_AS
            )
        )
        if into is None or into in seen:
            return ticket
        seen.add(into)
        ticket = session.get_one(Ticket, into)
