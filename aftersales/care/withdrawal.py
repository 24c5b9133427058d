"""A customer takes back what he agreed to: the calls we owed him end, on record and with the
reason."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.care.plans import CALLBACK, DROPPED, HELD, PLANNED
from aftersales.deadlines.follow import do_end_calls
from aftersales.people import consent
from aftersales.store import audit
from aftersales.store.tables import CarePlan, Ticket


def do_withdraw_all(
    session: Session, sender: str, channel: str, now: datetime
) -> list[tuple[str, str]]:
    """Take back everything somebody agreed to, and end the calls that were planned or owed.

    A reminder of maintenance, which needs another agreement beside this one, is held by its sweep.

    Args and returns as for ``aftersales.people.consent.do_withdraw_all``.
    """
    taken = consent.do_withdraw_all(session, sender, channel, now)
    purposes = [purpose for purpose, _version in taken]
    tickets = session.scalars(
        select(Ticket).where(Ticket.sender == sender, Ticket.kind.in_(purposes)).order_by(Ticket.id)
    )
    for ticket in tickets.all():
        do_end_calls(session, ticket, now, sender)
        _drop_callback(session, ticket, now, sender)
    return taken


def _drop_callback(session: Session, ticket: Ticket, now: datetime, who: str) -> None:
    plans = session.scalars(
        select(CarePlan).where(
            CarePlan.ticket_id == ticket.id,
            CarePlan.kind == CALLBACK,
            CarePlan.state.in_([PLANNED, HELD]),
        )
    )
    for plan in plans.all():
        plan.state = DROPPED
        audit.record(
            session,
            who=who,
            what="do_drop",
            subject=("care_plan", plan.id),
            now=now,
            why=consent.WITHDRAWN,
        )
