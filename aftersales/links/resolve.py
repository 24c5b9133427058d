"""Finds what a token opens.

Unknown, expired, revoked and made for something else: all get None after the same work. The token
is looked for by its digest, so the database's search tells nothing about the token itself.
"""

import hmac
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from aftersales.links.issue import token_digest
from aftersales.store.tables import Link

_LONGEST = 200  # no token of ours is longer; what a stranger sends may be
_NOTHING = "0" * 64


def resolve(session: Session, purpose: str, token: str, now: datetime) -> Link | None:
    """Return the link a token opens for this purpose, or None, whatever the reason."""
    wanted = token_digest(purpose, token[:_LONGEST])
    link = session.scalar(select(Link).where(Link.digest == wanted))
    same = hmac.compare_digest(link.digest if link is not None else _NOTHING, wanted)
    alive = link is not None and link.revoked_at is None and now < link.expires_at
    return link if same and alive and link is not None and link.purpose == purpose else None


def do_use_link(session: Session, purpose: str, token: str, now: datetime) -> Link | None:
    """Resolve a token and count the use.

    No audit line: a page that is read again and again would bury everything else; the count and the
    last moment are kept on the link.
    """
    link = resolve(session, purpose, token, now)
    if link is not None:
        session.execute(
            update(Link).where(Link.id == link.id).values(uses=Link.uses + 1, last_used_at=now)
        )
        session.refresh(link)
    return link
