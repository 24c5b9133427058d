"""The class decided anew, such as when the bench finds an impact in a guarantee case."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store.tables import Ticket
from aftersales.workshop.actions import begin, note
from aftersales.workshop.approval import is_approved
from aftersales.workshop.classes import CHARGED, set_class
from aftersales.workshop.papers import SETTLEMENT, find_paper
from aftersales.workshop.refusals import Refused

#: Work has begun: what the customer pays can no longer be raised without the customer.
_AFTER_WORK = (
    "repairing", "awaiting_parts", "awaiting_check", "awaiting_return", "done_on_spot", "returned",
)  # fmt: skip


def do_classify(
    session: Session, ticket: Ticket, service_class: str, reason: str, now: datetime, who: str
) -> None:
    """Decide the class anew.

    Args:
        session: a transaction.
        ticket: a registered repair.
        service_class: A, B, C or D.
        reason: why, for the voucher.
        now: the moment.
        who: who decides.

    Raises:
        Refused: wrong state, no such class, no reason, the fee is noted already, or the customer
        would have to pay for work done without having agreed.
    """
    begin(session, ticket, "classify")
    if find_paper(ticket, SETTLEMENT) is not None:
        raise Refused("class_after_payment")
    raised = service_class == CHARGED and ticket.state in _AFTER_WORK
    if raised and ticket.service_class != CHARGED and not is_approved(session, ticket):
        raise Refused("class_after_work")
    set_class(ticket, service_class, reason)
    note(session, ticket, "classify", now, who, service_class)
