"""Reminders of maintenance: told at the next visit, only to whoever agreed, until he says stop."""

import re
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from aftersales import knowledge, outbox
from aftersales.care.plans import (
    DROPPED,
    HELD,
    MAINTENANCE,
    PLANNED,
    PURPOSE,
    TOLD,
    is_erased,
    maintenance_entry,
)
from aftersales.language import normalise
from aftersales.people.consent import do_record_consent, do_withdraw_consent, has_consent
from aftersales.store.tables import CarePlan, OutboxRow, Ticket

EVENT = "care_reminder"
_PREFIX = "care:"
_BATCH = 200


def do_sweep(session: Session, now: datetime) -> int:
    """Leave a reminder for the next visit where one is due, once per plan; returns how many.

    Without consent the plan is held until there is one; for a customer whose data was deleted it
    is dropped.
    """
    rows = session.scalars(
        select(CarePlan)
        .where(CarePlan.state == PLANNED, CarePlan.kind == MAINTENANCE, CarePlan.due_at <= now)
        .order_by(CarePlan.due_at, CarePlan.id)
        .limit(_BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    told = 0
    for row in rows:
        if is_erased(row.customer):
            row.state = DROPPED
        elif not has_consent(session, row.ticket.sender, PURPOSE):
            row.state = HELD
        else:
            outbox.enqueue(
                session,
                kind=outbox.NEXT_VISIT,
                key=f"{_PREFIX}{row.id}",
                channel=row.ticket.channel,
                sender=row.ticket.sender,
                payload={"event": EVENT, "movement": row.movement},
                now=now,
            )
            row.state, row.told_at = TOLD, now
            told += 1
    session.flush()
    return told


def reminder(movement: str | None) -> str | None:
    """Return the sentence for a movement, or None when there is none."""
    entry = maintenance_entry(movement)
    return str(entry["say"]) if entry is not None else None


def wants_no_reminders(text: str) -> bool:
    """Say whether the whole message asks for no more reminders."""
    return bool(re.fullmatch(knowledge.load("care")["stop"], normalise(text)))


def do_accept_reminders(session: Session, sender: str, channel: str, now: datetime) -> None:
    """Write down that somebody wants to be reminded; plans held for want of it are due again."""
    version = str(knowledge.load("care")["purpose"]["version"])
    do_record_consent(session, sender, PURPOSE, version, channel, now)
    for row in _plans(session, sender, HELD):
        row.state = PLANNED
    session.flush()


def do_stop_reminders(session: Session, sender: str, channel: str, now: datetime) -> bool:
    """Stop all reminders for somebody, also those that wait for his visit.

    Returns:
        Whether there was an agreement to take back.
    """
    withdrawn = do_withdraw_consent(session, sender, PURPOSE, channel, now) is not None
    session.execute(
        delete(OutboxRow).where(
            OutboxRow.sender == sender,
            OutboxRow.state == "waiting",
            OutboxRow.key.startswith(_PREFIX),
        )
    )
    for row in _plans(session, sender, PLANNED):
        row.state = HELD
    session.flush()
    return withdrawn


def _plans(session: Session, sender: str, state: str) -> list[CarePlan]:
    return list(
        session.scalars(
            select(CarePlan)
            .join(Ticket)
            .where(Ticket.sender == sender, CarePlan.kind == MAINTENANCE, CarePlan.state == state)
        )
    )
