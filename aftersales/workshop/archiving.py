"""The end: everything signed, void and settled goes into the archive; or a call is called off
before anything was done."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store.tables import Ticket
from aftersales.tickets.withdrawal import withdraw_papers
from aftersales.workshop.actions import begin, move
from aftersales.workshop.assignments import end
from aftersales.workshop.papers import (
    CLOSED,
    ITEM_RECEIPT,
    SERVICE_VOUCHER,
    VOID,
    close,
    find_paper,
)
from aftersales.workshop.payments import settlement_left
from aftersales.workshop.refusals import Refused, book, optional_text, require_text


def do_archive(
    session: Session, ticket: Ticket, now: datetime, who: str, why: str | None = None
) -> None:
    """Cross the call off the register and archive the voucher.

    Raises:
        Refused: wrong state, the voucher is not signed, the receipt not void, or the fee open.
    """
    begin(session, ticket, "archive")
    voucher = find_paper(ticket, SERVICE_VOUCHER)
    if voucher is None:
        raise Refused("not_registered")
    if voucher.signed_name is None:
        raise Refused("not_signed")
    receipt = find_paper(ticket, ITEM_RECEIPT)
    if receipt is not None and receipt.state != VOID:
        raise Refused("receipt_not_void")
    left = settlement_left(session, ticket)
    if left is not None:
        raise Refused("fee_open", left=book()["left"][left])
    for paper in ticket.papers:
        close(paper, CLOSED, now, who)
    end(ticket, now)
    move(session, ticket, "archive", now, who, optional_text(why))


def do_cancel_call(session: Session, ticket: Ticket, reason: str, now: datetime, who: str) -> None:
    """Call a repair off before anything was done; its papers are void.

    Raises:
        Refused: wrong state, or the reason is empty.
    """
    begin(session, ticket, "cancel")
    why = require_text("reason", reason)
    withdraw_papers(session, ticket, now, who)
    move(session, ticket, "cancel", now, who, why)
