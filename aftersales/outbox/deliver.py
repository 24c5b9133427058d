"""One step of the delivery loop."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.store import audit
from aftersales.store.tables import OutboxRow

MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
SENDING_TIME = timedelta(minutes=2)  # a row that is "sending" for longer was dropped by a crash

Send = Callable[[OutboxRow], None]


@dataclass(frozen=True)
class Delivery:
    """How many rows were delivered, put off and given up in one step."""

    delivered: int = 0
    put_off: int = 0
    dead: int = 0


def deliver_due(session: Session, send: Send, now: datetime, limit: int = 20) -> Delivery:
    """Send what is due; call it again and again.

    The one function that commits by itself: a row is marked ``sending`` and committed before
    ``send`` is called, so that no lock is held while another machine is spoken to and no two
    workers send the same row. When the process dies in between, the row is due again after two
    minutes.

    Args:
        session: a session without unfinished work of the caller.
        send: delivers one row or raises; the row's ``key`` lets the receiver drop a repeat.
        now: the moment.
        limit: at most so many rows.
    """
    delivered = put_off = dead = 0
    for row in _claim(session, now, limit):
        if row.attempts > MOST_ATTEMPTS:  # every attempt took the process down with it
            row.state = "dead"
            dead += 1
            session.commit()
            continue
        try:
            send(row)
        except Exception as error:
            # Only the kind of the error is kept: its text may quote the message.
            row.last_error = type(error).__name__
            if row.attempts >= MOST_ATTEMPTS:
                row.state = "dead"
                dead += 1
            else:
                row.state = "pending"
                row.due_at = now + wait_after(row.attempts)
                put_off += 1
        else:
            row.state, row.delivered_at, row.last_error = "delivered", now, None
            delivered += 1
        session.commit()
    return Delivery(delivered, put_off, dead)


def wait_after(attempts: int) -> timedelta:
    """Return the pause after so many failed attempts: 30 s, 1 min, 2 min … at most an hour."""
    doublings = min(max(attempts - 1, 0), 20)
    return min(FIRST_WAIT * 2.0**doublings, LONGEST_WAIT)


def do_revive(session: Session, row: OutboxRow, now: datetime, who: str) -> None:
    """Give a dead row a new start; any other row is left alone."""
    if row.state != "dead":
        return
    row.state, row.attempts, row.due_at = "pending", 0, now
    audit.record(session, who=who, what="do_revive", subject=("outbox", row.id), now=now)


def _claim(session: Session, now: datetime, limit: int) -> list[OutboxRow]:
    rows = list(
        session.scalars(
            select(OutboxRow)
            .where(OutboxRow.state.in_(["pending", "sending"]), OutboxRow.due_at <= now)
            .order_by(OutboxRow.due_at, OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    for row in rows:
        row.state = "sending"
        row.attempts += 1
        row.due_at = now + SENDING_TIME
    session.commit()
    return rows
