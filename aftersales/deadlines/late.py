"""A moment agreed for handing the watch back, and the days it is missed by (standard 5).

Only days are recorded. What a day costs the house is not written in the source: the operator may
say so (``fen_per_day`` in ``knowledge/deadlines.yml``), and only the monthly report reads it.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.clock import require_utc
from aftersales.deadlines.clocks import Clocks
from aftersales.deadlines.records import do_drop, do_start
from aftersales.store import audit, locks
from aftersales.store.tables import Deadline, LateDay, Ticket

KIND = "delivery"


def do_agree_delivery(
    session: Session, ticket: Ticket, agreed: datetime, now: datetime, who: str
) -> Deadline:
    """Write down when the watch will be handed back, as agreed with the customer.

    The same moment again changes nothing; another one replaces the first, which stays on record.

    Args:
        session: a transaction.
        ticket: a repair that is not over.
        agreed: the moment agreed.
        now: when it was agreed.
        who: who agreed it.

    Raises:
        ValueError: the moment has passed, or the ticket is no repair or is over.
    """
    if ticket.kind != "repair" or ticket.closed_at is not None:
        raise ValueError("only a repair that is not over is handed back")
    if require_utc(agreed) <= require_utc(now):
        raise ValueError("the agreed moment has passed")
    locks.lock(session, f"delivery:{ticket.number}")
    earlier = session.scalars(
        select(Deadline).where(Deadline.ticket_id == ticket.id, Deadline.kind == KIND)
    ).all()
    for one in earlier:
        if one.is_running:
            if one.due_at == require_utc(agreed):
                return one
            do_drop(session, one, now, "agreed anew")
    subject = f"{ticket.number}:{len(earlier) + 1}" if earlier else ticket.number
    deadline = do_start(session, KIND, subject, now, ticket=ticket, agreed=agreed)
    audit.record(
        session,
        who=who,
        what="do_agree_delivery",
        subject=("ticket", ticket.number),
        now=now,
        why=f"{require_utc(agreed):%Y-%m-%dT%H:%MZ}",
    )
    return deadline


def late_days(deadline: Deadline, now: datetime, clocks: Clocks) -> list[date]:
    """Return the shop's calendar days after the agreed one, up to now or the handing back; days
    that passed wholly in a pause are not counted."""
    if deadline.due_at is None or deadline.dropped_at is not None:
        return []
    end = min(require_utc(now), deadline.met_at or require_utc(now))
    first = clocks.local_date(deadline.due_at) + timedelta(days=1)
    last = clocks.local_date(end)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if not _paused(deadline, day, clocks)]


def do_record_late_days(session: Session, deadline: Deadline, now: datetime) -> int:
    """Record each day late that is not on record yet, also after a standstill of ours; returns how
    many were new."""
    if deadline.ticket_id is None:
        return 0
    known = set(session.scalars(select(LateDay.day).where(LateDay.deadline_id == deadline.id)))
    new = [day for day in late_days(deadline, now, Clocks.from_knowledge()) if day not in known]
    for day in new:
        session.add(
            LateDay(deadline_id=deadline.id, ticket_id=deadline.ticket_id, day=day, noted_at=now)
        )
    session.flush()
    return len(new)


def _paused(deadline: Deadline, day: date, clocks: Clocks) -> bool:
    begins, ends = clocks.midnight(day), clocks.midnight(day + timedelta(days=1))
    return any(
        pause.begun_at <= begins and (pause.ended_at is None or pause.ended_at >= ends)
        for pause in deadline.pauses
    )
