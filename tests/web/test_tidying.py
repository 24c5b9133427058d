"""What the worker deletes: what was asked for, and once a day what was kept long enough."""

from datetime import timedelta

from sqlalchemy import select

from aftersales import conversations
from aftersales.clock import FixedClock
from aftersales.people.erasures import GRACE, do_ask_erasure
from aftersales.settings import Settings
from aftersales.store import Store
from aftersales.store.tables import Erasure, Lookup, Message
from tests.web.house import NOW
from web.tidying import places_of, tidy


def test_what_was_asked_for_is_deleted_when_it_is_due(store: Store, settings: Settings) -> None:
    clock, places = FixedClock(NOW), places_of(settings)
    with store.session() as session:
        talk = conversations.get_or_open(session, "w-1", "widget", NOW)
        conversations.do_store_message(session, talk, "in", "你好", now=NOW)
        do_ask_erasure(
            session, sender="w-1", tickets=[], proof="session", channel="widget", now=NOW
        )
    assert tidy(store, places, clock) == 0
    clock.moment += GRACE
    assert tidy(store, places, clock) == 1
    assert tidy(store, places, clock) == 0
    with store.session() as session:
        assert session.scalars(select(Message)).all() == []
        assert session.scalars(select(Erasure.state)).all() == ["done"]


def test_retention_runs_once_a_day(store: Store, settings: Settings) -> None:
    clock, places = FixedClock(NOW), places_of(settings)

    def old() -> None:
        with store.session() as session:
            at = clock.now() - timedelta(days=31)
            session.add(Lookup(kind="ticket", asker="x", target="t", succeeded=False, at=at))

    def left() -> int:
        with store.session() as session:
            return len(session.scalars(select(Lookup.id)).all())

    old()
    tidy(store, places, clock)
    assert left() == 0
    old()
    clock.moment += timedelta(hours=12)
    tidy(store, places, clock)
    assert left() == 1
    clock.moment += timedelta(hours=12)
    tidy(store, places, clock)
    assert left() == 0
