"""叫修登记 (article 8): the clerk enters the call, draws the voucher, and sends it to the chief."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.store.tables import Ticket
from aftersales.workshop.actions import begin, move
from aftersales.workshop.classes import set_class
from aftersales.workshop.modes import COUNTER
from aftersales.workshop.papers import CALL_REGISTER, SERVICE_VOUCHER, issue
from aftersales.workshop.refusals import known, optional_text, require_text


def do_register_call(
    session: Session,
    ticket: Ticket,
    mode: str,
    service_class: str,
    class_reason: str,
    now: datetime,
    who: str,
    *,
    address: str | None = None,
    model: str | None = None,
    why: str | None = None,
) -> None:
    """Enter a repair into 叫修登记簿 and hand its 服务凭证 to the chief.

    Args:
        session: a transaction.
        ticket: a repair nobody has registered yet.
        mode: ``counter``, ``mail_in`` or ``on_site``.
        service_class: A, B, C or D as it looks now.
        class_reason: why.
        now: the moment.
        who: the clerk.
        address: where to go, or where the watch goes back to; a counter case needs none.
        model: the model when it is known better now.
        why: anything for the history, without personal data.

    Raises:
        Refused: wrong state, no such mode or class, no reason, or no address.
    """
    begin(session, ticket, "register")
    known("modes", mode)
    needed = mode != COUNTER
    given = require_text("address", address, 300) if needed else optional_text(address, 300)
    set_class(ticket, service_class, class_reason)
    ticket.service_mode, ticket.address = mode, given
    ticket.model = optional_text(model, 40) or ticket.model
    issue(session, ticket, CALL_REGISTER, now, who)
    issue(session, ticket, SERVICE_VOUCHER, now, who)
    move(session, ticket, "register", now, who, optional_text(why))
