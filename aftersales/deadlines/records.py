"""Deadlines as rows: started, paused, resumed, met, dropped.

Every row says what began and ended when. An audit line is written where a person does it (``who``);
what a ticket's move or a taken hand-over brings about has the line of that change.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.clock import require_utc
from aftersales.deadlines import moments as pure
from aftersales.deadlines.clocks import Clocks
from aftersales.deadlines.moments import Pause
from aftersales.deadlines.schema import Clock, Kind, kind_of, reasons
from aftersales.store import audit, locks
from aftersales.store.tables import Deadline, DeadlinePause, Ticket


class UnknownDeadline(LookupError):
    """There is no deadline with this key."""


class NotPausable(ValueError):
    """This deadline's clock does not stop, or not for this reason."""


def find(session: Session, key: str) -> Deadline:
    """Return the deadline with this key.

    Raises:
        UnknownDeadline: there is none.
    """
    found = session.scalar(select(Deadline).where(Deadline.key == key))
    if found is None:
        raise UnknownDeadline(f"no deadline {key!r}")
    return found


def do_start(
    session: Session,
    kind: str,
    subject: str,
    start: datetime,
    *,
    ticket: Ticket | None = None,
    agreed: datetime | None = None,
) -> Deadline:
    """Start a deadline; the same kind and subject again find the first one.

    Args:
        session: the transaction of the change that starts it.
        kind: a key of ``kinds`` in ``knowledge/deadlines.yml``.
        subject: what it is about, such as a ticket's number or ``2026-10``.
        start: when its clock begins.
        ticket: the ticket it belongs to.
        agreed: the moment agreed with the customer, where there is one.

    Raises:
        KeyError: there is no such kind.
        ValueError: an agreed moment is missing or lies before the start.
    """
    key = f"{kind}:{subject}"
    locks.lock(session, f"deadline:{key}")
    first = session.scalar(select(Deadline).where(Deadline.key == key))
    return first or do_start_new(session, kind, subject, start, ticket=ticket, agreed=agreed)


def do_start_new(
    session: Session,
    kind: str,
    subject: str,
    start: datetime,
    *,
    ticket: Ticket | None = None,
    agreed: datetime | None = None,
) -> Deadline:
    """Start a deadline that was never started; for who holds the ticket and its deadlines.

    Arguments and errors as for ``do_start``.
    """
    known, clocks, begun = kind_of(kind), Clocks.from_knowledge(), require_utc(start)
    span = pure.allowance(known, begun, clocks, require_utc(agreed) if agreed else None)
    deadline = Deadline(
        key=f"{kind}:{subject}",
        kind=kind,
        clock=known.clock,
        ticket_id=ticket.id if ticket is not None else None,
        started_at=begun,
        allowance_s=span / timedelta(seconds=1),
        steps_done=0,
    )
    count(deadline, clocks)
    session.add(deadline)
    return deadline


def do_pause(
    session: Session, deadline: Deadline, reason: str, now: datetime, who: str | None = None
) -> DeadlinePause:
    """Stop the clock; a paused deadline stays as it is.

    Raises:
        NotPausable: the kind does not pause, or the reason is not one of the file.
    """
    locks.hold(session, deadline)
    if not kind_of(deadline.kind).pauses or reason not in reasons() or not deadline.is_running:
        raise NotPausable(f"{deadline.kind} does not pause for {reason!r}")
    current = deadline.pause
    if current is not None:
        return current
    pause = DeadlinePause(reason=reason, begun_at=require_utc(now))
    deadline.pauses.append(pause)
    deadline.next_at = None
    session.flush()
    _audit(session, deadline, "do_pause", now, who, reason)
    return pause


def do_resume(session: Session, deadline: Deadline, now: datetime, who: str | None = None) -> None:
    """Let the clock go on; the due moment moves by the time that did not count. Harmless when it
    runs."""
    locks.hold(session, deadline)
    current = deadline.pause
    if current is None:
        return
    current.ended_at = max(require_utc(now), current.begun_at)
    count(deadline, Clocks.from_knowledge())
    session.flush()
    _audit(session, deadline, "do_resume", now, who, current.reason)


def do_meet(session: Session, deadline: Deadline, now: datetime, who: str | None = None) -> None:
    """Write down that it was done; too late counts as broken. Harmless the second time."""
    locks.hold(session, deadline)
    if not deadline.is_running:
        return
    _end_pause(deadline, now)
    deadline.met_at, deadline.next_at = require_utc(now), None
    if deadline.due_at is not None and deadline.met_at > deadline.due_at:
        deadline.broken_at = deadline.broken_at or deadline.due_at
    _audit(session, deadline, "do_meet", now, who)


def do_drop(
    session: Session, deadline: Deadline, now: datetime, why: str, who: str | None = None
) -> None:
    """Let it go: nothing is owed any more, as when the ticket was cancelled."""
    locks.hold(session, deadline)
    if not deadline.is_running:
        return
    _end_pause(deadline, now)
    deadline.dropped_at, deadline.next_at = require_utc(now), None
    session.flush()
    _audit(session, deadline, "do_drop", now, who, why)


def kind_for(deadline: Deadline) -> Kind:
    """Return the deadline's kind with the clock it was started with."""
    return replace(kind_of(deadline.kind), clock=cast(Clock, deadline.clock))


def count(deadline: Deadline, clocks: Clocks) -> None:
    """Set ``due_at`` and ``next_at`` by the calendar and the pauses so far."""
    kind = kind_for(deadline)
    pauses, span = pauses_of(deadline), timedelta(seconds=deadline.allowance_s)
    deadline.due_at = pure.reached(clocks, kind.clock, deadline.started_at, span, pauses)
    coming = pure.steps(kind, clocks, deadline.started_at, span, pauses)
    ahead = [step.at for step in coming if step.number >= deadline.steps_done]
    running = deadline.is_running and deadline.pause is None
    deadline.next_at = min(ahead) if ahead and running else None


def pauses_of(deadline: Deadline) -> list[Pause]:
    """Return the deadline's pauses as the pure functions take them."""
    return [Pause(pause.begun_at, pause.ended_at) for pause in deadline.pauses]


def _end_pause(deadline: Deadline, now: datetime) -> None:
    current = deadline.pause
    if current is not None:
        current.ended_at = max(require_utc(now), current.begun_at)
        count(deadline, Clocks.from_knowledge())


def _audit(
    session: Session,
    deadline: Deadline,
    what: str,
    now: datetime,
    who: str | None,
    why: str | None = None,
) -> None:
    if who is None:
        return
    audit.record(session, who=who, what=what, subject=("deadline", deadline.key), now=now, why=why)
