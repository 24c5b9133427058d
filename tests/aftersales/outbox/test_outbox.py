"""Messages leave with the change that causes them: retried, not repeated, never silently lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Lock

import pytest
from sqlalchemy import select

from aftersales.outbox import (
    DESK_NOTICE,
    NEXT_VISIT,
    Delivery,
    collect_for_visit,
    deliver_due,
    do_revive,
    enqueue,
)
from aftersales.outbox.deliver import MOST_ATTEMPTS, wait_after
from aftersales.store import Store
from aftersales.store.tables import OutboxRow


def put(store: Store, now: datetime, key: str = "k", kind: str = DESK_NOTICE) -> None:
    with store.session() as session:
        enqueue(
            session, kind=kind, key=key, channel="desk", sender="s", payload={"key": key}, now=now
        )


def deliver(store: Store, now: datetime, fails: bool = False) -> tuple[Delivery, list[str]]:
    sent: list[str] = []

    def send(row: OutboxRow) -> None:
        if fails:
            raise ConnectionError("text with 13800005678")
        sent.append(row.key)

    with store.session() as session:
        return deliver_due(session, send, now), sent


def row(store: Store) -> OutboxRow:
    with store.session(read_only=True) as session:
        return session.scalars(select(OutboxRow)).one()


def test_a_message_of_a_failed_change_never_leaves(store: Store, now: datetime) -> None:
    with pytest.raises(RuntimeError), store.session() as session:
        enqueue(session, kind=DESK_NOTICE, key="k", channel="desk", sender="s", payload={}, now=now)
        raise RuntimeError
    assert deliver(store, now) == (Delivery(), [])


def test_a_key_is_sent_once_however_often_it_is_put_in(store: Store, now: datetime) -> None:
    put(store, now)
    put(store, now)
    assert deliver(store, now) == (Delivery(delivered=1), ["k"])
    put(store, now)
    assert deliver(store, now + timedelta(days=1)) == (Delivery(), [])
    assert row(store).delivered_at == now


def test_failures_are_put_off_longer_each_time_and_given_up_at_last(
    store: Store, now: datetime
) -> None:
    put(store, now)
    moment = now
    for attempt in range(1, MOST_ATTEMPTS):
        assert deliver(store, moment, fails=True)[0] == Delivery(put_off=1)
        assert row(store).due_at == moment + wait_after(attempt)
        assert deliver(store, row(store).due_at - timedelta(seconds=1))[0] == Delivery()
        moment = row(store).due_at
    assert deliver(store, moment, fails=True)[0] == Delivery(dead=1)
    assert row(store).last_error == "ConnectionError"
    assert deliver(store, moment + timedelta(days=9)) == (Delivery(), [])
    with store.session() as session:
        do_revive(session, session.scalars(select(OutboxRow)).one(), moment, who="agent")
    assert deliver(store, moment) == (Delivery(delivered=1), ["k"])


def test_the_pauses_grow_to_an_hour() -> None:
    assert [wait_after(n).total_seconds() for n in (1, 2, 3, 7, 8, 50)] == [
        30,
        60,
        120,
        1920,
        3600,
        3600,
    ]


class _Killed(BaseException):
    """The process dies while it sends."""


def test_a_crash_while_sending_sends_again_later(store: Store, now: datetime) -> None:
    def die(_: OutboxRow) -> None:
        raise _Killed

    put(store, now)
    with pytest.raises(_Killed), store.session() as session:
        deliver_due(session, die, now)
    assert row(store).state == "sending"
    assert deliver(store, now + timedelta(seconds=119)) == (Delivery(), [])
    assert deliver(store, now + timedelta(seconds=120)) == (Delivery(delivered=1), ["k"])


def test_a_message_that_always_kills_the_worker_is_given_up(store: Store, now: datetime) -> None:
    def die(_: OutboxRow) -> None:
        raise _Killed

    put(store, now)
    for attempt in range(MOST_ATTEMPTS):
        with pytest.raises(_Killed), store.session() as session:
            deliver_due(session, die, now + timedelta(minutes=2 * attempt))
    with store.session() as session:
        assert deliver_due(session, die, now + timedelta(days=1)) == Delivery(dead=1)


def test_no_lock_is_held_while_sending(store: Store, now: datetime) -> None:
    put(store, now)

    def send(found: OutboxRow) -> None:
        put(store, now, key="written meanwhile")

    with store.session() as session:
        assert deliver_due(session, send, now) == Delivery(delivered=1)
    assert deliver(store, now) == (Delivery(delivered=1), ["written meanwhile"])


def test_two_workers_never_send_the_same_row(store: Store, now: datetime) -> None:
    for number in range(20):
        put(store, now, key=str(number))
    sent: list[str] = []
    lock = Lock()

    def send(found: OutboxRow) -> None:
        with lock:
            sent.append(found.key)

    def work(_: int) -> None:
        with store.session() as session:
            deliver_due(session, send, now, limit=7)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(8)))
    assert sorted(sent, key=int) == [str(number) for number in range(20)]


def test_a_message_for_the_next_visit_waits_for_it(store: Store, now: datetime) -> None:
    put(store, now, kind=NEXT_VISIT)
    assert deliver(store, now) == (Delivery(), [])
    with store.session() as session:
        assert collect_for_visit(session, "somebody else", now) == []
        assert [r.payload for r in collect_for_visit(session, "s", now)] == [{"key": "k"}]
    with store.session() as session:
        assert collect_for_visit(session, "s", now) == []
    assert row(store).delivered_at == now


def test_a_message_for_later_waits(store: Store, now: datetime) -> None:
    later = now + timedelta(hours=1)
    with store.session() as session:
        enqueue(
            session,
            kind=DESK_NOTICE,
            key="k",
            channel="desk",
            sender="s",
            payload={},
            now=now,
            due_at=later,
        )
    assert deliver(store, now) == (Delivery(), [])
    assert deliver(store, later) == (Delivery(delivered=1), ["k"])
