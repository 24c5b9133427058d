"""The six documents as records: issued, signed, lost, closed, void. Their pages are not made here.

- call_register 叫修登记簿, service_voucher 服务凭证: from registering to the archive
- item_receipt 客户商品领取收据, inout_register 客户商品进出登记簿, repair_card 修护卡: from
  taking in to the return
- settlement 收费单: from the moment the fee, or that there is none, is noted

Who sees a paper decides what stands on it. The voucher travels to the customer for a signature and
back (articles 9 to 12), the receipt stays with the customer, the bill is given along: these are
``FOR_CUSTOMERS``. Their square leads to the status page, and the phone is without its last four
digits, because these open the offer and the pick-up code there. The two registers and the card on
the watch stay in the house and have no square: whoever photographs them opens nothing. Only the
call register has the whole number: there the clerk, or the technician who is sent out, looks it up
to call back (article 8).
"""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store.tables import Paper, Ticket
from aftersales.workshop.refusals import book, require_text

CALL_REGISTER = "call_register"
SERVICE_VOUCHER = "service_voucher"
ITEM_RECEIPT = "item_receipt"
INOUT_REGISTER = "inout_register"
REPAIR_CARD = "repair_card"
SETTLEMENT = "settlement"
#: In the order of the source document.
KINDS = (
    CALL_REGISTER, SERVICE_VOUCHER, ITEM_RECEIPT, INOUT_REGISTER, REPAIR_CARD, SETTLEMENT,
)  # fmt: skip
#: Carried away or signed by the customer: the phone is masked, the square is on it.
FOR_CUSTOMERS = (SERVICE_VOUCHER, ITEM_RECEIPT, SETTLEMENT)
OPEN, LOST, CLOSED, VOID = "open", "lost", "closed", "void"


def find_paper(ticket: Ticket, kind: str) -> Paper | None:
    """Return the ticket's paper of this kind, or None when it has not been issued."""
    return next((paper for paper in ticket.papers if paper.kind == kind), None)


def issue(session: Session, ticket: Ticket, kind: str, now: datetime, who: str) -> Paper:
    """Issue a paper; the same one again when there is one already.

    Its number is the ticket's with the paper's letters, such as ``LQ-FW261123-04821``.
    """
    found = find_paper(ticket, kind)
    if found is not None:
        return found
    paper = Paper(
        ticket=ticket,
        kind=kind,
        number=f"{book()['papers'][kind]['code']}-{ticket.number}",
        state=OPEN,
        issued_at=now,
        issued_by=who,
    )
    session.add(paper)
    return paper


def sign(paper: Paper, name: str, on_paper: bool, now: datetime) -> None:
    """Note the customer's signature: the name, and whether it stands on the printed sheet.

    Raises:
        Refused: the name is empty.
    """
    paper.signed_name = require_text("signed_by", name, 100)
    paper.signed_on_paper = on_paper
    paper.signed_at = now


def close(paper: Paper | None, state: str, now: datetime, who: str) -> None:
    """End a paper as ``closed`` or ``void``; one that has ended, or is not there, is left."""
    if paper is None or paper.state in (CLOSED, VOID):
        return
    paper.state, paper.closed_at, paper.closed_by = state, now, who
