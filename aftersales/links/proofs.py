"""Which visitor came from the status page of which ticket.

A status link shows the ticket to whoever holds it, so in the chat it proves as much: reading this
one ticket, for a while. It does not prove the right to change it.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.links.issue import token_digest
from aftersales.links.purposes import lifetime
from aftersales.store import audit, locks
from aftersales.store.tables import Link, Ticket

_PURPOSE = "chat"


def do_prove_by_link(session: Session, sender: str, ticket: Ticket, now: datetime) -> Link:
    """Note that this sender came from the ticket's status page; again means for longer.

    Args:
        session: a transaction.
        sender: the proven sender of the conversation.
        ticket: the ticket whose page it was.
        now: the moment; the proof is good for two hours.
    """
    digest = token_digest(_PURPOSE, _key(sender, ticket.number))
    locks.lock(session, f"proof:{digest}")
    until = now + lifetime(_PURPOSE)
    proof = session.scalar(select(Link).where(Link.digest == digest))
    if proof is not None:
        proof.expires_at, proof.revoked_at = until, None
        return proof
    proof = Link(
        digest=digest,
        purpose=_PURPOSE,
        subject=ticket.number,
        ticket_id=ticket.id,
        issued_by=sender[:100],
        created_at=now,
        expires_at=until,
        uses=0,
        failures=0,
    )
    session.add(proof)
    session.flush()
    audit.record(
        session, who=sender, what="do_prove_by_link", subject=("ticket", ticket.number), now=now
    )
    return proof


def proved_by_link(session: Session, sender: str, number: str, now: datetime) -> Ticket | None:
    """Return the ticket when this sender came from its status page not long ago."""
    digest = token_digest(_PURPOSE, _key(sender, number))
    return session.scalar(
        select(Ticket)
        .join(Link, Link.ticket_id == Ticket.id)
        .where(
            Link.digest == digest,
            Link.purpose == _PURPOSE,
            Link.revoked_at.is_(None),
            Link.expires_at > now,
            Ticket.number == number,
        )
    )


def _key(sender: str, number: str) -> str:
    return f"{number}:{sender}"
