"""主任派工: who has the work. One assignment is in force at a time; a new one ends the last."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store.tables import Assignment, Ticket
from aftersales.workshop.actions import begin, note
from aftersales.workshop.refusals import Refused, optional_text, require_text


def current(ticket: Ticket) -> Assignment | None:
    """Return the assignment in force, or None."""
    return next((given for given in ticket.assignments if given.ended_at is None), None)


def require_technician(ticket: Ticket) -> str:
    """Return the technician who has the work.

    Raises:
        Refused: nobody has.
    """
    found = current(ticket)
    if found is None:
        raise Refused("nobody_assigned")
    return found.technician


def do_assign(
    session: Session,
    ticket: Ticket,
    technician: str,
    now: datetime,
    who: str,
    reason: str | None = None,
) -> Assignment:
    """Give the work to a technician, or to another one.

    Args:
        session: a transaction.
        ticket: a registered repair.
        technician: the name.
        now: the moment.
        who: the chief.
        reason: why this one, or why another one now.

    Raises:
        Refused: wrong state, no name, or the same technician has it already.
    """
    begin(session, ticket, "assign")
    name = require_text("technician", technician, 100)
    before = current(ticket)
    if before is not None:
        if before.technician == name:
            raise Refused("same_technician", technician=name)
        before.ended_at = now
    given = Assignment(
        ticket=ticket, technician=name, assigned_by=who, reason=optional_text(reason), at=now
    )
    session.add(given)
    note(session, ticket, "assign", now, who)
    return given


def end(ticket: Ticket, now: datetime) -> None:
    """End the assignment in force: the ticket is done."""
    found = current(ticket)
    if found is not None:
        found.ended_at = now
