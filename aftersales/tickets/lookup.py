"""What whoever knows number and phone may see of a ticket.

A wrong pair and an unknown number get the same answer (None), wrong attempts are limited per asker
and per number.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from aftersales import knowledge
from aftersales.estimates.find import find_open
from aftersales.ids import canonical_ticket_number
from aftersales.links.proofs import proved_by_link
from aftersales.people import limits
from aftersales.people.masking import mask_name, mask_phone, mask_serial
from aftersales.store.tables import Estimate, Ticket
from aftersales.tickets.links import stands_for
from aftersales.tickets.states import entry, is_cancellable, is_final


@dataclass(frozen=True)
class OpenEstimate:
    """An offer that waits for the customer's answer: the total in fen, and until when it holds."""

    total_fen: int
    valid_until: datetime


@dataclass(frozen=True)
class StatusView:
    """A ticket as its owner sees it; personal data is masked, moments are aware UTC.

    ``row`` is the ticket's row, for signed addresses; it is shown to nobody.
    """

    number: str
    kind: str
    kind_name: str
    state: str
    state_name: str
    say: str
    say_desk: str
    name: str
    phone: str
    calibre: str | None
    case_code: str | None
    serial: str
    model: str | None
    class_hint: str | None
    class_name: str | None
    created_at: datetime
    changed_at: datetime
    first_answer_due: datetime | None
    is_final: bool
    is_cancellable: bool
    row: int
    open_estimate: OpenEstimate | None = None
    merged_into: str | None = None


def view(ticket: Ticket, estimate: Estimate | None = None) -> StatusView:
    """Return the masked view of a ticket; the caller has proved the right to see it.

    Args:
        ticket: the ticket.
        estimate: the offer that waits for an answer, if there is one.
    """
    data, state = knowledge.load("tickets"), entry(ticket.state)
    session = object_session(ticket)
    other = ticket if session is None else stands_for(session, ticket)
    merged_into = None if other is ticket else other.number
    said = data["merged"] if merged_into else state
    hint = ticket.class_hint
    return StatusView(
        number=ticket.number,
        kind=ticket.kind,
        kind_name=data["kinds"][ticket.kind]["name"],
        state=ticket.state,
        state_name=state["name"],
        say=str(said["say"]).format(into=merged_into),
        say_desk=str(said["say_desk"]).format(into=merged_into),
        name=mask_name(ticket.contact_name),
        phone=mask_phone(ticket.customer.phone),
        calibre=ticket.calibre,
        case_code=ticket.case_code,
        serial=mask_serial(ticket.serial),
        model=ticket.model,
        class_hint=hint,
        class_name=data["classes"][hint]["name"] if hint else None,
        created_at=ticket.created_at,
        changed_at=ticket.updated_at,
        first_answer_due=ticket.first_answer_due,
        is_final=is_final(ticket.state),
        is_cancellable=is_cancellable(ticket.state),
        row=ticket.id,
        open_estimate=(
            None if estimate is None else OpenEstimate(estimate.total_fen, estimate.valid_until)
        ),
        merged_into=merged_into,
    )


def status(
    session: Session, number: str, phone_last4: str, now: datetime, asker: str
) -> StatusView | None:
    """Return the ticket when number and last four digits of the phone belong together.

    Args:
        session: a transaction; commit it also when None comes back, the attempt is counted in it.
        number: in any case, with or without dash.
        phone_last4: four digits.
        now: the moment.
        asker: the proven sender.

    Returns:
        The masked view, or None for a wrong pair and an unknown number alike.

    Raises:
        TooManyAttempts: too many wrong attempts by the asker or about the number.
    """
    ticket = find_proved(session, number, phone_last4, now, asker)
    return None if ticket is None else view(ticket, find_open(session, ticket, now))


def status_by_link(session: Session, number: str, now: datetime, asker: str) -> StatusView | None:
    """Return the ticket when the asker came from its status page not long ago; None otherwise."""
    ticket = proved_by_link(session, asker, canonical_ticket_number(number) or "", now)
    return None if ticket is None else view(ticket, find_open(session, ticket, now))


def find_by_number(session: Session, number: str) -> Ticket | None:
    """Return the ticket of a number in any spelling, or None; for the house, which proves
    nothing."""
    wanted = canonical_ticket_number(number)
    return session.scalar(select(Ticket).where(Ticket.number == wanted)) if wanted else None


def find_proved(
    session: Session, number: str, phone_last4: str, now: datetime, asker: str
) -> Ticket | None:
    """Return the ticket itself under the rules of ``status``; for functions that go on to change
    it."""
    wanted = canonical_ticket_number(number) or number.strip().upper()[:40]
    limits.check(session, "ticket", asker, [wanted], now)
    ticket = session.scalar(select(Ticket).where(Ticket.number == wanted))
    expected = ticket.customer.phone_last4 if ticket is not None else "none"
    proved = hmac.compare_digest(expected.encode(), phone_last4.strip().encode())
    # An anonymous ticket has no last four digits; nobody can prove it any more.
    proved = proved and ticket is not None and len(expected) == 4
    limits.note(session, "ticket", asker, [wanted], proved, now)
    return ticket if proved else None
