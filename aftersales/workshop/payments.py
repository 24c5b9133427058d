"""Money (article 10). A small fee is collected at once and the invoice posted afterwards; otherwise
the invoice is made the same day from the voucher and the money collected later.

Contract, guarantee and internal work collects nothing from the customer: that is noted when the
work is done. What was offered and agreed to is the most a customer pays; less is possible with the
reason written down. Amounts are in fen.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.calendar import local_date
from aftersales.estimates.approval import find_agreed
from aftersales.estimates.money import yuan
from aftersales.store.tables import Payment, Ticket
from aftersales.workshop.actions import begin, note
from aftersales.workshop.approval import require_approval
from aftersales.workshop.classes import CHARGED, class_name, is_chargeable
from aftersales.workshop.papers import SETTLEMENT, issue
from aftersales.workshop.refusals import Refused, book, optional_text, require_text

ON_SPOT, BY_VOUCHER, WAIVED = "on_spot", "by_voucher", "waived"
_DONE = ("done_on_spot", "returned")


def find_payment(session: Session, ticket: Ticket) -> Payment | None:
    """Return how the ticket is paid, or None while nothing is noted."""
    return session.scalar(select(Payment).where(Payment.ticket_id == ticket.id))


def settlement_left(session: Session, ticket: Ticket) -> str | None:
    """Return what is missing before a ticket is settled: ``payment``, ``money``, ``invoice``, or
    None when nothing is."""
    payment = find_payment(session, ticket)
    if payment is None:
        return "payment" if is_chargeable(ticket) else None
    if payment.way not in (ON_SPOT, BY_VOUCHER):
        return None
    if payment.paid_at is None:
        return "money"
    return "invoice" if payment.invoiced_at is None else None


def do_collect(
    session: Session,
    ticket: Ticket,
    now: datetime,
    who: str,
    *,
    amount_fen: int | None = None,
    less_reason: str | None = None,
    collected_by: str | None = None,
) -> Payment:
    """Note that the money is here: on the spot, or for an invoice made before.

    Args:
        session: a transaction.
        ticket: a charged repair that is done.
        now: the moment.
        who: who notes it.
        amount_fen: what was collected on the spot; not asked when there is an invoice.
        less_reason: why it is less than the customer agreed to, such as a discount.
        collected_by: who took it; ``who`` by default.

    Raises:
        Refused: wrong state, nothing to collect, already settled, no sensible amount, more than
            the customer agreed to, or less without a reason.
    """
    begin(session, ticket, "settle")
    payment = _open_payment(session, ticket)
    if payment is None:
        amount = _amount(amount_fen)
        reason = _reason_if_less(session, ticket, amount, less_reason)
        payment = _new(session, ticket, ON_SPOT, amount, now, who, reason)
    elif payment.paid_at is not None:
        raise Refused("settled")
    payment.paid_at = now
    payment.collected_by = optional_text(collected_by, 100) or who
    note(session, ticket, "settle", now, who, f"{payment.way} {payment.amount_fen} fen")
    return payment


def do_issue_invoice(
    session: Session,
    ticket: Ticket,
    invoice: str,
    now: datetime,
    who: str,
    *,
    amount_fen: int | None = None,
    less_reason: str | None = None,
    late_reason: str | None = None,
) -> Payment:
    """Note the invoice: posted after money collected on the spot, or made first from the voucher.

    Args:
        session: a transaction.
        ticket: a charged repair that is done.
        invoice: the invoice's number; the invoice itself is made elsewhere.
        now: the moment.
        who: the accountant.
        amount_fen: the amount when nothing was collected yet.
        less_reason: why it is less than the customer agreed to, such as a discount.
        late_reason: needed when a voucher's invoice is made after the day of completion.

    Raises:
        Refused: wrong state, nothing to charge, invoiced already, no sensible amount, more than
            the customer agreed to, or less or late without a reason.
    """
    begin(session, ticket, "settle")
    number = require_text("invoice", invoice, 40)
    payment = _open_payment(session, ticket)
    if payment is not None and payment.invoice_number is not None:
        raise Refused("invoiced", number=payment.invoice_number)
    if payment is None:
        amount = _amount(amount_fen)
        late = _reason_if_late(ticket, now, late_reason)
        less = _reason_if_less(session, ticket, amount, less_reason)
        reason = " · ".join(filter(None, [late, less])) or None
        payment = _new(session, ticket, BY_VOUCHER, amount, now, who, reason)
    payment.invoice_number, payment.invoiced_by, payment.invoiced_at = number, who, now
    note(session, ticket, "settle", now, who, f"invoice, {payment.way}")
    return payment


def do_waive_fee(session: Session, ticket: Ticket, reason: str, now: datetime, who: str) -> Payment:
    """Note that a charged case is let off, such as one given back unrepaired.

    Raises:
        Refused: wrong state, nothing to charge, something is noted already, or no reason.
    """
    begin(session, ticket, "settle")
    why = require_text("reason", reason)
    payment = _open_payment(session, ticket)
    if payment is not None:
        raise Refused("way_taken", way=book()["payment_ways"][payment.way])
    payment = _new(session, ticket, WAIVED, 0, now, who, why)
    note(session, ticket, "settle", now, who, WAIVED)
    return payment


def note_nothing_to_collect(session: Session, ticket: Ticket, now: datetime, who: str) -> None:
    """Note for contract, guarantee and internal work that the customer pays nothing."""
    if not is_chargeable(ticket) and find_payment(session, ticket) is None:
        way = book()["class_ways"][ticket.service_class]
        _new(session, ticket, way, 0, now, who).reference = ticket.class_reason


def _open_payment(session: Session, ticket: Ticket) -> Payment | None:
    if not is_chargeable(ticket):
        raise Refused("no_fee", **{"class": class_name(ticket.service_class or CHARGED)})
    payment = find_payment(session, ticket)
    if payment is not None and payment.way not in (ON_SPOT, BY_VOUCHER):
        raise Refused("way_taken", way=book()["payment_ways"][payment.way])
    return payment


def _new(
    session: Session,
    ticket: Ticket,
    way: str,
    amount_fen: int,
    now: datetime,
    who: str,
    reason: str | None = None,
) -> Payment:
    if amount_fen:
        require_approval(session, ticket)
    payment = Payment(
        ticket_id=ticket.id,
        way=way,
        amount_fen=amount_fen,
        reason=reason,
        noted_by=who,
        noted_at=now,
    )
    session.add(payment)
    issue(session, ticket, SETTLEMENT, now, who)
    return payment


def _amount(amount_fen: int | None) -> int:
    if amount_fen is None or amount_fen <= 0:
        raise Refused("bad_amount", given="–" if amount_fen is None else yuan(amount_fen))
    return amount_fen


def _reason_if_less(
    session: Session, ticket: Ticket, amount_fen: int, reason: str | None
) -> str | None:
    """Compare with what the customer agreed to; return the reason given, in one line.

    Raises:
        Refused: it is more, or it is less without a reason.
    """
    given, offer = optional_text(reason), find_agreed(session, ticket)
    if offer is None:
        return given
    amounts = {"given": yuan(amount_fen), "agreed": yuan(offer.total_fen)}
    if amount_fen > offer.total_fen:
        raise Refused("over_agreed", **amounts)
    if amount_fen < offer.total_fen and given is None:
        raise Refused("under_agreed", **amounts)
    return given


def _reason_if_late(ticket: Ticket, now: datetime, reason: str | None) -> str | None:
    given = optional_text(reason)
    done = [one.at for one in ticket.moves if one.to_state in _DONE]
    if done and local_date(done[-1]) != local_date(now) and given is None:
        raise Refused("late_invoice")
    return given
