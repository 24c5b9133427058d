"""Watches handed back later than agreed (standard 5): days, and money where the operator set it.

Days that passed in waiting for the customer or for parts were never recorded as late: they are what
the source document calls objective reasons.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftersales.deadlines.late import KIND
from aftersales.deadlines.schema import kind_of
from aftersales.reports.periods import Period
from aftersales.store.tables import Deadline, LateDay, Ticket


@dataclass(frozen=True)
class LateCase:
    """One agreement missed.

    Attributes:
        number: the repair.
        due_at: the moment agreed, moved by the pauses; UTC.
        days: days late that lie in the period.
        fen: what they come to; None while the operator has set no amount.
    """

    number: str
    due_at: datetime
    days: int
    fen: int | None


@dataclass(frozen=True)
class Overdue:
    """All of them: how many watches, the days of the period they were late, and what that comes
    to, in fen; None while the operator has set no amount."""

    watches: int
    days: int
    fen: int | None


def late_cases(session: Session, period: Period) -> tuple[LateCase, ...]:
    """Return the agreements missed by some day of the period, the longest first."""
    rows = session.execute(
        select(Ticket.number, Deadline.due_at, func.count())
        .select_from(LateDay)
        .join(Deadline, Deadline.id == LateDay.deadline_id)
        .join(Ticket, Ticket.id == LateDay.ticket_id)
        .where(LateDay.day >= period.first_day, LateDay.day <= period.last_day)
        .group_by(Ticket.number, Deadline.id, Deadline.due_at)
        .order_by(func.count().desc(), Deadline.id)
    )
    return tuple(
        LateCase(number, due, days, _fen(days)) for number, due, days in rows if due is not None
    )


def overdue(session: Session, period: Period) -> Overdue:
    """Count the late days that lie in the period."""
    cases = late_cases(session, period)
    days = sum(case.days for case in cases)
    return Overdue(watches=len({case.number for case in cases}), days=days, fen=_fen(days))


def _fen(days: int) -> int | None:
    each = kind_of(KIND).fen_per_day
    return None if each is None else each * days
