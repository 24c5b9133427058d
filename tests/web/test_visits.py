"""What waited for a visitor is said in its own words."""

from sqlalchemy import select

from aftersales import outbox
from aftersales.clock import FixedClock
from aftersales.store import Store
from aftersales.store.tables import Message
from tests.web.house import NOW
from web import visits


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
    assert visits.sentence({"event": "something new"})


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
