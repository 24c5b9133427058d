"""Makes a link."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from aftersales.ids import Ids
from aftersales.links.purposes import lifetime
from aftersales.people.phones import digest
from aftersales.store import audit
from aftersales.store.tables import Link, Ticket


@dataclass(frozen=True, repr=False)
class IssuedLink:
    """A new link and its token, which is known only now."""

    token: str
    link: Link

    def __repr__(self) -> str:
        return f"IssuedLink(***, {self.link.purpose})"


def do_issue_link(
    session: Session,
    purpose: str,
    subject: str,
    now: datetime,
    ids: Ids,
    *,
    who: str,
    ticket: Ticket | None = None,
    ttl: timedelta | None = None,
) -> IssuedLink:
    """Make a link that opens ``subject`` for one purpose.

    Args:
        session: a transaction; the link works once it is committed.
        purpose: a key of ``PURPOSES``.
        subject: what it opens: a ticket number, the id of an estimate, of a customer.
        now: the moment.
        ids: makes the token (134 bits).
        who: who issues it.
        ticket: the ticket it belongs to, so that it goes when the ticket goes.
        ttl: how long it is good; the purpose's own time by default.

    Returns:
        The token, to be told now or never: a digest of it and of the purpose is all that is stored.

    Raises:
        UnknownPurpose: no such purpose.
        ValueError: ``ttl`` is not positive, or the subject is empty or longer than 60 characters.
    """
    good_for = lifetime(purpose) if ttl is None else ttl
    lifetime(purpose)  # an unknown purpose is refused also when a time was given
    if good_for <= timedelta(0):
        raise ValueError("a link must be good for some time")
    if not 0 < len(subject) <= 60:
        raise ValueError("a subject has 1 to 60 characters")
    token = ids.token()
    link = Link(
        digest=token_digest(purpose, token),
        purpose=purpose,
        subject=subject,
        ticket_id=None if ticket is None else ticket.id,
        issued_by=who[:100],
        created_at=now,
        expires_at=now + good_for,
        uses=0,
        failures=0,
    )
    session.add(link)
    session.flush()
    audit.record(
        session, who=who, what="do_issue_link", subject=("link", link.id), now=now, why=purpose
    )
    return IssuedLink(token, link)


def token_digest(purpose: str, token: str) -> str:
    """Return what is stored of a token: a token for one purpose is unknown for any other."""
    return digest("link", purpose, token)
