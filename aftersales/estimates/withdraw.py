"""The shop takes an offer back."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.estimates.make import EstimateRefused
from aftersales.store import audit, locks
from aftersales.store.tables import Estimate


def do_withdraw_estimate(
    session: Session, estimate: Estimate, now: datetime, who: str, why: str | None = None
) -> Estimate:
    """Take back a draft or an open offer; again changes nothing. The ticket stays where it is.

    Raises:
        EstimateRefused: it was answered already: a new version replaces an answered one.
    """
    locks.hold(session, estimate.ticket)
    locks.hold(session, estimate)
    if estimate.state == "withdrawn":
        return estimate
    if estimate.state not in ("draft", "sent"):
        raise EstimateRefused("answered")
    estimate.state = "withdrawn"
    audit.record(
        session,
        who=who,
        what="do_withdraw_estimate",
        subject=("ticket", estimate.ticket.number),
        now=now,
        why=why or f"v{estimate.version}",
    )
    return estimate
