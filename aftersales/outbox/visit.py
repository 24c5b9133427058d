"""Messages for customers we cannot reach: handed over at their next visit."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.store.tables import OutboxRow


def collect_for_visit(session: Session, sender: str, now: datetime) -> list[OutboxRow]:
    """Return what waited for this sender, oldest first, and mark it delivered.

    Args:
        session: the transaction that also stores the messages made from the rows.
        sender: the proven sender who is here now.
        now: the moment.
    """
    rows = list(
        session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.sender == sender, OutboxRow.state == "waiting", OutboxRow.due_at <= now
            )
            .order_by(OutboxRow.id)
            .with_for_update(skip_locked=True)
        )
    )
    for row in rows:
        row.state, row.delivered_at, row.attempts = "delivered", now, row.attempts + 1
    return rows
