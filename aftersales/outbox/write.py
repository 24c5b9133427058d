"""Puts a message into the outbox, inside the caller's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from aftersales.store.tables import OutboxRow, Ticket

DESK_NOTICE = "desk_notice"
MESSAGE = "message"
NEXT_VISIT = "next_visit"
_TABLE = OutboxRow.metadata.tables[OutboxRow.__tablename__]
#: One row per key, however many write it at once.
_ONCE: Mapping[str, Executable] = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(index_elements=["key"]),
}


def enqueue(
    session: Session,
    *,
    kind: str,
    key: str,
    channel: str,
    sender: str,
    payload: Mapping[str, Any],
    now: datetime,
    due_at: datetime | None = None,
) -> None:
    """Write one message to be sent; the same key again changes nothing.

    Args:
        session: the transaction of the change that causes the message.
        kind: ``desk_notice``, ``message`` or ``next_visit``.
        key: what makes this message itself, such as ``ticket:FW261123-04821``.
        channel: where it goes.
        sender: whom it is for.
        payload: an event name and its parameters, no finished sentences; JSON values only.
        now: the moment.
        due_at: not before then; at once by default.
    """
    row = {
        "key": key,
        "kind": kind,
        "channel": channel,
        "sender": sender,
        "payload": dict(payload),
        "state": "waiting" if kind == NEXT_VISIT else "pending",
        "attempts": 0,
        "due_at": due_at or now,
        "created_at": now,
    }
    with session.no_autoflush:  # the message hangs on nothing that waits to be written
        session.execute(_ONCE[session.get_bind().dialect.name], row)


def notify_desk(session: Session, key: str, payload: Mapping[str, Any], now: datetime) -> None:
    """Write a notice for the people who work; arguments as for ``enqueue``."""
    enqueue(
        session,
        kind=DESK_NOTICE,
        key=key,
        channel="desk",
        sender="desk",
        payload=payload,
        now=now,
    )


def leave_for_visit(
    session: Session, key: str, ticket: Ticket, payload: Mapping[str, Any], now: datetime
) -> None:
    """Leave news for the next visit of whoever opened a ticket; arguments as for ``enqueue``."""
    enqueue(
        session,
        kind=NEXT_VISIT,
        key=key,
        channel=ticket.channel,
        sender=ticket.sender,
        payload=payload,
        now=now,
    )


def seen(session: Session, key: str) -> bool:
    """Say whether a message with this key was ever written."""
    return session.scalar(select(OutboxRow.id).where(OutboxRow.key == key)) is not None
