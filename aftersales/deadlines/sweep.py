"""What time alone brings about: warnings, escalations, days late, the month's report.

Called again and again by the worker. Each step of each deadline is told once: its key in the
outbox is the deadline's id and the step's number.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from aftersales import knowledge, outbox
from aftersales.calendar.days import missing_year
from aftersales.clock import require_utc
from aftersales.deadlines import late
from aftersales.deadlines import moments as pure
from aftersales.deadlines.clocks import Clocks
from aftersales.deadlines.follow import do_adopt
from aftersales.deadlines.moments import Step
from aftersales.deadlines.records import count, do_drop, do_start, kind_for, pauses_of
from aftersales.deadlines.schema import Kind, kinds
from aftersales.people.consent import WITHDRAWN, do_heed_withdrawal
from aftersales.store import audit
from aftersales.store.tables import Deadline, Ticket

REPORT = "monthly_report"
_BATCH = 200


@dataclass(frozen=True)
class Swept:
    """How many were warned of, how many escalations were told, how many days late recorded."""

    warned: int = 0
    escalated: int = 0
    late_days: int = 0


def do_sweep(session: Session, now: datetime) -> Swept:
    """Warn of what is about to break and tell the next person of what broke.

    Args:
        session: a transaction.
        now: the moment; what was missed during a standstill is caught up in order.
    """
    moment, clocks = require_utc(now), Clocks.from_knowledge()
    _expect_report(session, moment, clocks)
    _miss_the_calendar(session, moment, clocks)
    warned = escalated = days = 0
    due = session.scalars(
        select(Deadline)
        .where(Deadline.next_at <= moment)
        .order_by(Deadline.next_at, Deadline.id)
        .limit(_BATCH)
        .options(selectinload(Deadline.pauses), selectinload(Deadline.ticket))
        .with_for_update(skip_locked=True)
    ).all()
    known = kinds()
    for deadline in due:
        if deadline.kind not in known:  # taken out of the file: nobody is told, nothing breaks off
            deadline.next_at = None
            continue
        kind = kind_for(deadline)
        if _must_not_call(session, deadline, kind, moment):
            do_drop(session, deadline, moment, WITHDRAWN, who="system")
            continue
        span = timedelta(seconds=deadline.allowance_s)
        coming = pure.steps(kind, clocks, deadline.started_at, span, pauses_of(deadline))
        for step in coming:
            if step.number < deadline.steps_done or step.at > moment:
                continue
            _tell(session, deadline, step, moment)
            deadline.steps_done = step.number + 1
            warned += step.action == "warn"
            escalated += step.action == "escalate"
        if deadline.due_at is not None and deadline.due_at < moment:
            deadline.broken_at = deadline.broken_at or deadline.due_at
        count(deadline, clocks)
        if kind.per_day:
            days += late.do_record_late_days(session, deadline, moment)
            _look_again_tomorrow(deadline, moment, clocks)
    session.flush()
    return Swept(warned, escalated, days)


def do_adjust(session: Session, now: datetime, who: str) -> int:
    """Count all running deadlines anew, after the calendar or its overrides were changed, and
    start those of open tickets that have none yet.

    A moment a customer has been told is moved forward only, never back: a new holiday is our
    affair, not his.

    Returns:
        How many due moments changed.
    """
    clocks, changed, known = Clocks.from_knowledge(), 0, kinds()
    do_adopt(session, now)
    running = session.scalars(
        select(Deadline)
        .where(Deadline.met_at.is_(None), Deadline.dropped_at.is_(None))
        .order_by(Deadline.id)
        .with_for_update()
    ).all()
    for deadline in running:
        if deadline.kind not in known:
            continue
        before, kind = deadline.due_at, kind_for(deadline)
        count(deadline, clocks)
        if kind.told and before is not None and _later(deadline.due_at, before):
            _keep_promise(deadline, before, clocks)
        if deadline.due_at != before:
            changed += 1
            if kind.told and kind.answers and deadline.ticket is not None:
                deadline.ticket.first_answer_due = deadline.due_at
    if changed:
        audit.record(
            session,
            who=who,
            what="do_adjust",
            subject=("deadline", "running"),
            now=now,
            why=f"{changed} moved",
        )
    session.flush()
    return changed


def _later(after: datetime | None, before: datetime) -> bool:
    return after is None or after > before


def _keep_promise(deadline: Deadline, told: datetime, clocks: Clocks) -> None:
    """From now on the wall clock counts for it, up to exactly the moment told."""
    deadline.clock = "wall"
    span = pure.counted(clocks, "wall", deadline.started_at, told, pauses_of(deadline))
    deadline.allowance_s = span / timedelta(seconds=1)
    count(deadline, clocks)


def _must_not_call(session: Session, deadline: Deadline, kind: Kind, now: datetime) -> bool:
    ticket = deadline.ticket
    if not kind.call or ticket is None:
        return False
    return do_heed_withdrawal(session, ticket.sender, ticket.kind, now)


def _tell(session: Session, deadline: Deadline, step: Step, now: datetime) -> None:
    if step.action == "warn":
        deadline.warned_at = now
    outbox.notify_desk(
        session,
        f"deadline:{deadline.id}:{step.number}",
        {
            "event": "deadline_warned" if step.action == "warn" else "deadline_escalated",
            "deadline": deadline.key,
            "kind": deadline.kind,
            "role": step.role,
            "number": deadline.ticket.number if deadline.ticket is not None else None,
            "due_at": deadline.due_at.isoformat() if deadline.due_at else None,
        },
        now,
    )


def _look_again_tomorrow(deadline: Deadline, now: datetime, clocks: Clocks) -> None:
    """A day late is recorded on that day, also between and after the escalations."""
    if deadline.broken_at is None or not deadline.is_running or deadline.pause is not None:
        return
    tomorrow = clocks.midnight(clocks.local_date(now) + timedelta(days=1))
    deadline.next_at = min(deadline.next_at or tomorrow, tomorrow)


def _expect_report(session: Session, now: datetime, clocks: Clocks) -> None:
    """From the first of a month on, last month's report is due, if there was anything to report."""
    first = clocks.local_date(now).replace(day=1)
    begins = clocks.midnight(first)
    subject = f"{first - timedelta(days=1):%Y-%m}"
    known = select(Deadline.id).where(Deadline.key == f"{REPORT}:{subject}")
    if session.scalar(known) is not None:
        return
    if session.scalar(select(Ticket.id).where(Ticket.created_at < begins).limit(1)) is not None:
        do_start(session, REPORT, subject, begins)


def _miss_the_calendar(session: Session, now: datetime, clocks: Clocks) -> None:
    missing = missing_year(clocks.local_date(now), clocks.open.by_date)
    if missing is None:
        return
    outbox.notify_desk(
        session,
        f"calendar_unknown:{missing}",
        {
            "event": "calendar_unknown",
            "year": missing,
            "role": next(reversed(knowledge.load("deadlines")["roles"])),
        },
        now,
    )
