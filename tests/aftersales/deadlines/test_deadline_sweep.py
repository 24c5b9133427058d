"""Warned before it breaks, told to the next person when it does; each exactly once."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import deadlines, knowledge
from aftersales.deadlines.lists import running
from aftersales.deadlines.sweep import Swept
from aftersales.store.tables import Deadline, LateDay, OutboxRow, Ticket
from aftersales.tickets.moves import do_move_checked

MakeTicket = Callable[..., Ticket]


def told(session: Session, event: str | None = None) -> list[tuple[str, str]]:
    rows = session.scalars(
        select(OutboxRow).where(OutboxRow.key.startswith("deadline:")).order_by(OutboxRow.id)
    )
    return [
        (row.payload["kind"], row.payload["role"])
        for row in rows
        if event in (None, row.payload["event"])
    ]


@pytest.fixture
def overrides(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[object, object]]:
    """The overrides of the calendar, open to changes."""
    found: dict[object, object] = {}
    load = knowledge.load
    changed = {**load("calendar"), "overrides": found}
    monkeypatch.setattr(
        knowledge, "load", lambda name: changed if name == "calendar" else load(name)
    )
    yield found


def test_hotline_then_supervisor_then_manager_and_never_twice(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    make_ticket(kind="callback")  # Monday 10:00: due 15:00, warned of at 14:00
    assert deadlines.do_sweep(session, now + timedelta(hours=3)) == Swept()
    assert deadlines.do_sweep(session, now + timedelta(hours=4)) == Swept(warned=1)
    assert deadlines.do_sweep(session, now + timedelta(hours=4)) == Swept()
    assert deadlines.do_sweep(session, now + timedelta(hours=5)) == Swept(escalated=1)
    assert deadlines.do_sweep(session, now + timedelta(hours=6)) == Swept()
    assert deadlines.do_sweep(session, now + timedelta(hours=7)) == Swept(escalated=1)
    assert deadlines.do_sweep(session, now + timedelta(days=7)) == Swept()
    assert told(session) == [
        ("first_answer", "hotline"),
        ("first_answer", "supervisor"),
        ("first_answer", "manager"),
    ]
    assert told(session, "deadline_warned") == [("first_answer", "hotline")]
    row = session.scalars(select(Deadline).where(Deadline.kind == "first_answer")).one()
    assert row.broken_at == row.due_at


def test_after_a_standstill_all_steps_are_told_once_and_in_order(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    make_ticket(kind="complaint")
    swept = deadlines.do_sweep(session, now + timedelta(hours=30))
    assert (swept.warned, swept.escalated) == (1, 2)
    assert [role for _, role in told(session)] == ["hotline", "supervisor", "manager"]


def test_what_was_met_is_not_told(session: Session, make_ticket: MakeTicket, now: datetime) -> None:
    ticket = make_ticket(kind="callback")
    do_move_checked(session, ticket, "closed", now, who="clerk")
    assert deadlines.do_sweep(session, now + timedelta(days=3)) == Swept()


def test_a_paused_one_is_not_told_and_a_second_warning_never_comes(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    row = deadlines.do_agree_delivery(session, make_ticket(), now + timedelta(days=2), now, "x")
    deadlines.do_sweep(session, now + timedelta(hours=25))
    deadlines.do_pause(session, row, "customer", now + timedelta(hours=26), "clerk")
    deadlines.do_sweep(session, now + timedelta(days=9))
    assert [k for k, _ in told(session) if k == "delivery"] == ["delivery"]
    deadlines.do_resume(session, row, now + timedelta(days=9), "clerk")
    deadlines.do_sweep(session, now + timedelta(days=9, hours=21))
    assert [r for k, r in told(session) if k == "delivery"] == ["technician"]
    deadlines.do_sweep(session, now + timedelta(days=9, hours=22))
    assert [r for k, r in told(session) if k == "delivery"] == ["technician", "supervisor"]


def test_each_day_late_is_one_row_also_after_a_standstill_and_none_after_the_hand_back(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket()
    agreed = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # Wednesday 18:00 in Shanghai
    deadlines.do_agree_delivery(session, ticket, agreed, now, "clerk")

    def days() -> list[int]:
        return [d.day for d in session.scalars(select(LateDay.day).order_by(LateDay.day))]

    deadlines.do_sweep(session, agreed + timedelta(hours=1))
    assert days() == []  # the same day is late, but not by a day
    deadlines.do_sweep(session, agreed + timedelta(hours=7))
    deadlines.do_sweep(session, agreed + timedelta(hours=8))
    assert days() == [26]
    deadlines.do_sweep(session, agreed + timedelta(days=3))
    assert days() == [26, 27, 28]
    states = "awaiting_assignment in_service taken_in repairing awaiting_check awaiting_return"
    for state in [*states.split(), "returned"]:
        do_move_checked(session, ticket, state, agreed + timedelta(days=4), who="clerk")
    deadlines.do_sweep(session, agreed + timedelta(days=20))
    assert days() == [26, 27, 28, 29]
    assert all(row.ticket_id == ticket.id for row in session.scalars(select(LateDay)))


def test_days_wholly_spent_waiting_for_the_customer_are_not_late(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    row = deadlines.do_agree_delivery(session, make_ticket(), now + timedelta(days=1), now, "x")
    deadlines.do_sweep(session, now + timedelta(days=2))
    deadlines.do_pause(session, row, "customer", now + timedelta(days=2, hours=1), "clerk")
    deadlines.do_resume(session, row, now + timedelta(days=5), "clerk")
    deadlines.do_meet(session, row, now + timedelta(days=6), "clerk")
    found = [d.day for d in deadlines.late.late_days(
        row, now + timedelta(days=9), deadlines.Clocks.from_knowledge())]  # fmt: skip
    assert found == [25, 28, 29]  # 26 and 27 passed in the pause


def test_last_months_report_is_due_once_there_was_something_to_report(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    deadlines.do_sweep(session, now)
    make_ticket()
    deadlines.do_sweep(session, now)
    assert not session.scalars(select(Deadline).where(Deadline.kind == "monthly_report")).all()
    december = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)  # 1 December in Shanghai
    for _ in range(2):
        deadlines.do_sweep(session, december)
    row = session.scalars(select(Deadline).where(Deadline.kind == "monthly_report")).one()
    assert row.key == "monthly_report:2026-11"
    assert row.due_at == datetime(2026, 12, 3, 10, 0, tzinfo=UTC)  # the third working day


def test_in_december_the_desk_is_told_once_that_next_year_is_unknown(session: Session) -> None:
    for hour in range(3):
        deadlines.do_sweep(session, datetime(2026, 12, 5, hour, tzinfo=UTC))
    rows = session.scalars(select(OutboxRow)).all()
    assert [(row.key, row.payload["year"]) for row in rows] == [("calendar_unknown:2027", 2027)]


def test_a_day_off_declared_later_moves_what_is_internal_and_never_a_promise(
    session: Session, make_ticket: MakeTicket, now: datetime, overrides: dict[object, object]
) -> None:
    ticket = make_ticket()
    rows = {row.kind: row for row in session.scalars(select(Deadline))}
    promised, assign = ticket.first_answer_due, rows["assign"].due_at
    assert promised is not None and assign is not None
    assert deadlines.do_adjust(session, now, "clerk") == 0
    overrides[date(2026, 11, 23)] = {"day": "holiday"}
    assert deadlines.do_adjust(session, now, "clerk") == 1
    assert rows["assign"].due_at == assign + timedelta(hours=8)
    assert rows["first_answer"].due_at == ticket.first_answer_due == promised
    deadlines.do_sweep(session, promised)
    assert rows["first_answer"].due_at == promised
    assert ("first_answer", "supervisor") in told(session)


def test_longer_hours_bring_a_promise_forward(
    session: Session, make_ticket: MakeTicket, now: datetime, overrides: dict[object, object]
) -> None:
    ticket = make_ticket()
    overrides[date(2026, 11, 23)] = {"periods": [{"from": "09:00", "to": "18:00"}]}
    assert deadlines.do_adjust(session, now, "clerk") == 2
    assert ticket.first_answer_due == now + timedelta(hours=4)


def test_the_list_says_who_has_it_and_how_it_stands(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    complaint = make_ticket(kind="complaint")
    later = now + timedelta(hours=25)
    deadlines.do_sweep(session, later)
    first, second = running(session, later)
    assert (first.number, first.name, first.state, first.role) == (
        complaint.number, "投诉答复", "broken", "主任",
    )  # fmt: skip
    assert (second.name, second.state, second.role) == ("投诉办结", "running", "热线坐席")


def test_open_tickets_from_before_are_taken_up_once(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    repair, complaint = make_ticket(), make_ticket(kind="complaint")
    over = make_ticket(kind="callback")
    do_move_checked(session, over, "closed", now, who="anna")
    for row in session.scalars(select(Deadline)).all():
        session.delete(row)
    session.flush()
    for _ in range(2):
        deadlines.do_adjust(session, now + timedelta(days=1), "worker")
    keys = {row.key for row in session.scalars(select(Deadline))}
    assert keys == {
        f"first_answer:{repair.number}",
        f"assign:{repair.number}",
        f"complaint_answer:{complaint.number}",
        f"complaint_close:{complaint.number}",
    }
    row = deadlines.find(session, f"first_answer:{repair.number}")
    assert row.due_at == repair.first_answer_due


def test_a_kind_taken_out_of_the_file_stops_nobody_elses_warning(
    session: Session, make_ticket: MakeTicket, now: datetime
) -> None:
    ticket = make_ticket(kind="callback")
    gone = deadlines.do_start(session, "question", "old", now)
    gone.kind = "no_longer_there"
    assert deadlines.do_sweep(session, now + timedelta(hours=5)).escalated == 1
    assert gone.next_at is None
    deadlines.do_adjust(session, now, "worker")
    assert {row.number for row in running(session, now)} == {ticket.number}


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    events=st.lists(
        st.tuples(st.sampled_from(["sweep", "pause", "resume"]), st.integers(0, 30)), max_size=14
    )
)
def test_whatever_happens_each_step_is_told_at_most_once_and_pausing_never_hurries(
    session: Session, make_ticket: MakeTicket, now: datetime, events: list[tuple[str, int]]
) -> None:
    ticket = make_ticket()
    row = deadlines.do_agree_delivery(session, ticket, now + timedelta(days=3), now, "anna")
    moment, due = now, row.due_at
    for event, hours in events:
        moment += timedelta(hours=hours)
        if event == "sweep":
            deadlines.do_sweep(session, moment)
        elif event == "pause":
            deadlines.do_pause(session, row, "parts", moment, "anna")
        else:
            deadlines.do_resume(session, row, moment, "anna")
        assert row.due_at is not None and due is not None
        assert row.due_at >= due
        due = row.due_at
    keys = session.scalars(
        select(OutboxRow.key).where(OutboxRow.key.startswith(f"deadline:{row.id}:"))
    ).all()
    assert sorted(keys) == [f"deadline:{row.id}:{n}" for n in range(row.steps_done)]
    assert row.broken_at is None or row.broken_at <= moment
