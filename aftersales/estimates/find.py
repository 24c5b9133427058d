"""Which version counts, and the link to it."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.ids import Ids
from aftersales.knowledge import load
from aftersales.links.issue import IssuedLink, do_issue_link
from aftersales.store.tables import Estimate, Ticket

#: After the end the page still explains that the offer has ended.
EXPLAINED_FOR = timedelta(days=30)


def find_in_force(session: Session, ticket: Ticket) -> Estimate | None:
    """Return the newest version that was sent and not taken back; None when there is none."""
    return session.scalar(
        select(Estimate)
        .where(Estimate.ticket_id == ticket.id, Estimate.state.not_in(["draft", "withdrawn"]))
        .order_by(Estimate.version.desc())
        .limit(1)
    )


def find_open(session: Session, ticket: Ticket, now: datetime) -> Estimate | None:
    """Return the version that waits for the customer's answer now, or None."""
    estimate = find_in_force(session, ticket)
    return estimate if estimate is not None and is_open(estimate, now) else None


def is_open(estimate: Estimate, now: datetime) -> bool:
    """Say whether it can be answered; the last moment is no longer in time."""
    return estimate.state == "sent" and now < estimate.valid_until and not is_over(estimate.ticket)


def is_over(ticket: Ticket) -> bool:
    """Say whether nothing will be repaired any more: the watch goes back, or went."""
    return ticket.state in load("estimates")["rules"]["over"]


def do_issue_estimate_link(
    session: Session, estimate: Estimate, now: datetime, ids: Ids, who: str
) -> IssuedLink:
    """Make a link to one version, to be given to the proven customer only."""
    return do_issue_link(
        session,
        "estimate",
        str(estimate.id),
        now,
        ids,
        who=who,
        ticket=estimate.ticket,
        ttl=max(estimate.valid_until - now, timedelta(0)) + EXPLAINED_FOR,
    )
