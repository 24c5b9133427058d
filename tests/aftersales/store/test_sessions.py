"""One block is one transaction."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from aftersales.store import Store, open_store
from aftersales.store.audit import record
from aftersales.store.locks import hold, hold_all, take_lease
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


def put_lease(store: Store, now: datetime, holder: str = "me") -> None:
    with store.session() as session:
        session.merge(Lease(name="x", holder=holder, until=now))


def reads(session: Session) -> list[str]:
    """The rows asked for from now on."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    return found


def test_a_held_row_is_read_once_in_a_transaction_and_anew_in_the_next(
    store: Store, now: datetime
) -> None:
    put_lease(store, now)
    with store.session() as session:
        lease = session.get_one(Lease, "x")
        session.commit()
        put_lease(store, now, "somebody else")
        assert lease.holder == "me", "what was read before is old"
        read = reads(session)
        hold(session, lease)
        assert (lease.holder, len(read)) == ("somebody else", 1)
        hold(session, lease)
        assert len(read) == 1
        session.commit()
        hold(session, lease)
        assert len(read) == 2


def test_what_was_changed_before_a_row_is_held_is_not_lost(store: Store, now: datetime) -> None:
    put_lease(store, now)
    with store.session() as session:
        lease = session.get_one(Lease, "x")
        lease.holder = "changed here"
        hold(session, lease)
        assert lease.holder == "changed here"


def test_rows_held_together_are_read_anew_and_not_once_more(store: Store, now: datetime) -> None:
    put_lease(store, now)
    with store.session() as session:
        lease = session.get_one(Lease, "x")
        session.commit()
        put_lease(store, now, "somebody else")
        assert list(hold_all(session, select(Lease), Lease)) == [lease]
        assert lease.holder == "somebody else"
        lease.holder = "changed here"
        hold(session, lease)
        assert lease.holder == "changed here"
    with store.session(read_only=True) as session:
        assert session.get_one(Lease, "x").holder == "changed here"


def test_a_row_held_in_a_savepoint_that_failed_is_held_anew(store: Store, now: datetime) -> None:
    put_lease(store, now)
    with store.session() as session:
        lease = session.get_one(Lease, "x")
        with pytest.raises(RuntimeError), session.begin_nested():
            hold(session, lease)
            lease.holder = "nobody"
            raise RuntimeError
        hold(session, lease)
        assert lease.holder == "me"


def test_a_row_not_written_yet_is_held_already(store: Store, now: datetime) -> None:
    with store.session() as session:
        lease = Lease(name="x", holder="me", until=now)
        session.add(lease)
        hold(session, lease)
        assert lease.holder == "me"
