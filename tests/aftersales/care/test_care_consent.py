"""Nobody is called or reminded after taking the consent back; the desk hears of it once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import care, deadlines, knowledge, outbox, reports
from aftersales.people.consent import do_record_consent, do_withdraw_all, do_withdraw_consent
from aftersales.store.tables import AuditEntry, CarePlan, Consent, OutboxRow, Ticket
from tests.aftersales.care.caring import agree, give_back, plan

MakeTicket = Callable[..., Ticket]


def notices(session: Session, event: str) -> int:
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == outbox.DESK_NOTICE))
    return sum(row.payload["event"] == event for row in rows)


def test_nobody_is_called_or_reminded_after_taking_the_consent_back(
    session: Session, repaired: Ticket, now: datetime
) -> None:
    sender, much_later = repaired.sender, now + timedelta(days=900)
    version = str(knowledge.load("tickets")["purposes"]["repair"]["version"])
    do_record_consent(session, sender, "repair", version, "widget", now)
    agree(session, repaired, now)
    assert {row.kind for row in care.due_list(session, much_later)} == {"callback", "maintenance"}
    assert "callback_month" in {row.kind for row in deadlines.running(session, now)}
    do_withdraw_consent(session, sender, "repair", "widget", now)
    assert care.due_list(session, much_later) == []
    assert "callback_month" not in {row.kind for row in deadlines.running(session, now)}
    for _ in range(2):
        assert care.do_sweep(session, much_later) == 0
        deadlines.do_sweep(session, much_later)
    assert plan(session, "maintenance").state == "held"
    assert notices(session, "consent_withdrawn") == 1
    told = session.scalars(select(OutboxRow).where(OutboxRow.kind == outbox.DESK_NOTICE))
    assert "callback_month" not in {row.payload.get("kind") for row in told}
    do_record_consent(session, sender, "repair", version, "widget", much_later)
    assert {row.kind for row in care.due_list(session, much_later)} == {"callback", "maintenance"}


def test_a_reminder_that_waited_is_not_told_after_the_consent_was_taken_back(
    session: Session, repaired: Ticket, now: datetime
) -> None:
    later = now + timedelta(days=900)
    agree(session, repaired, now)
    assert care.do_sweep(session, later) == 1
    key = session.scalars(select(OutboxRow.key).where(OutboxRow.key.startswith("care:"))).one()
    assert care.do_look_again(session, key, later)
    do_withdraw_all(session, repaired.sender, "widget", later)
    assert not care.do_look_again(session, key, later)
    assert plan(session, "maintenance").state == "held"
    assert not care.do_look_again(session, "care:nobody", later)
    assert notices(session, "consent_withdrawn") == len(
        {row.purpose for row in session.scalars(select(Consent))}
    )


def test_a_complaint_is_not_called_about_after_the_consent_was_taken_back(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    complaint = make_ticket(kind="complaint", consent_version="complaint-2026-11")
    assert {row.kind for row in deadlines.running(session, now)} >= {"complaint_answer"}
    do_withdraw_consent(session, complaint.sender, "complaint", "widget", now)
    kinds = {row.kind for row in deadlines.running(session, now)}
    assert "complaint_answer" not in kinds and "complaint_close" in kinds
    assert deadlines.do_sweep(session, now + timedelta(hours=30)).escalated == 0
    answer = deadlines.find(session, f"complaint_answer:{complaint.number}")
    assert answer.dropped_at == now + timedelta(hours=30), "ended when it would have been told"
    assert deadlines.do_sweep(session, now + timedelta(hours=40)).escalated == 0
    assert notices(session, "consent_withdrawn") == 1


def test_the_calls_owed_end_with_the_consent_and_are_not_left_open_in_the_report(
    session: Session, repaired: Ticket, make_ticket: MakeTicket, now: datetime
) -> None:
    version = str(knowledge.load("tickets")["purposes"]["repair"]["version"])
    do_record_consent(session, repaired.sender, "repair", version, "widget", now)
    other = make_ticket(draft_id="d-2", sender="visitor-2")
    later = now + timedelta(days=2)
    taken = care.do_withdraw_all(session, repaired.sender, "widget", later)
    assert ("repair", version) in taken
    row = deadlines.find(session, f"callback_month:{repaired.number}")
    assert (row.dropped_at, row.met_at, row.next_at) == (later, None, None)
    assert plan(session, "callback").state == "dropped"
    assert deadlines.find(session, f"first_answer:{other.number}").is_running
    lines = session.scalars(select(AuditEntry).where(AuditEntry.what == "do_drop")).all()
    assert {line.subject_kind for line in lines} == {"deadline", "care_plan"}
    assert {line.why for line in lines} == {"consent withdrawn"}
    assert care.do_withdraw_all(session, repaired.sender, "widget", later) == []
    for month in ("2026-11", "2026-12"):
        report = reports.monthly_report(session, reports.month(month))
        assert report.promise("callback_month").running == 0
        assert report.promise("callback_month").broken == 0
        assert (report.callbacks.due, report.callbacks.left) == (0, 0)


def test_no_call_is_planned_for_who_took_the_consent_back_before_the_watch_was_ready(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket()
    care.do_withdraw_all(session, ticket.sender, "widget", now)
    assert deadlines.find(session, f"first_answer:{ticket.number}").dropped_at == now
    assert deadlines.find(session, f"assign:{ticket.number}").is_running, "the work goes on"
    give_back(session, ticket, now)
    assert session.scalars(select(CarePlan.kind).where(CarePlan.kind == "callback")).all() == []
    with pytest.raises(deadlines.UnknownDeadline):
        deadlines.find(session, f"callback_month:{ticket.number}")
