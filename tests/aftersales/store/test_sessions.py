"""One block is one transaction."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, StatementError

from aftersales.store import Store, open_store
from aftersales.store.audit import record
from aftersales.store.locks import take_lease
from aftersales.store.tables import AuditEntry, Consent, Lease


def test_an_exception_leaves_nothing_behind(store: Store, now: datetime) -> None:
    with pytest.raises(RuntimeError), store.session() as session:
        record(session, who="a", what="b", subject=("c", 1), now=now)
        session.flush()
        raise RuntimeError
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_objects_stay_readable_after_the_block(store: Store, now: datetime) -> None:
    with store.session() as session:
        entry = record(session, who="a", what="b", subject=("c", 1), why="x\n y", now=now)
    assert entry.id == 1
    assert entry.why == "x y"


def test_moments_come_back_as_they_were_in_utc(store: Store) -> None:
    moment = datetime(2026, 11, 23, 10, 0, 0, 123456, timezone(timedelta(hours=8)))
    with store.session() as session:
        session.add(Lease(name="x", holder="y", until=moment))
    with store.session(read_only=True) as session:
        found = session.get_one(Lease, "x").until
    assert found == moment
    assert found.tzinfo is UTC


def test_a_naive_moment_cannot_be_stored(store: Store) -> None:
    with pytest.raises(StatementError, match="naive"), store.session() as session:
        session.add(Lease(name="x", holder="y", until=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_foreign_keys_are_held(store: Store, now: datetime) -> None:
    with pytest.raises(IntegrityError), store.session() as session:
        session.add(
            Consent(
                subject="s",
                customer_id=99,
                purpose="p",
                version="v",
                channel="c",
                given=True,
                at=now,
            )
        )


def test_writers_wait_for_each_other_instead_of_failing(store: Store, now: datetime) -> None:
    def count_up(_: int) -> None:
        with store.session() as session:
            # Reads first, writes later: what fails at once on SQLite without BEGIN IMMEDIATE.
            session.scalar(select(func.count()).select_from(AuditEntry))
            record(session, who="a", what="b", subject=("c", 1), now=now)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(count_up, range(24)))
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 24


def test_only_one_worker_leads_and_a_silent_one_is_replaced(store: Store, now: datetime) -> None:
    def try_it(holder: str, seconds_later: int) -> bool:
        with store.session() as session:
            moment = now + timedelta(seconds=seconds_later)
            return take_lease(session, "worker", holder, moment, 30)

    assert try_it("a", 0)
    assert not try_it("b", 10)
    assert try_it("a", 20)
    assert not try_it("b", 49)
    assert try_it("b", 51)
    assert not try_it("a", 52)


def test_a_database_in_memory_is_one_database() -> None:
    store = open_store("sqlite://")
    Lease.metadata.create_all(store.engine)
    store.ping()
    with store.session() as session:
        assert session.get(Lease, "x") is None
    store.close()
