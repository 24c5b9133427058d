"""What waited for a visitor is said in its own words."""

import pytest
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
    assert visits.sentence({"event": "something new"})


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
