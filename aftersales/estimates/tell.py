"""News about an estimate: one outbox row per event and version."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import outbox
from aftersales.store.tables import Estimate


def tell_customer(session: Session, estimate: Estimate, event: str, now: datetime) -> None:
    """Leave news for the customer: ``estimate_sent``, ``estimate_reminder``, ``estimate_expired``.

    No link: whoever reads the message proves themselves first.
    """
    ticket = estimate.ticket
    outbox.enqueue(
        session,
        kind=outbox.MESSAGE,
        key=f"{event}:{estimate.id}",
        channel=ticket.channel,
        sender=ticket.sender,
        payload={
            "event": event,
            "number": ticket.number,
            "total_fen": estimate.total_fen,
            "valid_until": estimate.valid_until.isoformat(),
        },
        now=now,
    )


def tell_desk(session: Session, estimate: Estimate, event: str, now: datetime) -> None:
    """Tell the people who work: ``estimate_accepted``, ``estimate_declined``,
    ``estimate_expired``."""
    outbox.notify_desk(
        session,
        f"desk_{event}:{estimate.id}",
        {
            "event": event,
            "number": estimate.ticket.number,
            "version": estimate.version,
            "reason": estimate.decline_reason,
        },
        now,
    )
