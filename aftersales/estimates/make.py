"""Makes a new version of an estimate; nobody outside sees it before it is sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftersales.estimates.find import is_over
from aftersales.estimates.lines import Item, total_fen
from aftersales.knowledge import load
from aftersales.store import audit, locks
from aftersales.store.tables import Estimate, EstimateLine, Ticket


class EstimateRefused(ValueError):
    """No estimate can be made or sent; ``reason`` is a key of ``refusals`` in
    ``knowledge/estimates.yml``."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}: {load('estimates')['refusals'][reason]}")
        self.reason = reason


def do_make_estimate(
    session: Session,
    ticket: Ticket,
    items: Sequence[Item],
    now: datetime,
    who: str,
    valid_until: datetime | None = None,
    note: str | None = None,
) -> Estimate:
    """Write a new version as a draft; the version in force stays until the draft is sent.

    Args:
        session: a transaction.
        ticket: an open repair; its row is locked.
        items: the lines, prices in fen, CNY.
        now: the moment.
        who: who works it out.
        valid_until: until when the offer holds; the days of ``knowledge/estimates.yml`` by default.
        note: a sentence for the customer.

    Raises:
        LinesUnusable: the lines make no estimate.
        EstimateRefused: not an open repair, or valid for no time or too long.
    """
    total = total_fen(items)
    locks.hold(session, ticket)  # two makers get two versions
    check_ticket(ticket)
    rules = load("estimates")["rules"]
    until = valid_until or now + timedelta(days=rules["valid_days"])
    if not now < until <= now + timedelta(days=rules["longest_days"]):
        raise EstimateRefused("validity")
    last = session.scalar(select(func.max(Estimate.version)).where(Estimate.ticket_id == ticket.id))
    estimate = Estimate(
        ticket_id=ticket.id,
        ticket=ticket,
        version=(last or 0) + 1,
        state="draft",
        currency="CNY",
        total_fen=total,
        note=(note or "").strip()[:500] or None,
        valid_until=until,
        made_by=who[:100],
        made_at=now,
        lines=[
            EstimateLine(
                position=place,
                kind=item.kind,
                label=item.label.strip(),
                quantity=item.quantity,
                unit_fen=item.unit_fen,
            )
            for place, item in enumerate(items)
        ],
    )
    session.add(estimate)
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_make_estimate",
        subject=("ticket", ticket.number),
        now=now,
        why=f"v{estimate.version} {total} fen",
    )
    return estimate


def check_ticket(ticket: Ticket) -> None:
    """Refuse what is no open repair.

    Raises:
        EstimateRefused: a complaint or callback, or a repair that is being given back or over.
    """
    if ticket.kind != "repair":
        raise EstimateRefused("no_repair")
    if is_over(ticket):
        raise EstimateRefused("ended")
