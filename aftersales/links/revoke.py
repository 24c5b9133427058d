"""Takes links back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.store import audit
from aftersales.store.tables import Link


def do_revoke_links(
    session: Session, purpose: str, subject: str, now: datetime, who: str, why: str | None = None
) -> int:
    """Make every living link of this purpose to this subject worthless; returns how many."""
    living = session.scalars(
        select(Link)
        .where(Link.purpose == purpose, Link.subject == subject, Link.revoked_at.is_(None))
        .order_by(Link.id)
        .with_for_update()
    ).all()
    for link in living:
        link.revoked_at = now
        audit.record(
            session, who=who, what="do_revoke_links", subject=("link", link.id), now=now, why=why
        )
    return len(living)
