"""The customer's answer: once, however often it is tapped."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from aftersales.estimates.find import find_in_force, is_open, is_over
from aftersales.estimates.tell import tell_desk
from aftersales.knowledge import load
from aftersales.store import audit, locks
from aftersales.store.tables import Estimate
from aftersales.tickets.moves import do_move_checked
from aftersales.tickets.states import may_move

_WAITING = "awaiting_approval"
_THEN = {"accepted": "repairing", "declined": "awaiting_return"}


class EstimateClosed(Exception):
    """It can no longer be answered; ``state`` is draft, expired, replaced, withdrawn or
    over."""

    def __init__(self, state: str) -> None:
        super().__init__(f"the estimate is {state}")
        self.state = state


class AlreadyDecided(Exception):
    """The other answer was given before; ``state`` is accepted or declined."""

    def __init__(self, state: str) -> None:
        super().__init__(f"the estimate was {state} before")
        self.state = state


def reasons() -> Mapping[str, Any]:
    """Return the reasons to decline that can be chosen, by key."""
    found: Mapping[str, Any] = load("estimates")["decline_reasons"]
    return found


def do_accept(session: Session, estimate: Estimate, key: str, now: datetime, who: str) -> Estimate:
    """Accept an offer: the repair may go on, and goes on when it waited for this.

    Args:
        session: a transaction.
        estimate: the version that was read; ticket and version are locked and read again.
        key: the decision's own key, unique: the same key again finds the first decision.
        now: the moment.
        who: by which way, such as ``link``, or who wrote it down.

    Raises:
        EstimateClosed: expired, replaced, withdrawn or never sent; nothing is written.
        AlreadyDecided: it was declined before.
    """
    return _decide(session, estimate, "accepted", key, now, who, None)


def do_decline(
    session: Session, estimate: Estimate, key: str, reason: str, now: datetime, who: str
) -> Estimate:
    """Decline an offer: the watch is given back unrepaired.

    Args: as for ``do_accept``; ``reason`` is a key of ``reasons()``.

    Raises:
        ValueError: no such reason.
        EstimateClosed: expired, replaced, withdrawn or never sent; nothing is written.
        AlreadyDecided: it was accepted before.
    """
    if reason not in reasons():
        raise ValueError(f"no such reason: {reason!r}")
    return _decide(session, estimate, "declined", key, now, who, reason)


def end_of(estimate: Estimate) -> str:
    """Return why a version that is not open cannot be answered: its state, ``over`` when the watch
    is being given back, ``expired`` also before the job has noted it."""
    if estimate.state != "sent":
        return estimate.state
    return "over" if is_over(estimate.ticket) else "expired"


def _decide(
    session: Session,
    estimate: Estimate,
    answer: str,
    key: str,
    now: datetime,
    who: str,
    reason: str | None,
) -> Estimate:
    ticket = estimate.ticket
    locks.hold(session, ticket)  # sending a newer version waits for us
    locks.hold(session, estimate)
    if estimate.state == answer:
        return estimate  # the second tap, or a second page that says the same
    if estimate.state in _THEN:
        raise AlreadyDecided(estimate.state)
    if not is_open(estimate, now):
        raise EstimateClosed(end_of(estimate))
    newest = find_in_force(session, ticket)
    if newest is None or newest.id != estimate.id:
        raise EstimateClosed("replaced")
    estimate.state, estimate.decided_at, estimate.decided_by = answer, now, who[:100]
    estimate.decision_key, estimate.decline_reason = key, reason
    if answer == "accepted":  # what the workshop's papers print
        ticket.approved_at, ticket.approved_how = now, "link"
    session.flush()  # a key used for another estimate fails here, before anything moves
    audit.record(
        session,
        who=who,
        what="do_accept" if answer == "accepted" else "do_decline",
        subject=("ticket", ticket.number),
        now=now,
        why=f"v{estimate.version} {estimate.total_fen} fen" + (f" {reason}" if reason else ""),
    )
    then = _THEN[answer]
    if ticket.state == _WAITING and may_move(ticket.kind, ticket.state, then):
        do_move_checked(session, ticket, then, now, who, why=reason or f"v{estimate.version}")
    tell_desk(session, estimate, f"estimate_{answer}", now)
    return estimate
