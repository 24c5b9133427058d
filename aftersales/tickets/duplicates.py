"""Open tickets that may be about the same thing, to ask before another one is opened."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.people.phones import digest, normal_phone
from aftersales.store.tables import Customer, Ticket
from aftersales.tickets.states import final_states


def find_open_duplicates(
    session: Session, phone: str, calibre: str | None, kind: str = "repair"
) -> list[Ticket]:
    """Return open tickets of this phone, newest first, whose calibre is the same or unknown on
    either side.

    Args:
        session: a session.
        phone: in any spelling.
        calibre: the calibre of the watch now spoken of, or None.
        kind: only tickets of this kind.

    Raises:
        PhoneUnusable: this cannot be a phone number.
    """
    query = (
        select(Ticket)
        .join(Customer)
        .where(
            Customer.phone_digest == digest("phone", normal_phone(phone)),
            Ticket.kind == kind,
            Ticket.state.not_in(final_states()),
        )
        .order_by(Ticket.id.desc())
    )
    return [t for t in session.scalars(query) if calibre is None or t.calibre in (None, calibre)]
