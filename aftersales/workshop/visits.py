"""The service itself (articles 9 and 11): settled on the spot, or the watch is taken in."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store.tables import Paper, Ticket
from aftersales.workshop.actions import begin, move
from aftersales.workshop.approval import require_approval
from aftersales.workshop.assignments import require_technician
from aftersales.workshop.modes import MAIL_IN, require_stage
from aftersales.workshop.papers import (
    INOUT_REGISTER,
    REPAIR_CARD,
    SERVICE_VOUCHER,
    find_paper,
    issue,
    sign,
)
from aftersales.workshop.payments import note_nothing_to_collect
from aftersales.workshop.receipts import issue_receipt
from aftersales.workshop.refusals import Refused, optional_text, require_text
from aftersales.workshop.work import require_hours


def do_start_service(
    session: Session, ticket: Ticket, now: datetime, who: str, why: str | None = None
) -> None:
    """The technician sets to: at the counter, over the parcel, or on the way to the customer.

    Raises:
        Refused: wrong state, nobody assigned, or the watch is not here yet.
    """
    begin(session, ticket, "start")
    require_technician(ticket)
    require_stage(ticket, "start")
    move(session, ticket, "start", now, who, optional_text(why))


def do_finish_on_spot(
    session: Session,
    ticket: Ticket,
    signed_by: str,
    now: datetime,
    who: str,
    *,
    on_paper: bool = True,
    why: str | None = None,
) -> None:
    """Settle it on the spot: the customer signs the voucher.

    Args:
        session: a transaction.
        ticket: a repair in service.
        signed_by: who signed.
        now: the moment.
        who: the technician.
        on_paper: signed on the printed voucher; False: the name was typed.
        why: anything for the history.

    Raises:
        Refused: wrong state, sent in by mail, not arrived, not approved, or no hours noted.
    """
    begin(session, ticket, "finish_on_spot")
    if ticket.service_mode == MAIL_IN:
        raise Refused("mail_not_on_spot")
    require_stage(ticket, "finish_on_spot")
    require_approval(session, ticket)
    require_hours(session, ticket)
    sign(_voucher(ticket), signed_by, on_paper, now)
    note_nothing_to_collect(session, ticket, now, who)
    move(session, ticket, "finish_on_spot", now, who, optional_text(why))


def do_take_in(
    session: Session,
    ticket: Ticket,
    signed_by: str,
    condition: str,
    now: datetime,
    who: str,
    *,
    accessories: str | None = None,
    on_paper: bool = True,
    why: str | None = None,
) -> None:
    """Take the watch in: the receipt goes to the customer, the watch into the register, the repair
    card onto the watch.

    Args:
        session: a transaction.
        ticket: a repair in service.
        signed_by: who agreed to leave it; for a parcel, who sent it.
        condition: how the watch looked.
        now: the moment.
        who: the technician.
        accessories: what came with it.
        on_paper: signed on the printed sheet.
        why: anything for the history.

    Raises:
        Refused: wrong state, not arrived, or a field is empty.
    """
    begin(session, ticket, "take_in")
    require_stage(ticket, "take_in")
    seen = require_text("condition", condition)
    require_text("signed_by", signed_by)
    _voucher(ticket)
    receipt = issue_receipt(session, ticket, seen, optional_text(accessories), now, who)
    sign(receipt, signed_by, on_paper, now)
    issue(session, ticket, INOUT_REGISTER, now, who)
    issue(session, ticket, REPAIR_CARD, now, who)
    move(session, ticket, "take_in", now, who, optional_text(why))


def _voucher(ticket: Ticket) -> Paper:
    voucher = find_paper(ticket, SERVICE_VOUCHER)
    if voucher is None:
        raise Refused("not_registered")
    return voucher
