"""客户商品领取收据 (articles 11 and 12): given to the customer, taken back and void at the return.

A lost receipt is noted with the reason; the watch may then go back without it.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store.tables import Paper, Ticket
from aftersales.workshop.actions import begin, note
from aftersales.workshop.modes import MAIL_IN
from aftersales.workshop.papers import ITEM_RECEIPT, LOST, VOID, close, find_paper, issue
from aftersales.workshop.refusals import Refused, known, require_text


def issue_receipt(
    session: Session,
    ticket: Ticket,
    condition: str,
    accessories: str | None,
    now: datetime,
    who: str,
) -> Paper:
    """Issue the receipt with what the watch looked like and what came with it."""
    receipt = issue(session, ticket, ITEM_RECEIPT, now, who)
    receipt.condition, receipt.accessories = condition, accessories
    return receipt


def do_report_receipt_lost(
    session: Session, ticket: Ticket, reason: str, now: datetime, who: str
) -> None:
    """Note that the customer's receipt is lost.

    Args:
        session: a transaction.
        ticket: a repair whose watch is here.
        reason: how it was lost and how the customer proved to be the owner.
        now: the moment.
        who: who notes it.

    Raises:
        Refused: wrong state, no receipt, no reason, or it is noted already.
    """
    begin(session, ticket, "lose_receipt")
    receipt = require_receipt(ticket)
    if receipt.state == LOST:
        raise Refused("receipt_already_lost")
    receipt.lost_reason = require_text("reason", reason)
    receipt.state, receipt.lost_at = LOST, now
    note(session, ticket, "lose_receipt", now, who)


def require_receipt(ticket: Ticket) -> Paper:
    """Return the receipt.

    Raises:
        Refused: none was issued.
    """
    receipt = find_paper(ticket, ITEM_RECEIPT)
    if receipt is None:
        raise Refused("no_receipt")
    return receipt


def void_receipt(ticket: Ticket, way: str | None, now: datetime, who: str) -> Paper:
    """Take the receipt back and make it void.

    Args:
        session: a transaction.
        ticket: whose watch goes back.
        way: ``paper`` the sheet itself, ``courier`` by the courier's signature, ``lost`` when it
            is noted as lost; None: nothing came back.
        now: the moment.
        who: who took it.

    Raises:
        Refused: the way does not fit the receipt.
    """
    receipt = require_receipt(ticket)
    if way is None:
        raise Refused("receipt_missing")
    known("receipt_returns", way)
    if way == LOST and receipt.state != LOST:
        raise Refused("receipt_missing")
    if way != LOST and receipt.state == LOST:
        raise Refused("receipt_lost")
    if way == "courier" and ticket.service_mode != MAIL_IN:
        raise Refused("courier_only_mail")
    receipt.handed_how = way
    close(receipt, VOID, now, who)
    return receipt
