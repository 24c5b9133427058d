"""The visits of a day, for the counter."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.deadlines import Clocks
from aftersales.store.tables import Visit


def visits_on(session: Session, day: date) -> Sequence[Visit]:
    """Return the visits arranged for a calendar day of the shop, the earliest first."""
    clocks = Clocks.from_knowledge()
    return session.scalars(
        select(Visit)
        .where(
            Visit.planned_at >= clocks.midnight(day),
            Visit.planned_at < clocks.midnight(day + timedelta(days=1)),
        )
        .order_by(Visit.planned_at, Visit.id)
    ).all()


def state_of(visit: Visit) -> str:
    """Return where a visit stands: expected, waiting, received, left or unreceived."""
    if visit.left_at is not None:
        return "left" if visit.received_at is not None else "unreceived"
    if visit.received_at is not None:
        return "received"
    return "waiting" if visit.arrived_at is not None else "expected"
