"""修护卡 (article 12): time really worked, and parts put in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.estimates.money import yuan
from aftersales.store.tables import PartUsed, Ticket, WorkLog
from aftersales.workshop.actions import begin, note
from aftersales.workshop.approval import require_approval
from aftersales.workshop.assignments import require_technician
from aftersales.workshop.refusals import Refused, optional_text, require_text

MOST_MINUTES = 24 * 60
MOST_PIECES = 999


def do_log_work(
    session: Session, ticket: Ticket, minutes: int, done: str, now: datetime, who: str
) -> WorkLog:
    """Note time really worked.

    Looking at the watch during the service may be noted before the customer agreed to a price;
    the bench may not begin before.

    Args:
        session: a transaction.
        ticket: a repair in service or on the bench.
        minutes: 1 to 1440.
        done: what was done.
        now: the moment.
        who: who notes it; the technician is the one assigned.

    Raises:
        Refused: wrong state, nobody assigned, not approved, or a value makes no sense.
    """
    begin(session, ticket, "log_work")
    technician = require_technician(ticket)
    on_bench = ticket.state == "repairing"
    if on_bench:
        require_approval(session, ticket)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused("bad_minutes", given=minutes)
    log = WorkLog(
        ticket_id=ticket.id,
        technician=technician,
        place="bench" if on_bench else "on_spot",
        minutes=minutes,
        done=require_text("done", done),
        at=now,
    )
    session.add(log)
    note(session, ticket, "log_work", now, who, f"{minutes} min")
    return log


def do_use_part(
    session: Session,
    ticket: Ticket,
    part: str,
    now: datetime,
    who: str,
    *,
    quantity: int = 1,
    part_number: str | None = None,
    unit_fen: int | None = None,
    damage: str | None = None,
) -> PartUsed:
    """Note a part put in; a charged case needs the customer's yes first.

    Args:
        session: a transaction.
        ticket: a repair in service or on the bench.
        part: its name.
        now: the moment.
        who: who notes it.
        quantity: 1 to 999.
        part_number: the maker's.
        unit_fen: price of one, in fen; None when none is charged.
        damage: how the old part was damaged, and why.

    Raises:
        Refused: wrong state, nobody assigned, not approved, or a value makes no sense.
    """
    begin(session, ticket, "use_part")
    technician = require_technician(ticket)
    require_approval(session, ticket)
    if not 1 <= quantity <= MOST_PIECES:
        raise Refused("bad_quantity", given=quantity)
    if unit_fen is not None and unit_fen < 0:
        raise Refused("bad_price", given=yuan(unit_fen))
    used = PartUsed(
        ticket_id=ticket.id,
        technician=technician,
        part=require_text("part", part, 100),
        part_number=optional_text(part_number, 60),
        quantity=quantity,
        unit_fen=unit_fen,
        damage=optional_text(damage, 300),
        at=now,
    )
    session.add(used)
    note(session, ticket, "use_part", now, who, f"x{quantity}")
    return used


def logs_of(session: Session, ticket: Ticket) -> Sequence[WorkLog]:
    """Return the hours noted, oldest first."""
    query = select(WorkLog).where(WorkLog.ticket_id == ticket.id)
    return session.scalars(query.order_by(WorkLog.id)).all()


def parts_of(session: Session, ticket: Ticket) -> Sequence[PartUsed]:
    """Return the parts noted, oldest first."""
    query = select(PartUsed).where(PartUsed.ticket_id == ticket.id)
    return session.scalars(query.order_by(PartUsed.id)).all()


def require_hours(session: Session, ticket: Ticket, place: str | None = None) -> None:
    """Refuse to go on while the card holds no hours.

    Raises:
        Refused: nothing is noted (at ``place``, when one is given).
    """
    if not any(place in (None, log.place) for log in logs_of(session, ticket)):
        raise Refused("no_hours")
