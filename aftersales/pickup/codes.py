"""Six digits, derived from a random secret.

Six digits alone could be tried out against any digest of them in a moment. So the code is an HMAC,
under the server's own key, of the digest of a random secret: the database holds only that digest,
the key lies outside it, and neither alone gives the code.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.ids import Ids
from aftersales.links.issue import do_issue_link
from aftersales.links.revoke import do_revoke_links
from aftersales.settings import Secret
from aftersales.store import audit, locks
from aftersales.store.tables import Link, Ticket

PURPOSE = "pickup"
READY = "awaiting_return"
MOST_FAILURES = 5
#: How long a right code counts as said: one stay at the counter.
SAID_FOR = timedelta(minutes=30)
_SYSTEM = "system"


class NothingToPickUp(Exception):
    """The watch is not waiting to be handed over, or has no code in force."""


class CodeLocked(Exception):
    """Too many wrong codes: a new one has to be issued after looking at the customer's receipt."""


def do_issue_pickup_code(
    session: Session, ticket: Ticket, now: datetime, ids: Ids, who: str = _SYSTEM
) -> Link:
    """Put a new code in force for a watch that is ready; an older one is worth nothing from now on.

    Args:
        session: a transaction.
        ticket: the repair; its state is awaiting_return.
        now: the moment.
        ids: makes the secret.
        who: who issues it.

    Raises:
        NothingToPickUp: the watch is not ready.
    """
    if ticket.state != READY:
        raise NothingToPickUp(f"{ticket.number} is {ticket.state}")
    do_revoke_links(session, PURPOSE, ticket.number, now, who, why="reissued")
    return do_issue_link(session, PURPOSE, ticket.number, now, ids, who=who, ticket=ticket).link


def find_pickup(session: Session, ticket: Ticket, now: datetime) -> Link | None:
    """Return the secret in force; None when there is none or the watch is not ready."""
    if ticket.state != READY:
        return None
    return session.scalar(
        select(Link)
        .where(
            Link.purpose == PURPOSE,
            Link.subject == ticket.number,
            Link.revoked_at.is_(None),
            Link.expires_at > now,
        )
        .order_by(Link.id.desc())
        .limit(1)
    )


def pickup_code(link: Link, secret: Secret) -> str:
    """Return the six digits of a secret in force, for its owner's eyes.

    Args:
        link: from ``find_pickup``.
        secret: the server's key.
    """
    key, said = secret.reveal().encode(), f"pickup:{link.subject}:{link.digest}".encode()
    number = int.from_bytes(hmac.new(key, said, hashlib.sha256).digest()[:8], "big")
    return f"{number % 1_000_000:06d}"


def is_locked(link: Link) -> bool:
    """Say whether too many wrong codes were tried."""
    return link.failures >= MOST_FAILURES


def was_said(session: Session, ticket: Ticket, now: datetime) -> bool:
    """Say whether the right code was said for this watch in the last half hour."""
    link = find_pickup(session, ticket, now)
    if link is None or link.last_used_at is None:
        return False
    return link.last_used_at <= now < link.last_used_at + SAID_FOR


def do_check_pickup_code(
    session: Session, ticket: Ticket, code: str, secret: Secret, now: datetime, who: str
) -> bool:
    """Say whether this is the code; commit also when it is not, the try is counted.

    Handing over is another step, with a transaction of its own, so that a wrong try is counted
    whatever becomes of that: it asks ``was_said``. The code stays good until the ticket has moved
    on.

    Args:
        session: a transaction; the code's row is locked.
        ticket: the repair to be handed over.
        code: as said; blanks and dashes do not matter.
        secret: the server's key.
        now: the moment.
        who: who asks at the counter.

    Raises:
        NothingToPickUp: the watch is not ready.
        CodeLocked: five wrong codes were tried; no code is good until a new one is issued.
    """
    link = find_pickup(session, ticket, now)
    if link is None:
        raise NothingToPickUp(f"{ticket.number} has no code in force")
    locks.hold(session, link)
    if is_locked(link):
        raise CodeLocked(ticket.number)
    said = "".join(sign for sign in code if sign not in " -–\u3000")
    right = hmac.compare_digest(pickup_code(link, secret).encode(), said.encode())
    if right:
        link.uses, link.last_used_at = link.uses + 1, now
    else:
        link.failures += 1
    audit.record(
        session,
        who=who,
        what="do_check_pickup_code",
        subject=("ticket", ticket.number),
        now=now,
        why="right" if right else f"wrong {link.failures}/{MOST_FAILURES}",
    )
    return right
