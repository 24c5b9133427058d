"""What time does to an offer: a reminder before its end, and the end. Called again and again."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.estimates.find import is_over
from aftersales.estimates.tell import tell_customer, tell_desk
from aftersales.knowledge import load
from aftersales.store import audit
from aftersales.store.tables import Estimate

_SYSTEM = "system"


def do_remind_due(session: Session, now: datetime, limit: int = 50) -> int:
    """Remind customers whose offer ends soon, each once; returns how many.

    Soon is the hours of ``knowledge/estimates.yml`` before the end, but not within the first half
    of an offer's time: who has just read it needs no reminder.
    """
    soon = timedelta(hours=load("estimates")["rules"]["remind_hours"])
    found = session.scalars(
        select(Estimate)
        .where(
            Estimate.state == "sent",
            Estimate.reminded_at.is_(None),
            Estimate.valid_until > now,
            Estimate.valid_until <= now + soon,
        )
        .order_by(Estimate.valid_until, Estimate.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    reminded = 0
    for estimate in found:
        sent = estimate.sent_at or estimate.made_at
        if now < sent + (estimate.valid_until - sent) / 2 or is_over(estimate.ticket):
            continue
        estimate.reminded_at = now
        tell_customer(session, estimate, "estimate_reminder", now)
        audit.record(
            session,
            who=_SYSTEM,
            what="do_remind_due",
            subject=("ticket", estimate.ticket.number),
            now=now,
            why=f"v{estimate.version}",
        )
        reminded += 1
    return reminded


def do_expire_due(session: Session, now: datetime, limit: int = 50) -> int:
    """End offers whose time is over and tell both sides; returns how many.

    The ticket stays where it is: the shop decides between a new version and giving the watch back.
    """
    found = session.scalars(
        select(Estimate)
        .where(Estimate.state == "sent", Estimate.valid_until <= now)
        .order_by(Estimate.valid_until, Estimate.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for estimate in found:
        estimate.state = "expired"
        if not is_over(estimate.ticket):  # whoever has the watch back is not asked any more
            tell_customer(session, estimate, "estimate_expired", now)
        tell_desk(session, estimate, "estimate_expired", now)
        audit.record(
            session,
            who=_SYSTEM,
            what="do_expire_due",
            subject=("ticket", estimate.ticket.number),
            now=now,
            why=f"v{estimate.version}",
        )
    return len(found)
