"""Whose data is meant, and how somebody proves that it is theirs."""

import hmac
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from aftersales.people import limits
from aftersales.people.shredders import Subject
from aftersales.store.tables import Customer, Ticket


def subject_of(
    session: Session, senders: Iterable[str], tickets: Iterable[int] = (), *, whole: bool = False
) -> Subject:
    """Return the subject: these conversations, the tickets they opened, and tickets proved besides.

    A phone number alone joins nothing: anybody may type somebody else's.

    Args:
        session: a session.
        senders: proven senders.
        tickets: ids of tickets proved by number and phone.
        whole: treat open tickets like the others, to show them instead of deleting them.
    """
    names = frozenset(senders)
    rows = session.execute(
        select(Ticket.id, Ticket.closed_at).where(
            or_(Ticket.sender.in_(names), Ticket.id.in_(list(tickets)))
        )
    ).all()
    ended = frozenset(number for number, closed_at in rows if whole or closed_at is not None)
    return Subject(names, ended, frozenset(number for number, _ in rows) - ended)


def opened_here(session: Session, sender: str) -> bool:
    """Say whether this conversation opened a ticket that still names its customer."""
    return session.scalar(select(Ticket.id).where(Ticket.sender == sender).limit(1)) is not None


def prove_here(session: Session, sender: str, phone_last4: str, now: datetime) -> bool:
    """Say whether the digits are those of a phone this conversation opened a ticket with.

    Args:
        session: a transaction; commit it also after a no, the attempt is counted in it.
        sender: the proven sender.
        phone_last4: four digits.
        now: the moment.

    Raises:
        TooManyAttempts: too many wrong attempts by this sender.
    """
    limits.check(session, "ticket", sender, [sender], now)
    known = session.scalars(
        select(Customer.phone_last4).join(Ticket).where(Ticket.sender == sender).distinct()
    ).all()
    given = phone_last4.strip().encode()
    matches = [hmac.compare_digest(digits.encode(), given) for digits in known if len(digits) == 4]
    limits.note(session, "ticket", sender, [sender], any(matches), now)
    return any(matches)
