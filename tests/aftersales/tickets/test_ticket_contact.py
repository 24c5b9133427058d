"""A colleague spoke with the customer: that is the first answer."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import deadlines
from aftersales.store.tables import AuditEntry, Ticket
from aftersales.tickets import ContactRefused, do_move_ticket, do_note_contact

MakeTicket = Callable[..., Ticket]


@pytest.mark.parametrize("kind", ["repair", "callback"])
def test_a_call_in_time_keeps_the_promise(
    session: Session, make_ticket: MakeTicket, now: datetime, kind: str
) -> None:
    ticket = make_ticket(kind=kind)
    called = now + timedelta(hours=2)
    do_note_contact(session, ticket, "phone", called, "clerk")
    do_note_contact(session, ticket, "in_person", now + timedelta(days=2), "clerk")
    row = deadlines.find(session, f"first_answer:{ticket.number}")
    assert (row.met_at, row.broken_at) == (called, None)
    assert ticket.first_answered_at == called
    lines = session.scalars(select(AuditEntry).where(AuditEntry.what == "do_note_contact")).all()
    assert [(line.who, line.subject_id, line.why) for line in lines] == [
        ("clerk", ticket.number, "phone"),
        ("clerk", ticket.number, "in_person"),
    ]


def test_a_late_call_is_an_answer_too_late(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket()
    do_note_contact(session, ticket, "message", now + timedelta(days=1), "clerk")
    row = deadlines.find(session, f"first_answer:{ticket.number}")
    assert row.met_at == now + timedelta(days=1) and row.broken_at == row.due_at


def test_what_is_no_first_answer_is_refused(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    with pytest.raises(ContactRefused, match="pigeon"):
        do_note_contact(session, make_ticket(), "pigeon", now, "clerk")
    complaint = make_ticket(kind="complaint", draft_id="d-2")
    with pytest.raises(ContactRefused, match="complaint"):
        do_note_contact(session, complaint, "phone", now, "clerk")
    over = make_ticket(kind="callback", draft_id="d-3")
    do_move_ticket(session, over, "cancelled", now, "clerk")
    with pytest.raises(ContactRefused, match="over"):
        do_note_contact(session, over, "phone", now, "clerk")
