"""The watch goes back (article 12): against a signature on the voucher; the receipt comes back and
is void; the register says when. At the counter the pick-up code was said before, or the reason why
not is written down."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import pickup
from aftersales.store.tables import Ticket
from aftersales.workshop.actions import begin, move
from aftersales.workshop.assignments import end
from aftersales.workshop.checks import was_checked
from aftersales.workshop.modes import COUNTER, require_stage
from aftersales.workshop.papers import (
    CLOSED,
    INOUT_REGISTER,
    REPAIR_CARD,
    SERVICE_VOUCHER,
    close,
    find_paper,
    sign,
)
from aftersales.workshop.payments import note_nothing_to_collect
from aftersales.workshop.receipts import void_receipt
from aftersales.workshop.refusals import Refused, book, optional_text, require_text


def do_hand_back(
    session: Session,
    ticket: Ticket,
    signed_by: str,
    handed_by: str,
    receipt: str | None,
    now: datetime,
    who: str,
    *,
    on_paper: bool = True,
    without_code: str | None = None,
    why: str | None = None,
) -> None:
    """Give the watch back.

    Args:
        session: a transaction.
        ticket: a repair whose watch is ready.
        signed_by: who signed for it.
        handed_by: who of us handed it over or gave it to the courier.
        receipt: how the receipt came back: ``paper``, ``courier`` or ``lost``; None: not at all.
        now: the moment.
        who: who notes it.
        on_paper: signed on the printed voucher; False: the name was typed.
        without_code: why a watch goes over the counter though its pick-up code was not said just
            now (``aftersales.pickup.do_check_pickup_code``), such as: the identity card was looked
            at. Kept with the move.
        why: such as the courier's number; no personal data.

    Raises:
        Refused: wrong state, not checked, no code and no reason, no receipt back, not delivered
            yet, or a name is empty.
    """
    begin(session, ticket, "hand_back")
    if not was_checked(ticket):
        raise Refused("not_checked")
    require_stage(ticket, "hand_back")
    said, reason = pickup.was_said(session, ticket, now), optional_text(without_code)
    if ticket.service_mode == COUNTER and not said and reason is None:
        raise Refused("code_missing")
    voucher = find_paper(ticket, SERVICE_VOUCHER)
    register = find_paper(ticket, INOUT_REGISTER)
    if voucher is None or register is None:
        raise Refused("no_receipt")
    hands = require_text("handed_by", handed_by, 100)
    require_text("signed_by", signed_by)
    taken_back = void_receipt(ticket, receipt, now, who)
    sign(voucher, signed_by, on_paper, now)
    voucher.handed_by = taken_back.handed_by = register.handed_by = hands
    close(register, CLOSED, now, who)
    close(find_paper(ticket, REPAIR_CARD), CLOSED, now, who)
    end(ticket, now)
    note_nothing_to_collect(session, ticket, now, who)
    trail, told = ("with code" if said else None), optional_text(why)
    if reason is not None and not said:
        trail = "without code"
        told = " · ".join(filter(None, [book()["without_code"].format(reason=reason), told]))
    move(session, ticket, "hand_back", now, who, told, trail)
