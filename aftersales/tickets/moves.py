"""Changes of state: checked, written down, and told to whoever waits for them."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import outbox
from aftersales.ids import Ids, RandomIds
from aftersales.pickup.codes import READY, do_issue_pickup_code
from aftersales.store import audit, locks
from aftersales.store.tables import Ticket, TicketMove
from aftersales.tickets.follow import do_follow
from aftersales.tickets.gates import check_closable
from aftersales.tickets.states import (
    CANCELLED,
    IllegalMove,
    check_move,
    first_stage,
    is_final,
)


class NeedsWorkshop(IllegalMove):
    """A repair moves on by the workshop's own steps, which know what has to be true first."""


def do_move_ticket(
    session: Session,
    ticket: Ticket,
    to_state: str,
    now: datetime,
    who: str,
    why: str | None = None,
    tell_customer: bool = True,
) -> TicketMove:
    """Move a complaint or a callback to another state, or cancel any ticket.

    Args: as for ``do_move_checked``.

    Raises:
        NeedsWorkshop: a repair is to go anywhere else; nothing is written.
        IllegalMove: the table of moves does not hold it; nothing is written.
        ComplaintUnfinished: a complaint is to be closed before it was answered, its cause found and
            its measure taken.
    """
    if ticket.kind == "repair" and to_state != CANCELLED:
        raise NeedsWorkshop(ticket.kind, ticket.state, to_state)
    return do_move_checked(session, ticket, to_state, now, who, why, tell_customer)


def do_move_checked(
    session: Session,
    ticket: Ticket,
    to_state: str,
    now: datetime,
    who: str,
    why: str | None = None,
    tell_customer: bool = True,
    ids: Ids | None = None,
) -> TicketMove:
    """Move a ticket whose preconditions the caller has checked; a watch that is ready gets its
    pick-up code.

    For ``aftersales.workshop`` and ``aftersales.estimates``, which know what must be true before
    a repair moves; this function knows the table of moves only.

    Args:
        session: a transaction.
        ticket: the ticket; its row is locked and read again first.
        to_state: a state of ``knowledge/tickets.yml``.
        now: the moment.
        who: who moves it.
        why: the reason given.
        tell_customer: leave the news for the customer's next visit.
        ids: makes the pick-up code's secret; the system's random source by default.

    Raises:
        IllegalMove: the table of moves does not hold it; nothing is written.
        ComplaintUnfinished: a complaint is to be closed before it was answered, its cause found and
        its measure taken.
    """
    locks.hold(session, ticket)
    check_move(ticket.kind, ticket.state, to_state)
    check_closable(session, ticket, to_state)
    return _carry_out(
        session, ticket, to_state, now, who, why, tell_customer, "do_move_ticket", ids
    )


def do_reopen_ticket(
    session: Session, ticket: Ticket, to_state: str, now: datetime, who: str, why: str
) -> TicketMove:
    """Take a finished ticket up again; its deadlines begin anew.

    The table of moves has no way out of a final state: whoever calls this says why.

    Raises:
        IllegalMove: the ticket is not finished, was cancelled, or the wanted state is final too.
    """
    locks.hold(session, ticket)
    if not is_final(ticket.state) or ticket.state == CANCELLED or is_final(to_state):
        raise IllegalMove(ticket.kind, ticket.state, to_state)
    ticket.closed_at = None
    return _carry_out(session, ticket, to_state, now, who, why, False, "do_reopen_ticket")


def _carry_out(
    session: Session,
    ticket: Ticket,
    to_state: str,
    now: datetime,
    who: str,
    why: str | None,
    tell_customer: bool,
    what: str,
    ids: Ids | None = None,
) -> TicketMove:
    # By its ticket, not into ``ticket.moves``: that would read all of them first.
    move = TicketMove(
        ticket=ticket, from_state=ticket.state, to_state=to_state, who=who, why=why, at=now
    )
    session.add(move)
    ticket.state = to_state
    # Where the state starts, so nobody has to note it.
    ticket.stage = first_stage(ticket.service_mode, to_state)
    ticket.updated_at = now
    if is_final(to_state):
        ticket.closed_at = now
    audit.record(
        session,
        who=who,
        what=what,
        subject=("ticket", ticket.number),
        now=now,
        why=f"{move.from_state} > {to_state}",
    )
    session.flush()
    do_follow(session, ticket, move.from_state, now)
    if to_state == READY and ticket.kind == "repair":
        do_issue_pickup_code(session, ticket, now, ids or RandomIds(), who)
    if tell_customer:
        outbox.leave_for_visit(
            session,
            f"move:{move.id}",
            ticket,
            {"event": "ticket_moved", "number": ticket.number, "state": to_state},
            now,
        )
    return move
