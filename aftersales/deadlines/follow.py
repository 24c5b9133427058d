"""What a ticket's creation, its moves and what is done without a move do to its deadlines.

The one place that knows: which kinds start, pause, go on, are met or dropped is read from
``knowledge/deadlines.yml``.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from aftersales import knowledge
from aftersales.deadlines import late
from aftersales.deadlines.records import (
    do_drop,
    do_meet,
    do_pause,
    do_resume,
    do_start,
    do_start_new,
)
from aftersales.deadlines.schema import Kind, kinds, paused_in
from aftersales.people.consent import WITHDRAWN
from aftersales.store import locks
from aftersales.store.tables import Deadline, Ticket

CANCELLED = "cancelled"
FIRST_ANSWER = "first_answer"


def do_follow_ticket(
    session: Session, ticket: Ticket, from_state: str | None, now: datetime
) -> None:
    """Bring a ticket's deadlines in step with its state.

    Args:
        session: the transaction of the creation or the move.
        ticket: in its new state, with an id.
        from_state: where it came from; None for a new ticket.
        now: the moment.
    """
    so_far = [] if from_state is None else _deadlines(session, ticket)
    running = {row.kind: row for row in so_far if row.is_running}
    for kind in kinds().values():
        if ticket.kind not in kind.tickets:
            continue
        current = running.get(kind.name)
        if current is not None and _ends(session, ticket, kind, current, now):
            current = None
        if current is None and _begins(ticket, kind, from_state):
            before = sum(row.kind == kind.name for row in so_far)
            subject = f"{ticket.number}:{before + 1}" if before else ticket.number
            current = do_start_new(session, kind.name, subject, now, ticket=ticket)
            if kind.told and kind.answers:
                ticket.first_answer_due = current.due_at
            if ticket.channel in kind.spoken.get(ticket.kind, ()):
                do_answer(session, ticket, now)
        if current is not None and kind.pauses:
            _stop_or_go(session, ticket, current, now)


def do_adopt(session: Session, now: datetime) -> int:
    """Start the deadlines of open tickets that have none: those from before deadlines were kept.

    Returns:
        How many tickets were taken up.
    """
    without = (
        select(Ticket)
        .where(
            Ticket.closed_at.is_(None),
            ~select(Deadline.id).where(Deadline.ticket_id == Ticket.id).exists(),
        )
        .order_by(Ticket.id)
    )
    adopted = 0
    for ticket in session.scalars(without).all():
        started = [d for kind in kinds().values() if (d := _adopt(session, ticket, kind, now))]
        adopted += bool(started)
    return adopted


def _adopt(session: Session, ticket: Ticket, kind: Kind, now: datetime) -> Deadline | None:
    if ticket.kind not in kind.tickets or ticket.state in kind.met_by:
        return None
    if kind.starts == "created" and not (kind.answers and ticket.first_answered_at):
        return do_start(session, kind.name, ticket.number, ticket.created_at, ticket=ticket)
    if ticket.state not in kind.states:
        return None
    current = do_start(session, kind.name, ticket.number, ticket.updated_at, ticket=ticket)
    if kind.pauses:
        _stop_or_go(session, ticket, current, now)
    return current


def open_deadlines(session: Session, ticket: Ticket) -> dict[str, Deadline]:
    """Return the ticket's running deadlines by kind."""
    return {row.kind: row for row in _deadlines(session, ticket) if row.is_running}


def do_answer(session: Session, ticket: Ticket, now: datetime) -> None:
    """Write down that the customer was answered, however it happened; the first time counts."""
    if ticket.first_answered_at is None:
        ticket.first_answered_at = now
    known = kinds()
    for name, current in open_deadlines(session, ticket).items():
        if known[name].answers:
            do_meet(session, current, now)


def do_follow_action(session: Session, ticket: Ticket, action: str, now: datetime) -> None:
    """Meet what an action of the workshop meets without a change of state."""
    wanted = {kind.name for kind in kinds().values() if action in kind.done_by}
    if not wanted:
        return
    for name, current in open_deadlines(session, ticket).items():
        if name in wanted:
            do_meet(session, current, now)


def do_answer_sender(session: Session, sender: str, now: datetime) -> None:
    """A colleague wrote to a customer: the tickets of his that waited for a first answer have it.

    A complaint is not answered by a word in between: ``aftersales.complaints`` writes down its
    answer.
    """
    waiting = select(Ticket).where(
        Ticket.sender == sender,
        Ticket.kind.in_(kinds()[FIRST_ANSWER].tickets),
        Ticket.first_answered_at.is_(None),
        Ticket.closed_at.is_(None),
    )
    for ticket in session.scalars(waiting.order_by(Ticket.id)).all():
        do_answer(session, ticket, now)


def do_end_calls(session: Session, ticket: Ticket, now: datetime, who: str) -> None:
    """Drop what could only be kept by calling a customer who took his consent back."""
    known = kinds()
    for name, current in open_deadlines(session, ticket).items():
        if name in known and known[name].call:
            do_drop(session, current, now, WITHDRAWN, who=who)


def _begins(ticket: Ticket, kind: Kind, from_state: str | None) -> bool:
    if kind.starts == "created":
        return from_state is None or (_is_final(from_state) and not _is_final(ticket.state))
    return ticket.state in kind.states and from_state not in kind.states


def _ends(session: Session, ticket: Ticket, kind: Kind, current: Deadline, now: datetime) -> bool:
    met = ticket.state in kind.met_by or (kind.states and ticket.state not in kind.states)
    if ticket.state == CANCELLED or (_is_final(ticket.state) and not met):
        do_drop(session, current, now, ticket.state)
        return True
    if not met:
        return False
    do_meet(session, current, now)
    if kind.per_day:
        late.do_record_late_days(session, current, now)
    if kind.answers and ticket.first_answered_at is None:
        ticket.first_answered_at = now
    return True


def _stop_or_go(session: Session, ticket: Ticket, current: Deadline, now: datetime) -> None:
    reason, pause = paused_in().get(ticket.state), current.pause
    if pause is not None and pause.reason != reason:
        do_resume(session, current, now)
    if reason is not None and current.pause is None:
        do_pause(session, current, reason, now)


def _deadlines(session: Session, ticket: Ticket) -> Sequence[Deadline]:
    """All of the ticket's deadlines so far with their pauses, oldest first."""
    rows = select(Deadline).where(Deadline.ticket_id == ticket.id).order_by(Deadline.id)
    return locks.hold_all(session, rows.options(joinedload(Deadline.pauses)), Deadline)


def _is_final(state: str) -> bool:
    return bool(knowledge.load("tickets")["states"][state].get("final", False))
