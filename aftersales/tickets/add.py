"""The customer has more to say about a ticket that is open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge, outbox
from aftersales.store import audit, locks
from aftersales.store.tables import Photo, Ticket
from aftersales.tickets.merge import add_findings


class NotYours(PermissionError):
    """A ticket of somebody else."""


def do_add_to_ticket(
    session: Session,
    ticket: Ticket,
    words: str | None,
    findings: Sequence[tuple[str, str]],
    photos: Sequence[str],
    now: datetime,
    who: str,
    key: str,
) -> bool:
    """Add words, findings and photos to an open ticket of the sender; the desk is told, once.

    Args:
        session: a transaction.
        ticket: the ticket; its row is locked and read again first.
        words: in the customer's words.
        findings: what the questions found out.
        photos: names of the sender's photos; those on another ticket stay there.
        now: the moment.
        who: the proven sender.
        key: the draft's id: the same again changes nothing.

    Returns:
        Whether anything was added now.

    Raises:
        NotYours: another sender opened the ticket.
    """
    locks.hold(session, ticket)
    if ticket.sender != who:
        raise NotYours("another sender opened this ticket")
    if outbox.seen(session, f"added:{key}"):
        return False
    label = str(knowledge.load("tickets")["labels"]["added"])
    told = [(label, words)] if words and words != ticket.fault else []
    add_findings(session, ticket, [*told, *findings])
    found = session.scalars(
        select(Photo).where(
            Photo.name.in_(list(photos)), Photo.sender == who, Photo.ticket_id.is_(None)
        )
    )
    for photo in found:
        photo.ticket_id = ticket.id
    ticket.updated_at = now
    audit.record(
        session, who=who, what="do_add_to_ticket", subject=("ticket", ticket.number), now=now
    )
    outbox.notify_desk(
        session,
        f"added:{key}",
        {"event": "ticket_added_to", "kind": ticket.kind, "number": ticket.number},
        now,
    )
    return True
