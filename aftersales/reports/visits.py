"""Visits at the counter (standard 7): who came, and how long they waited for somebody."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.reports.figures import Spread, spread
from aftersales.reports.periods import Period
from aftersales.store.tables import Visit


@dataclass(frozen=True)
class Visits:
    """The visits arranged for the period.

    Attributes:
        planned: all of them.
        came: of these, who arrived.
        unreceived: who left without anybody having looked after them.
        waiting_minutes: from arriving to being received.
    """

    planned: int
    came: int
    unreceived: int
    waiting_minutes: Spread


def visits(session: Session, period: Period) -> Visits:
    """Count the visits arranged for the period."""
    found = session.scalars(
        select(Visit).where(Visit.planned_at >= period.start, Visit.planned_at < period.end)
    ).all()
    return Visits(
        planned=len(found),
        came=sum(one.arrived_at is not None for one in found),
        unreceived=sum(one.left_at is not None and one.received_at is None for one in found),
        waiting_minutes=spread(
            [
                (one.received_at - one.arrived_at) / timedelta(minutes=1)
                for one in found
                if one.arrived_at is not None and one.received_at is not None
            ]
        ),
    )
