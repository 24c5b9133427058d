"""From a status page into the chat: "ask the assistant about this repair".

The page's address carries a pass, the chat prefills a question with the number and sends the pass
along with what is written. The visitor has then proved what the status link proves: reading this
one ticket.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.links import ASK, Passes, do_prove_by_link
from aftersales.store.tables import Ticket
from web.parts import Parts
from web.texts import say


@dataclass(frozen=True)
class Asking:
    """What the chat page is opened with: the question to prefill, and the pass."""

    question: str
    ticket_pass: str


def address(parts: Parts, ticket: Ticket, now: datetime) -> str:
    """Return the address of the chat page for whoever looks at this ticket's page now."""
    return f"/?ask={Passes(parts.settings.session_secret()).make(ASK, ticket.id, now)}"


def opened_with(parts: Parts, value: str, now: datetime) -> Asking | None:
    """Return what to prefill, or None when the pass is old or forged: then it is a plain visit."""
    number = Passes(parts.settings.session_secret()).read(ASK, value, now) if value else None
    if number is None:
        return None
    with parts.store.session(read_only=True) as session:
        ticket = session.get(Ticket, number)
        return None if ticket is None else Asking(say("page", "ask", number=ticket.number), value)


def note_pass(
    parts: Parts, session: Session, sender: str, value: str | None, now: datetime
) -> None:
    """Write down what a pass that came with a message proves; a worthless one proves nothing."""
    row = Passes(parts.settings.session_secret()).read(ASK, value, now) if value else None
    ticket = session.get(Ticket, row) if row is not None else None
    if ticket is not None:
        do_prove_by_link(session, sender, ticket, now)
