"""What waited for a visitor is said in its own words."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from aftersales import care, outbox
from aftersales.clock import FixedClock
from aftersales.ids import RandomIds
from aftersales.people.consent import do_withdraw_all
from aftersales.store import Store
from aftersales.store.tables import Message
from aftersales.tickets import TicketDraft, Watch, do_create_ticket
from aftersales.tickets.moves import do_move_checked
from tests.web.house import NOW
from web import visits
from web.worker import step


def test_each_event_has_a_sentence() -> None:
    moved = visits.sentence(
        {"event": "ticket_moved", "number": "FW261123-04824", "state": "repairing"}
    )
    assert "FW261123-04824" in moved
    reminder = visits.sentence({"event": "rate_diary_due"})
    assert "报时" in reminder and "FW" not in reminder
    answered = visits.sentence(
        {"event": "complaint_answered", "number": "TS261123-04826", "answer": "已经{重修}"}
    )
    assert "TS261123-04826" in answered and "已经{重修}" in answered
    assert "重新打开" in visits.sentence(
        {"event": "complaint_reopened", "number": "TS261123-04826"}
    )
    asked = {"event": "satisfaction", "number": "FW261123-04824"}
    assert "FW261123-04824" in visits.sentence(asked)
    assert [b["title"] for b in visits.buttons(asked)] == ["满意", "一般", "不满意"]
    care_reminder = {"event": "care_reminder", "movement": "solar"}
    assert "光动能" in visits.sentence(care_reminder)
    assert "别再提醒" in [b["title"] for b in visits.buttons(care_reminder)]
    assert visits.buttons({"event": "rate_diary_due"}) == []
    assert visits.sentence({"event": "something new"})


@pytest.mark.parametrize(("took_back", "expected"), [(False, [1, 1, 2, 2]), (True, [1, 1, 1, 1])])
def test_two_years_after_a_repair_the_customer_who_agreed_is_reminded_at_his_next_visit(
    store: Store, clock: FixedClock, took_back: bool, expected: list[int]
) -> None:
    draft = TicketDraft(
        draft_id="d-1", kind="repair", name="王小明", phone="13800005678", channel="widget",
        sender="w-someone", fault="慢", watch=Watch("7S26"),
    )  # fmt: skip
    states = "awaiting_assignment in_service done_on_spot archived"
    with store.session() as session:
        ticket = do_create_ticket(session, draft, NOW, RandomIds(random.Random(1)))
        for state in states.split():
            do_move_checked(session, ticket, state, NOW, who="chief", tell_customer=False)
        care.do_accept_reminders(session, "w-someone", "widget", NOW)
    said = []
    for days in (1, 700, 740, 741):
        clock.moment = NOW + timedelta(days=days)
        step(store, clock, "me")
        with store.session() as session:
            if took_back and days == 740:  # the reminder waits for the visit already
                do_withdraw_all(session, "w-someone", "widget", clock.now())
            visits.collect(session, "w-someone", "widget", clock.now())
            texts = session.scalars(select(Message.text).order_by(Message.id)).all()
            said.append(len(texts))
    assert said == expected
    assert "满意" in texts[0] and ("2 到 3 年" in texts[-1]) != took_back


@pytest.mark.parametrize("event", ["estimate_sent", "estimate_reminder", "estimate_expired"])
def test_an_estimate_is_told_with_number_and_without_a_link(event: str) -> None:
    said = visits.sentence(
        {
            "event": event,
            "number": "FW261123-04824",
            "total_fen": 95_500,
            "valid_until": NOW.isoformat(),
        }
    )
    assert "FW261123-04824" in said and "/e/" not in said
    assert ("¥955.00" in said) == ("11月23日 10:00" in said) == (event != "estimate_expired")


def test_a_reminder_is_said_once_at_the_next_visit(store: Store, clock: FixedClock) -> None:
    with store.session() as session:
        outbox.enqueue(
            session,
            kind=outbox.NEXT_VISIT,
            key="diary:1",
            channel="widget",
            sender="w-someone",
            payload={"event": "rate_diary_due"},
            now=NOW,
        )
    for _ in range(2):
        with store.session() as session:
            visits.collect(session, "w-someone", "widget", clock.now())
    with store.session() as session:
        said = session.scalars(select(Message.text)).all()
    assert said == [visits.sentence({"event": "rate_diary_due"})]
