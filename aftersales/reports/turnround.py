"""How long repairs take: by the workshop's hours and by the calendar.

A repair counts in the month the stretch ended in. ``bench`` is from taking the watch in until it is
ready to go back; ``total`` from the call until the customer has the watch or it was done on the
spot. Waiting for the customer and for parts is in it: the customer waits too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.calendar import workshop_hours
from aftersales.reports.figures import Spread, spread
from aftersales.reports.periods import Period
from aftersales.store.tables import Ticket, TicketMove

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
#: Where a stretch begins and ends, as states; None begins with the ticket itself.
STRETCHES: Mapping[str, tuple[str | None, tuple[str, ...]]] = {
    "bench": ("taken_in", ("awaiting_return",)),
    "total": (None, ("returned", "done_on_spot")),
}


@dataclass(frozen=True)
class TurnRound:
    """One stretch: working hours and calendar days."""

    stretch: str
    working_hours: Spread
    calendar_days: Spread


def turn_rounds(session: Session, period: Period) -> tuple[TurnRound, ...]:
    """Measure the stretches that ended in the period."""
    return tuple(_measure(session, period, name) for name in STRETCHES)


def _measure(session: Session, period: Period, name: str) -> TurnRound:
    begins, ends = STRETCHES[name]
    hours = workshop_hours()
    worked, days = [], []
    ended = _first(session, ends)
    begun = _first(session, (begins,)) if begins is not None else _created(session, period)
    for ticket_id, end in ended.items():
        start = begun.get(ticket_id)
        if start is None or not period.has(end) or start > end:
            continue
        worked.append(hours.open_time_between(start, end) / _HOUR)
        days.append((end - start) / _DAY)
    return TurnRound(name, spread(worked), spread(days))


def _first(session: Session, states: tuple[str, ...]) -> dict[int, datetime]:
    """When each repair first reached one of the states."""
    found: dict[int, datetime] = {}
    rows = session.execute(
        select(TicketMove.ticket_id, TicketMove.at)
        .join(Ticket, Ticket.id == TicketMove.ticket_id)
        .where(Ticket.kind == "repair", TicketMove.to_state.in_(states))
        .order_by(TicketMove.id)
    )
    for ticket_id, at in rows:
        found.setdefault(ticket_id, at)
    return found


def _created(session: Session, period: Period) -> dict[int, datetime]:
    rows = session.execute(
        select(Ticket.id, Ticket.created_at).where(
            Ticket.kind == "repair", Ticket.created_at < period.end
        )
    )
    return {row[0]: row[1] for row in rows}
