"""What must be there before a move the table allows may really be made."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.store.tables import ComplaintCase, Ticket

#: What a complaint needs before it is closed (standard 11: answered, and dealt with).
NEEDED = ("answer", "cause", "measure")


class ComplaintUnfinished(ValueError):
    """The complaint cannot be closed yet; ``missing`` names what is not there."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("missing: " + ", ".join(missing))
        self.missing = missing


def latest_case(session: Session, ticket: Ticket) -> ComplaintCase | None:
    """Return the newest round of a complaint, or None."""
    return session.scalar(
        select(ComplaintCase)
        .where(ComplaintCase.ticket_id == ticket.id)
        .order_by(ComplaintCase.round.desc())
        .limit(1)
    )


def check_closable(session: Session, ticket: Ticket, to_state: str) -> None:
    """Refuse to close a complaint that was not answered and dealt with.

    Raises:
        ComplaintUnfinished: an answer, a cause or a measure is missing.
    """
    if ticket.kind != "complaint" or to_state != "closed":
        return
    case = latest_case(session, ticket)
    missing = [name for name in NEEDED if case is None or not getattr(case, name)]
    if missing:
        raise ComplaintUnfinished(missing)
