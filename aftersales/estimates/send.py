"""Offers an estimate to the customer."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.estimates.make import EstimateRefused, check_ticket
from aftersales.estimates.tell import tell_customer
from aftersales.store import audit, locks
from aftersales.store.tables import Estimate
from aftersales.tickets.moves import do_move_checked
from aftersales.tickets.states import may_move

WAITING = "awaiting_approval"


def do_send_estimate(session: Session, estimate: Estimate, now: datetime, who: str) -> Estimate:
    """Offer a draft: older offers are replaced, the ticket waits for the answer where its state
    allows that, and the customer is told once. Sending it again changes nothing.

    Args:
        session: a transaction.
        estimate: a draft; its ticket's row is locked.
        now: the moment.
        who: who sends it.

    Raises:
        EstimateRefused: not a draft, its time is over, or the repair has ended.
    """
    ticket = estimate.ticket
    locks.hold(session, ticket)
    locks.hold(session, estimate)
    if estimate.state == "sent":
        return estimate
    check_ticket(ticket)
    if estimate.state != "draft":
        raise EstimateRefused("not_a_draft")
    if now >= estimate.valid_until:
        raise EstimateRefused("validity")
    older = session.scalars(
        select(Estimate).where(
            Estimate.ticket_id == ticket.id,
            Estimate.id != estimate.id,
            Estimate.state.in_(["draft", "sent"]),
            Estimate.version < estimate.version,
        )
    )
    for other in older:
        other.state = "replaced"
    estimate.state, estimate.sent_at = "sent", now
    audit.record(
        session,
        who=who,
        what="do_send_estimate",
        subject=("ticket", ticket.number),
        now=now,
        why=f"v{estimate.version} {estimate.total_fen} fen",
    )
    if may_move(ticket.kind, ticket.state, WAITING):
        # The customer hears of the estimate below, not of the bare state as well.
        do_move_checked(
            session, ticket, WAITING, now, who, why=f"v{estimate.version}", tell_customer=False
        )
    tell_customer(session, estimate, "estimate_sent", now)
    return estimate
