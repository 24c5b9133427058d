"""Customers, what they agreed to, and what was tried in their name."""

from sqlalchemy import String, cast, exists, literal, select
from sqlalchemy.orm import Session

from aftersales.people.shredders.registry import Clause, Subject, about, before, keeps
from aftersales.store.tables import (
    AuditEntry,
    Consent,
    Customer,
    ErasedPhone,
    Erasure,
    Lookup,
    Registration,
    Ticket,
)

keeps(
    Registration,
    why="the guarantee of a watch, brought in by the shop; needed as long as the guarantee runs",
)
keeps(
    ErasedPhone,
    why="without it an old table would bring the person back; the number cannot be read from it",
)
keeps(Erasure, why="shows that a deletion was done; it empties its own sender when it is")

_NAMELESS = literal("erased-")


@before
def part(session: Session, subject: Subject) -> None:
    """Give tickets of a customer who goes on having others a nameless customer of their own.

    Several people may have given one phone number; what one of them has deleted must not hang on
    the number any more, and the others keep theirs.
    """
    ours = Ticket.id.in_(subject.tickets)
    shared = select(Ticket.customer_id).where(Ticket.id.not_in(subject.tickets))
    found = session.scalars(select(Ticket).where(ours, Ticket.customer_id.in_(shared))).all()
    for ticket in found:
        if ticket.customer.phone == "":
            continue  # nameless already
        nameless = Customer(
            name="",
            phone="",
            phone_digest=f"erased-ticket-{ticket.id}",
            phone_last4="",
            created_at=ticket.created_at,
            updated_at=ticket.created_at,
        )
        session.add(nameless)
        session.flush()
        ticket.customer_id = nameless.id
    session.flush()


@about(
    Customer,
    then="delete",
    blanks={"phone_digest": _NAMELESS.concat(cast(Customer.id, String))},
)
def customers(subject: Subject) -> Clause:
    """Customers of whom no other ticket speaks."""
    theirs = select(Ticket.customer_id).where(Ticket.id.in_(subject.tickets))
    others = exists().where(Ticket.customer_id == Customer.id, Ticket.id.not_in(subject.tickets))
    return Customer.id.in_(theirs) & ~others


@about(
    Consent,
    then="blank",
    blanks={"subject": _NAMELESS.concat(cast(Consent.id, String)), "customer_id": None},
)
def consents(subject: Subject) -> Clause:
    """What was agreed to and when stays as proof, by whom does not."""
    return Consent.subject.in_(subject.leaving)


@about(Lookup, then="delete", exported=False)
def lookups(subject: Subject) -> Clause:
    """Attempts to look something up."""
    return Lookup.asker.in_(subject.senders)


@about(AuditEntry, then="blank", exported=False)
def audit(subject: Subject) -> Clause:
    """What the person did stays, the person's id does not."""
    return AuditEntry.who.in_(subject.leaving)
