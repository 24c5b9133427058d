"""Messages that must leave."""

from datetime import timedelta

from sqlalchemy import select

from aftersales import conversations, deadlines, outbox
from aftersales.clock import FixedClock
from aftersales.store import Store
from aftersales.store.tables import Message, OutboxRow
from tests.web.house import NOW
from tests.web.repairs import make_repair
from web.worker import adjust, step

PAYLOAD = {"event": "ticket_moved", "number": "FW261123-04821", "state": "repairing"}


def test_a_message_arrives_once_also_when_it_is_sent_again(store: Store) -> None:
    clock = FixedClock(NOW)
    with store.session() as session:
        conversations.get_or_open(session, "w-1", "widget", NOW)
        outbox.enqueue(
            session,
            kind=outbox.MESSAGE,
            key="move:7",
            channel="widget",
            sender="w-1",
            payload=PAYLOAD,
            now=NOW,
        )
    first = step(store, clock, "me")
    assert first is not None and first.delivered == 1
    with store.session() as session:  # as after a crash between sending and marking
        again = session.scalars(select(OutboxRow).where(OutboxRow.key == "move:7")).one()
        again.state = "pending"
    step(store, clock, "me")
    with store.session(read_only=True) as session:
        said = session.scalars(select(Message)).all()
        assert len(said) == 1 and "正在修理" in said[0].text


def test_an_offer_is_reminded_of_once_and_ended_once(store: Store) -> None:
    repair = make_repair(store, offered=True)
    for hours in (0, 121, 130, 168, 200):
        assert step(store, FixedClock(NOW + timedelta(hours=hours)), "me") is not None
    with store.session(read_only=True) as session:
        said = [m.text for m in session.scalars(select(Message).order_by(Message.id))]
    assert [repair.number in text for text in said] == [True] * 3
    assert "报价出来了" in said[0] and "到期" in said[1] and "过了有效期" in said[2]


def test_only_the_leader_works(store: Store) -> None:
    clock = FixedClock(NOW)
    assert step(store, clock, "one") is not None
    assert step(store, clock, "two") is None


def test_a_notice_for_the_desk_is_delivered_without_a_desk(store: Store) -> None:
    with store.session() as session:
        outbox.enqueue(
            session,
            kind=outbox.DESK_NOTICE,
            key="n:1",
            channel="desk",
            sender="desk",
            payload={"event": "person_requested"},
            now=NOW,
        )
    done = step(store, FixedClock(NOW), "me")
    assert done is not None and done.delivered == 1


def test_a_deadline_about_to_break_is_told_once(store: Store) -> None:
    clock = FixedClock(NOW)
    with store.session() as session:
        row = deadlines.do_start(session, "complaint_answer", "x", NOW)
    clock.moment = NOW + timedelta(hours=19)
    for _ in range(3):
        assert step(store, clock, "me") is not None
    with store.session(read_only=True) as session:
        keys = session.scalars(select(OutboxRow.key)).all()
        assert keys == [f"deadline:{row.id}:0"]
        assert session.scalars(select(OutboxRow.state)).all() == ["delivered"]


def test_at_its_start_the_worker_counts_by_the_calendar_as_it_is(store: Store) -> None:
    with store.session() as session:
        row = deadlines.do_start(session, "question", "x", NOW)
        promised, row.due_at = row.due_at, NOW + timedelta(days=9)
    assert adjust(store, FixedClock(NOW)) == 1
    with store.session(read_only=True) as session:
        assert deadlines.find(session, "question:x").due_at == promised
