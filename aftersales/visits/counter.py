"""What happens at the counter, written down when it does; the first time counts."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store import audit, locks
from aftersales.store.tables import Visit
from aftersales.visits.arrange import VisitRefused


def do_note_arrived(session: Session, visit: Visit, now: datetime, who: str) -> None:
    """Write down that the visitor is there: from now on he waits."""
    locks.hold(session, visit)
    if visit.arrived_at is None:
        visit.arrived_at = now
        _audit(session, visit, "do_note_arrived", now, who)


def do_note_received(
    session: Session, visit: Visit, now: datetime, who: str, by: str | None = None
) -> None:
    """Write down that the visitor is looked after.

    Args:
        session: a transaction.
        visit: the visit.
        now: the moment.
        who: who writes it down.
        by: who really receives; the one arranged by default.

    Raises:
        VisitRefused: nobody has arrived.
    """
    locks.hold(session, visit)
    _need_arrival(visit)
    if visit.received_at is None and visit.left_at is None:
        visit.received_at, visit.received_by = now, (by or "").strip()[:100] or visit.host
        _audit(session, visit, "do_note_received", now, who)


def do_note_left(session: Session, visit: Visit, now: datetime, who: str) -> None:
    """Write down that the visitor left, also one whom nobody received.

    Raises:
        VisitRefused: nobody has arrived.
    """
    locks.hold(session, visit)
    _need_arrival(visit)
    if visit.left_at is None:
        visit.left_at = now
        _audit(session, visit, "do_note_left", now, who)


def _need_arrival(visit: Visit) -> None:
    if visit.arrived_at is None:
        raise VisitRefused("not_arrived")


def _audit(session: Session, visit: Visit, what: str, now: datetime, who: str) -> None:
    session.flush()
    audit.record(session, who=who, what=what, subject=("visit", visit.id), now=now)
