"""What is planned when a repaired watch is back: one call, and one reminder years later.

The call (standard 8) is a deadline of our people. The reminder is only a suggestion by the kind of
movement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import deadlines, knowledge
from aftersales.care import satisfaction
from aftersales.people.consent import do_heed_withdrawal, has_consent, withdrawn
from aftersales.store import audit, locks
from aftersales.store.tables import CarePlan, Customer, Ticket
from aftersales.watches import find_calibre

CALLBACK, MAINTENANCE = "callback", "maintenance"
#: A plan waits as ``planned``; as ``held`` when its day came and there was no consent.
PLANNED, HELD, TOLD, FINISHED, DROPPED = "planned", "held", "told", "done", "dropped"
PURPOSE = "care"
BACK = ("returned", "done_on_spot")
OVER = ("archived", "closed")


@dataclass(frozen=True)
class Due:
    """One entry of the due list. ``consent`` matters for reminders only; moments are UTC."""

    plan_id: int
    kind: str
    number: str
    movement: str | None
    due_at: datetime
    state: str
    consent: bool


def is_erased(customer: Customer) -> bool:
    """Say whether the customer's data was deleted on request: nobody is left to remind."""
    return not customer.phone or not customer.phone_last4


def do_follow_ticket(
    session: Session, ticket: Ticket, from_state: str | None, now: datetime
) -> None:
    """Plan what follows when a watch is back, and ask for an opinion when the case is over.

    Args:
        session: the transaction of the move.
        ticket: in its new state.
        from_state: where it came from.
        now: the moment.
    """
    if from_state is None:
        return
    if ticket.kind == "repair" and ticket.state in BACK and not is_erased(ticket.customer):
        _plan_callback(session, ticket, now)
        _plan_maintenance(session, ticket, now)
    if ticket.state in OVER:
        satisfaction.do_ask_about_ticket(session, ticket, now)


def do_finish_callback(
    session: Session, plan: CarePlan, outcome: str, now: datetime, who: str
) -> None:
    """Write down that the customer was called, and what came of it.

    Raises:
        ValueError: it is no callback, or nothing was written.
    """
    if plan.kind != CALLBACK or not outcome.strip():
        raise ValueError("a callback needs its outcome")
    locks.hold(session, plan)
    if plan.state == FINISHED:
        return
    plan.state, plan.done_at, plan.outcome = FINISHED, now, outcome.strip()[:2_000]
    for kind in set(knowledge.load("care")["callbacks"].values()):
        try:
            row = deadlines.find(session, f"{kind}:{plan.ticket.number}")
        except deadlines.UnknownDeadline:
            continue
        deadlines.do_meet(session, row, now, who)
    audit.record(
        session, who=who, what="do_finish_callback", subject=("care_plan", plan.id), now=now
    )


def due_list(session: Session, until: datetime) -> list[Due]:
    """Return the plans due by a moment that are not done, the earliest first; without those of
    customers who took back what they had agreed to."""
    taken_back = withdrawn(session)
    rows = session.scalars(
        select(CarePlan)
        .where(CarePlan.state.in_([PLANNED, HELD]), CarePlan.due_at <= until)
        .order_by(CarePlan.due_at, CarePlan.id)
    )
    return [
        Due(
            plan_id=row.id,
            kind=row.kind,
            number=row.ticket.number,
            movement=row.movement,
            due_at=row.due_at,
            state=row.state,
            consent=row.kind == CALLBACK or has_consent(session, row.ticket.sender, PURPOSE),
        )
        for row in rows
        if taken_back.isdisjoint((row.ticket.sender, name) for name in purposes(row))
    ]


def purposes(plan: CarePlan) -> tuple[str, ...]:
    """Return what must not have been taken back before this is told: the call belongs to the
    repair, the reminder was agreed to by itself as well."""
    kind = plan.ticket.kind
    return (kind,) if plan.kind == CALLBACK else (kind, PURPOSE)


def maintenance_entry(movement: str | None) -> Mapping[str, Any] | None:
    """Return the entry of ``maintenance`` for a movement, or None when no interval is known."""
    for entry in knowledge.load("care")["maintenance"]:
        wanted = entry["movement"]
        if movement in (wanted if isinstance(wanted, list) else [wanted]):
            found: Mapping[str, Any] = entry
            return found
    return None


def _plan_callback(session: Session, ticket: Ticket, now: datetime) -> None:
    if do_heed_withdrawal(session, ticket.sender, ticket.kind, now):
        return
    kinds = knowledge.load("care")["callbacks"]
    kind = kinds["key_customer" if ticket.customer.key_customer else "default"]
    row = deadlines.do_start(session, kind, ticket.number, now, ticket=ticket)
    if row.due_at is not None:
        _add(session, ticket, CALLBACK, row.due_at, now)


def _plan_maintenance(session: Session, ticket: Ticket, now: datetime) -> None:
    known = find_calibre(ticket.calibre) if ticket.calibre else None
    entry = maintenance_entry(known.movement) if known is not None else None
    if entry is None:  # a movement nobody knows has no interval
        return
    due = deadlines.Clocks.from_knowledge().months_later(now, entry["months"])
    _add(session, ticket, MAINTENANCE, due, now, known.movement if known else None)


def _add(
    session: Session,
    ticket: Ticket,
    kind: str,
    due: datetime,
    now: datetime,
    movement: str | None = None,
) -> None:
    known = select(CarePlan.id).where(CarePlan.ticket_id == ticket.id, CarePlan.kind == kind)
    if session.scalar(known) is not None:
        return
    session.add(
        CarePlan(
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            kind=kind,
            movement=movement,
            state=PLANNED,
            planned_at=now,
            due_at=due,
        )
    )
