"""主任验讫: the chief passes the repaired watch, or sends it back with the reason."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store.tables import Paper, Ticket
from aftersales.workshop.actions import begin, move
from aftersales.workshop.approval import require_approval
from aftersales.workshop.assignments import current
from aftersales.workshop.papers import CLOSED, REPAIR_CARD, close, find_paper
from aftersales.workshop.refusals import Refused, book, optional_text, require_text


def do_pass_check(
    session: Session, ticket: Ticket, now: datetime, who: str, why: str | None = None
) -> None:
    """Pass the watch: the repair card is complete and closed.

    Raises:
        Refused: wrong state, not agreed to, no card, or the checker is the technician.
    """
    begin(session, ticket, "pass_check")
    _require_other_eyes(ticket, who)
    require_approval(session, ticket)
    close(_card(ticket), CLOSED, now, who)
    move(session, ticket, "pass_check", now, who, optional_text(why))


def do_fail_check(session: Session, ticket: Ticket, reason: str, now: datetime, who: str) -> None:
    """Send the watch back to the bench.

    Raises:
        Refused: wrong state, the reason is empty, or the checker is the technician.
    """
    begin(session, ticket, "fail_check")
    _require_other_eyes(ticket, who)
    move(session, ticket, "fail_check", now, who, require_text("reason", reason))


def was_checked(ticket: Ticket) -> bool:
    """Say whether the watch was passed after it was last on the bench, or never was there."""
    for move_made in reversed(ticket.moves):
        if move_made.from_state == "awaiting_check" and move_made.to_state == "awaiting_return":
            return True
        if move_made.to_state == "repairing":
            return False
    return True


def _require_other_eyes(ticket: Ticket, who: str) -> None:
    given = current(ticket)
    if given is not None and given.technician == who and not book()["rules"]["own_check"]:
        raise Refused("own_check", technician=who)


def _card(ticket: Ticket) -> Paper:
    card = find_paper(ticket, REPAIR_CARD)
    if card is None:
        raise Refused("no_receipt")
    return card
