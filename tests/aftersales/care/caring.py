"""A watch that was repaired and is back, and the plans made then."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import care
from aftersales.store.tables import CarePlan, Ticket
from aftersales.tickets.moves import do_move_checked

WAY = ("awaiting_assignment", "in_service", "taken_in", "repairing", "awaiting_check")


def give_back(session: Session, ticket: Ticket, now: datetime, *more: str) -> None:
    for hours, state in enumerate((*WAY, "awaiting_return", "returned", *more)):
        do_move_checked(session, ticket, state, now + timedelta(hours=hours), who="chief")


def plan(session: Session, kind: str) -> CarePlan:
    return session.scalars(select(CarePlan).where(CarePlan.kind == kind)).one()


def agree(session: Session, ticket: Ticket, now: datetime) -> None:
    care.do_accept_reminders(session, ticket.sender, ticket.channel, now)
