"""A ticket's creation and moves start, pause, meet and drop its deadlines."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import conversations, deadlines, knowledge, workshop
from aftersales.deadlines.follow import do_answer
from aftersales.store.tables import Deadline, Ticket
from aftersales.tickets.moves import do_move_checked

MakeTicket = Callable[..., Ticket]


def of(session: Session, ticket: Ticket, kind: str) -> Deadline:
    """The newest deadline of a kind."""
    return session.scalars(
        select(Deadline)
        .where(Deadline.ticket_id == ticket.id, Deadline.kind == kind)
        .order_by(Deadline.id.desc())
    ).first() or pytest.fail(f"no {kind}")


def running(session: Session, ticket: Ticket) -> set[str]:
    rows = session.scalars(select(Deadline).where(Deadline.ticket_id == ticket.id))
    return {row.kind for row in rows if row.is_running}


@pytest.fixture
def waiting_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workshop's states of waiting, whether or not the table of moves has them."""
    data = knowledge.load("tickets")
    states = {**data["states"]}
    for state in ("awaiting_approval", "awaiting_parts"):
        states.setdefault(state, {"name": state, "say": "…", "say_desk": "…"})
    repair = {
        **data["moves"]["repair"],
        "taken_in": ["awaiting_approval", "repairing"],
        "awaiting_approval": ["repairing"],
        "repairing": ["awaiting_parts", "awaiting_check"],
        "awaiting_parts": ["repairing"],
    }
    changed = {**data, "states": states, "moves": {**data["moves"], "repair": repair}}
    load = knowledge.load
    monkeypatch.setattr(
        knowledge, "load", lambda name: changed if name == "tickets" else load(name)
    )


def walk(session: Session, ticket: Ticket, now: datetime, *states: str) -> None:
    for state in states:
        do_move_checked(session, ticket, state, now, who="chief")


def test_a_repair_starts_its_first_answer_and_its_assignment(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket()
    assert running(session, ticket) == {"first_answer", "assign"}
    answer = of(session, ticket, "first_answer")
    assert ticket.first_answer_due == answer.due_at == now + timedelta(hours=5)
    assert answer.key == f"first_answer:{ticket.number}"
    assert answer.clock == "open"


def test_a_complaint_starts_the_24_hours_and_the_month_at_once(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket(kind="complaint")
    assert running(session, ticket) == {"complaint_answer", "complaint_close"}
    assert ticket.first_answer_due == now + timedelta(hours=24)
    assert of(session, ticket, "complaint_close").due_at == datetime(
        2026, 12, 23, 2, 0, tzinfo=now.tzinfo
    )


def test_the_way_through_the_workshop(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket()
    walk(session, ticket, now, "awaiting_assignment")
    assert running(session, ticket) == {"first_answer", "assign"}
    walk(session, ticket, now, "in_service")
    assert running(session, ticket) == set()
    assert ticket.first_answered_at == now
    walk(session, ticket, now, "taken_in")
    assert running(session, ticket) == {"estimate"}
    walk(session, ticket, now, "repairing")
    assert running(session, ticket) == {"repair_work"}
    walk(session, ticket, now, "awaiting_check")
    assert running(session, ticket) == {"check"}
    walk(session, ticket, now, "repairing")  # not good yet
    assert of(session, ticket, "repair_work").key == f"repair_work:{ticket.number}:2"
    walk(session, ticket, now, "awaiting_check", "awaiting_return", "returned", "archived")
    assert running(session, ticket) == {"callback_month"}  # the call after the work
    rows = session.scalars(
        select(Deadline).where(Deadline.ticket_id == ticket.id, Deadline.kind != "callback_month")
    ).all()
    assert all(row.met_at and not row.broken_at and row.next_at is None for row in rows)


def test_a_cancelled_ticket_owes_nothing(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket()
    walk(session, ticket, now, "cancelled")
    rows = session.scalars(select(Deadline).where(Deadline.ticket_id == ticket.id)).all()
    assert all(row.dropped_at and not row.met_at for row in rows)


def test_waiting_for_parts_stops_the_repair_and_the_agreed_hand_back(
    session: Session, make_ticket: MakeTicket, now: datetime, waiting_states: None
) -> None:
    ticket = make_ticket()
    walk(session, ticket, now, "awaiting_assignment", "in_service", "taken_in")
    agreed = now + timedelta(days=10)
    delivery = deadlines.do_agree_delivery(session, ticket, agreed, now, "clerk")
    walk(session, ticket, now, "awaiting_approval")
    assert delivery.pause is not None and delivery.pause.reason == "customer"
    walk(session, ticket, now + timedelta(days=1), "repairing")
    assert delivery.pause is None
    assert delivery.due_at == agreed + timedelta(days=1)
    work = of(session, ticket, "repair_work")
    before = work.due_at
    walk(session, ticket, now + timedelta(days=2), "awaiting_parts")
    assert work.pause is not None and work.pause.reason == "parts"
    assert work.next_at is delivery.next_at is None
    walk(session, ticket, now + timedelta(days=4), "repairing")
    assert before is not None
    assert work.due_at == deadlines.Clocks.from_knowledge().add(
        "working", before, timedelta(hours=16)
    )
    assert delivery.due_at == agreed + timedelta(days=3)
    assert work.next_at is not None


def test_a_late_answer_is_broken_and_the_first_one_counts(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket(kind="callback")
    due = ticket.first_answer_due
    do_answer(session, ticket, now + timedelta(days=1))
    do_answer(session, ticket, now + timedelta(days=2))
    row = of(session, ticket, "first_answer")
    assert ticket.first_answered_at == row.met_at == now + timedelta(days=1)
    assert row.broken_at == due


def test_starting_twice_finds_the_first(session: Session, now: datetime) -> None:
    first = deadlines.do_start(session, "question", "x", now)
    assert deadlines.do_start(session, "question", "x", now + timedelta(days=1)) is first


def test_only_what_pauses_can_be_paused_and_by_known_reasons(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    complaint = make_ticket(kind="complaint")
    with pytest.raises(deadlines.NotPausable):
        deadlines.do_pause(
            session, of(session, complaint, "complaint_answer"), "customer", now, "clerk"
        )
    delivery = deadlines.do_agree_delivery(
        session, make_ticket(), now + timedelta(days=5), now, "clerk"
    )
    with pytest.raises(deadlines.NotPausable):
        deadlines.do_pause(session, delivery, "holiday mood", now, "clerk")
    pause = deadlines.do_pause(session, delivery, "customer", now, "clerk")
    assert deadlines.do_pause(session, delivery, "parts", now, "clerk") is pause
    deadlines.do_resume(session, delivery, now + timedelta(hours=1), "clerk")
    deadlines.do_resume(session, delivery, now + timedelta(hours=2), "clerk")
    assert delivery.due_at == now + timedelta(days=5, hours=1)
    deadlines.do_meet(session, delivery, now, "clerk")
    with pytest.raises(deadlines.NotPausable):
        deadlines.do_pause(session, delivery, "customer", now, "clerk")


def test_an_unknown_key_is_told(session: Session) -> None:
    with pytest.raises(deadlines.UnknownDeadline):
        deadlines.find(session, "assign:nothing")


def test_what_was_agreed_anew_replaces_the_first_and_keeps_it_on_record(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket()
    first = deadlines.do_agree_delivery(session, ticket, now + timedelta(days=5), now, "clerk")
    same = deadlines.do_agree_delivery(session, ticket, now + timedelta(days=5), now, "clerk")
    second = deadlines.do_agree_delivery(session, ticket, now + timedelta(days=7), now, "clerk")
    assert same is first and first.dropped_at is not None
    assert second.key == f"delivery:{ticket.number}:2"
    with pytest.raises(ValueError, match="passed"):
        deadlines.do_agree_delivery(session, ticket, now, now, "clerk")
    walk(session, ticket, now, "cancelled")
    with pytest.raises(ValueError, match="over"):
        deadlines.do_agree_delivery(session, ticket, now + timedelta(days=9), now, "clerk")


def test_a_person_asked_for_must_answer_in_time_and_his_first_word_counts(
    session: Session, now: datetime
) -> None:
    talk = conversations.get_or_open(session, "s", "widget", now)
    request = conversations.do_request_person(session, talk, "asked", now)
    row = deadlines.find(session, f"question:hand_over:{request.id}")
    assert request.promised_at == row.due_at == now + timedelta(hours=5)
    conversations.do_take_over(session, talk, "anna", now)
    assert row.is_running
    said = now + timedelta(hours=1)
    conversations.do_store_message(session, talk, "out", "您好", now=said, speaker="person")
    assert row.met_at == said
    conversations.do_return_to_bot(session, talk, "anna", now + timedelta(hours=9))
    assert row.met_at == said and row.broken_at is None


def test_a_request_nobody_took_and_that_is_given_back_was_not_answered(
    session: Session, now: datetime
) -> None:
    talk = conversations.get_or_open(session, "s", "widget", now)
    request = conversations.do_request_person(session, talk, "asked", now)
    conversations.do_return_to_bot(session, talk, "system", now)
    row = deadlines.find(session, f"question:hand_over:{request.id}")
    assert row.dropped_at == now and row.met_at is None


def test_giving_the_work_to_a_technician_keeps_the_time_for_it(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket()
    workshop.do_register_call(session, ticket, "counter", "A", "已过保修期", now, "clerk")
    given = now + timedelta(hours=1)
    workshop.do_assign(session, ticket, "李师傅", given, "chief")
    assert running(session, ticket) == {"first_answer"}, "the customer has heard nothing yet"
    row = of(session, ticket, "assign")
    assert (row.met_at, row.broken_at) == (given, None)
    workshop.do_assign(session, ticket, "王师傅", now + timedelta(hours=2), "chief")
    assert row.met_at == given, "the first one counts"


def test_a_technician_found_too_late_breaks_the_time_for_it(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket()
    workshop.do_register_call(session, ticket, "counter", "A", "已过保修期", now, "clerk")
    row = of(session, ticket, "assign")
    workshop.do_assign(session, ticket, "李师傅", now + timedelta(days=3), "chief")
    assert row.met_at == now + timedelta(days=3) and row.broken_at == row.due_at


def test_the_first_word_of_a_person_answers_the_tickets_that_wait_for_one(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    repair = make_ticket()
    callback = make_ticket(kind="callback", draft_id="d-2")
    complaint = make_ticket(kind="complaint", draft_id="d-3")
    others = make_ticket(draft_id="d-4", sender="visitor-2")
    talk = conversations.get_or_open(session, "visitor-1", "widget", now)
    conversations.do_store_message(session, talk, "out", "您的单子登记好了", now=now)
    assert repair.first_answered_at is None, "the bot is no colleague"
    conversations.do_take_over(session, talk, "anna", now)
    said = now + timedelta(hours=1)
    conversations.do_store_message(session, talk, "out", "您好", now=said, speaker="person")
    assert repair.first_answered_at == callback.first_answered_at == said
    assert of(session, repair, "first_answer").met_at == said
    assert of(session, callback, "first_answer").met_at == said
    assert others.first_answered_at is None
    assert complaint.first_answered_at is None, "a complaint is answered where it is dealt with"
    assert of(session, complaint, "complaint_answer").is_running


def test_who_reports_a_repair_to_a_person_has_been_answered(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    repair = make_ticket(channel="counter")
    row = of(session, repair, "first_answer")
    assert row.met_at == repair.first_answered_at == now and row.broken_at is None
    callback = make_ticket(kind="callback", channel="desk", draft_id="d-2")
    assert callback.first_answered_at is None, "he was told that somebody would call"
