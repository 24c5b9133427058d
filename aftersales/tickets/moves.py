"""Changes of state: checked, written down, and told to whoever waits for them."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import outbox
from aftersales.ids import Ids, RandomIds
from aftersales.pickup.codes import READY, do_issue_pickup_code
from aftersales.store import audit
from aftersales.store.tables import Ticket, TicketMove
from aftersales.tickets.states import check_move, first_stage, is_final


def do_move_ticket(
    session: Session,
    ticket: Ticket,
    to_state: str,
    now: datetime,
    who: str,
    why: str | None = None,
    tell_customer: bool = True,
    ids: Ids | None = None,
) -> TicketMove:
    """Move a ticket to another state; a watch that is ready gets its pick-up code.

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
    """
    session.refresh(ticket, with_for_update=True)
    check_move(ticket.kind, ticket.state, to_state)
    move = TicketMove(from_state=ticket.state, to_state=to_state, who=who, why=why, at=now)
    ticket.moves.append(move)
    ticket.state = to_state
    # Where the state starts, so nobody has to note it.
    ticket.stage = first_stage(ticket.service_mode, to_state)
    ticket.updated_at = now
    if is_final(to_state):
        ticket.closed_at = now
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_move_ticket",
        subject=("ticket", ticket.number),
        now=now,
        why=f"{move.from_state} > {to_state}",
    )
    if to_state == READY and ticket.kind == "repair":
        do_issue_pickup_code(session, ticket, now, ids or RandomIds(), who)
    if tell_customer:
        outbox.enqueue(
            session,
            kind=outbox.NEXT_VISIT,
            key=f"move:{move.id}",
            channel=ticket.channel,
            sender=ticket.sender,
            payload={"event": "ticket_moved", "number": ticket.number, "state": to_state},
            now=now,
        )
    return move
