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
    purposes,
)
from aftersales.language import normalise
from aftersales.people.consent import (
    do_heed_withdrawal,
    do_record_consent,
    do_withdraw_consent,
    has_consent,
)
from aftersales.store.tables import CarePlan, OutboxRow, Ticket

REMINDER = "care_reminder"
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
        elif not _may_tell(session, row, now):
            row.state = HELD
        else:
            outbox.leave_for_visit(
                session,
                f"{_PREFIX}{row.id}",
                row.ticket,
                {"event": REMINDER, "movement": row.movement},
                now,
            )
            row.state, row.told_at = TOLD, now
            told += 1
    session.flush()
    return told


def do_look_again(session: Session, key: str, now: datetime) -> bool:
    """Say whether a reminder that waited may still be told; one that may not is held again.

    Args:
        session: the transaction that tells it.
        key: the outbox key of the reminder.
        now: the moment.
    """
    number = key.removeprefix(_PREFIX)
    row = session.get(CarePlan, int(number)) if number.isdecimal() else None
    if row is None:
        return False
    if _may_tell(session, row, now):
        return True
    row.state, row.told_at = HELD, None
    session.flush()
    return False


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
    do_heed_withdrawal(session, sender, PURPOSE, now)
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


def _may_tell(session: Session, row: CarePlan, now: datetime) -> bool:
    sender = row.ticket.sender
    heeded = [do_heed_withdrawal(session, sender, name, now) for name in purposes(row)]
    return not any(heeded) and has_consent(session, sender, PURPOSE)


def _plans(session: Session, sender: str, state: str) -> list[CarePlan]:
    return list(
        session.scalars(
            select(CarePlan)
            .join(Ticket)
            .where(Ticket.sender == sender, CarePlan.kind == MAINTENANCE, CarePlan.state == state)
        )
    )
