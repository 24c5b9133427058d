"""Two tickets about the same thing become one."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from aftersales import knowledge, outbox
from aftersales.store import audit, locks
from aftersales.store.tables import Photo, Ticket, TicketFinding, TicketLink
from aftersales.tickets.gates import ComplaintUnfinished, check_closable
from aftersales.tickets.links import SAME_AS, do_link_tickets
from aftersales.tickets.moves import do_move_ticket
from aftersales.tickets.states import CANCELLED, may_move
from aftersales.tickets.withdrawal import withdraw_papers

CLOSED = "closed"


class MergeRefused(ValueError):
    """Two tickets cannot become one.

    ``reason``: itself, kind, customer, ended, begun, elsewhere.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"these tickets are not merged: {reason}")
        self.reason = reason


def do_merge_tickets(
    session: Session, kept: Ticket, merged: Ticket, now: datetime, who: str
) -> TicketLink:
    """Let ``merged`` end and point to ``kept``; doing it again returns the first pointer.

    Its words, findings and photos go over to ``kept``, its moves stay with it, its papers are
    void. The customer is told once, at the next visit.

    Args:
        session: a transaction.
        kept: the ticket that goes on; locked and read again first.
        merged: the ticket that ends.
        now: the moment.
        who: who merges.

    Raises:
        MergeRefused: the same ticket; another kind; another customer; ``kept`` has ended; the work
            on ``merged`` has begun or it has ended; it was merged into another one before.
    """
    if kept.id == merged.id:
        raise MergeRefused("itself")
    for ticket in sorted((kept, merged), key=lambda one: one.id):  # one order, or two would wait
        locks.hold(session, ticket)
    before = session.scalar(
        select(TicketLink).where(TicketLink.ticket_id == merged.id, TicketLink.kind == SAME_AS)
    )
    if before is not None:
        if before.other_id != kept.id:
            raise MergeRefused("elsewhere")
        return before
    end = _checked(session, kept, merged)
    _move_findings(session, kept, merged)
    session.execute(
        update(Photo)
        .where(Photo.ticket_id == merged.id)
        .values(ticket_id=kept.id)
        .execution_options(synchronize_session="fetch")
    )
    session.expire(merged, ["photos", "findings"])
    session.expire(kept, ["photos", "findings"])
    do_move_ticket(session, merged, end, now, who, why=f"merged {kept.number}", tell_customer=False)
    withdraw_papers(session, merged, now, who)
    link = do_link_tickets(session, merged, kept, SAME_AS, now, who)
    kept.updated_at = now
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_merge_tickets",
        subject=("ticket", kept.number),
        now=now,
        why=f"took in {merged.number}",
    )
    outbox.leave_for_visit(
        session,
        f"merge:{merged.number}",
        merged,
        {"event": "ticket_merged", "number": merged.number, "into": kept.number},
        now,
    )
    return link


def _checked(session: Session, kept: Ticket, merged: Ticket) -> str:
    """Return the state ``merged`` ends in."""
    if kept.kind != merged.kind:
        raise MergeRefused("kind")
    if kept.customer_id != merged.customer_id:
        raise MergeRefused("customer")
    if kept.closed_at is not None or merged.closed_at is not None:
        raise MergeRefused("ended")
    for end in (CANCELLED, CLOSED):
        if may_move(merged.kind, merged.state, end):
            return _closable(session, merged, end)
    raise MergeRefused("begun")


def _closable(session: Session, merged: Ticket, end: str) -> str:
    """A complaint somebody works on and has not dealt with has begun."""
    try:
        check_closable(session, merged, end)
    except ComplaintUnfinished as unfinished:
        raise MergeRefused("begun") from unfinished
    return end


def _move_findings(session: Session, kept: Ticket, merged: Ticket) -> None:
    label = str(knowledge.load("tickets")["labels"]["merged"])
    told = [(finding.label, finding.value) for finding in merged.findings]
    if merged.fault and merged.fault != kept.fault:
        told.insert(0, (label, merged.fault))
    if merged.note:
        told.append((label, merged.note))
    add_findings(session, kept, told)
    merged.findings.clear()
    session.flush()


def add_findings(session: Session, ticket: Ticket, told: list[tuple[str, str]]) -> None:
    """Write more findings under those a ticket has; what stands there already is not repeated."""
    known = {(finding.label, finding.value) for finding in ticket.findings}
    place = max((finding.position for finding in ticket.findings), default=-1) + 1
    for label, value in told:
        if (label, value) not in known:
            known.add((label, value))
            ticket.findings.append(TicketFinding(position=place, label=label, value=value))
            place += 1
    session.flush()
