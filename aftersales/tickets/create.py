"""Exactly one ticket per draft."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import calendar, outbox
from aftersales.ids import Ids
from aftersales.people.consent import do_record_consent
from aftersales.people.customers import do_upsert_customer
from aftersales.store import audit, locks
from aftersales.store.tables import Photo, Ticket, TicketFinding, TicketMove
from aftersales.tickets.draft import TicketDraft
from aftersales.tickets.follow import do_follow
from aftersales.tickets.states import initial_state

_NUMBER_TRIES = 50  # 10,000 numbers a day and kind: even at 9,000 used ones this fails once in 200


class DraftTaken(Exception):
    """The draft id belongs to somebody else's ticket."""


class NumbersUsedUp(Exception):
    """No free ticket number was found for the day."""


def do_create_ticket(session: Session, draft: TicketDraft, now: datetime, ids: Ids) -> Ticket:
    """Turn a confirmed draft into a ticket; a second confirmation returns the first ticket
    unchanged.

    In one transaction: customer, consent, ticket with findings and photos, first move, deadlines,
    audit line, and a notice for the people who do the work.

    Args:
        session: a transaction; the ticket exists once it is committed.
        draft: what was read back and confirmed.
        now: the moment.
        ids: makes the number.

    Raises:
        DraftIncomplete: a required field is empty.
        PhoneUnusable: the phone cannot be one.
        DraftTaken: the draft id was used by another sender.
        NumbersUsedUp: the day has no free number left.
    """
    draft.check()
    locks.lock(session, f"draft:{draft.draft_id}")
    first = session.scalar(select(Ticket).where(Ticket.draft_id == draft.draft_id))
    if first is not None:
        if first.sender != draft.sender:
            raise DraftTaken("this draft belongs to somebody else")
        return first
    customer = do_upsert_customer(session, draft.name, draft.phone, now, who=draft.sender)
    ticket = _insert(session, draft, customer.id, now, ids)
    if draft.consent_version:
        do_record_consent(
            session,
            draft.sender,
            draft.kind,
            draft.consent_version,
            draft.channel,
            now,
            customer_id=customer.id,
        )
    _attach_photos(session, draft, ticket)
    do_follow(session, ticket, None, now)
    audit.record(
        session,
        who=draft.sender,
        what="do_create_ticket",
        subject=("ticket", ticket.number),
        now=now,
        why=f"{draft.kind} by {draft.channel}",
    )
    outbox.notify_desk(
        session,
        f"ticket:{ticket.number}",
        {"event": "ticket_created", "kind": ticket.kind, "number": ticket.number},
        now,
    )
    return ticket


def _insert(
    session: Session, draft: TicketDraft, customer_id: int, now: datetime, ids: Ids
) -> Ticket:
    day = calendar.local_date(now)
    for _ in range(_NUMBER_TRIES):
        number = ids.ticket_number(draft.kind, day)
        locks.lock(session, f"number:{number}")
        if session.scalar(select(Ticket.id).where(Ticket.number == number)) is not None:
            continue
        ticket = _build(draft, customer_id, number, now)
        session.add(ticket)
        session.flush()
        return ticket
    raise NumbersUsedUp(f"no free {draft.kind} number for {day}")


def _build(draft: TicketDraft, customer_id: int, number: str, now: datetime) -> Ticket:
    state = initial_state(draft.kind)
    return Ticket(
        number=number,
        draft_id=draft.draft_id,
        kind=draft.kind,
        state=state,
        customer_id=customer_id,
        contact_name=draft.name.strip()[:100],
        calibre=draft.watch.calibre,
        case_code=draft.watch.case_code,
        serial=draft.watch.serial,
        model=draft.watch.model,
        line=draft.watch.line,
        fault=draft.fault,
        note=draft.note,
        class_hint=draft.class_hint,
        channel=draft.channel,
        sender=draft.sender,
        consent_version=draft.consent_version,
        created_at=now,
        updated_at=now,
        findings=[
            TicketFinding(position=position, label=label, value=value)
            for position, (label, value) in enumerate(draft.findings)
        ],
        moves=[TicketMove(from_state=None, to_state=state, who=draft.sender, at=now)],
    )


def _attach_photos(session: Session, draft: TicketDraft, ticket: Ticket) -> None:
    """Attach photos of the same sender that hang on no other ticket; other names are ignored."""
    if not draft.photos:
        return
    found = session.scalars(
        select(Photo).where(
            Photo.name.in_(draft.photos),
            Photo.sender == draft.sender,
            Photo.ticket_id.is_(None),
        )
    )
    for photo in found:
        photo.ticket_id = ticket.id
