"""The pick-up code: six digits, five tries, only while the watch is ready."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from aftersales.ids import RandomIds
from aftersales.pickup import (
    CodeLocked,
    NothingToPickUp,
    do_check_pickup_code,
    do_issue_pickup_code,
    find_pickup,
    pickup_code,
)
from aftersales.settings import Secret
from aftersales.store import Store
from aftersales.store.tables import AuditEntry, Link, OutboxRow, Ticket
from aftersales.tickets import TicketDraft, do_create_ticket
from aftersales.tickets.moves import do_move_checked

KEY = Secret("the server's key")


@pytest.fixture
def ready(
    store: Store, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> Ticket:
    with store.session() as session:
        ticket = do_create_ticket(session, make_draft(), now, ids)
        way = "awaiting_assignment in_service taken_in repairing awaiting_check awaiting_return"
        for state in way.split():
            do_move_checked(session, ticket, state, now, who="chief", ids=ids)
        return ticket


def code_of(store: Store, ticket: Ticket, now: datetime) -> str:
    with store.session() as session:
        link = find_pickup(session, session.get_one(Ticket, ticket.id), now)
        assert link is not None
        return pickup_code(link, KEY)


def check(store: Store, ticket: Ticket, code: str, now: datetime) -> bool:
    with store.session() as session:
        there = session.get_one(Ticket, ticket.id)
        return do_check_pickup_code(session, there, code, KEY, now, "counter")


def test_a_watch_that_becomes_ready_gets_one(store: Store, ready: Ticket, now: datetime) -> None:
    code = code_of(store, ready, now)
    assert len(code) == 6 and code.isdigit() and code == code_of(store, ready, now)
    assert check(store, ready, code, now)
    assert check(store, ready, f" {code[:3]}-{code[3:]} ", now)
    assert not check(store, ready, f"{(int(code) + 1) % 10**6:06d}", now)
    assert not check(store, ready, "", now)
    assert not check(store, ready, "１２３４５６", now)


def test_the_database_alone_does_not_give_it(store: Store, ready: Ticket, now: datetime) -> None:
    code = code_of(store, ready, now)
    check(store, ready, code, now)
    with store.session() as session:
        link = session.scalars(select(Link)).one()
        assert pickup_code(link, Secret("another key")) != code
        kept = [str(getattr(link, column.name)) for column in Link.__table__.columns]
        kept += [str(a.why) for a in session.scalars(select(AuditEntry))]
        kept += [str(row.payload) for row in session.scalars(select(OutboxRow))]
    assert not any(code in text for text in kept)


def test_five_wrong_ones_lock_it_also_for_the_right_one_until_a_new_one_is_issued(
    store: Store, ready: Ticket, now: datetime, ids: RandomIds
) -> None:
    code = code_of(store, ready, now)
    wrong = [f"{(int(code) + n) % 10**6:06d}" for n in range(1, 6)]
    assert not any(check(store, ready, guess, now) for guess in wrong)
    with pytest.raises(CodeLocked):
        check(store, ready, code, now)
    with store.session() as session:
        do_issue_pickup_code(session, session.get_one(Ticket, ready.id), now, ids, "chief")
    fresh = code_of(store, ready, now)
    assert fresh != code and not check(store, ready, code, now)
    assert check(store, ready, fresh, now)


def test_it_is_worth_nothing_once_the_watch_is_gone(
    store: Store, ready: Ticket, now: datetime, ids: RandomIds
) -> None:
    code = code_of(store, ready, now)
    with store.session() as session:
        do_move_checked(session, session.get_one(Ticket, ready.id), "returned", now, who="chief")
    with pytest.raises(NothingToPickUp):
        check(store, ready, code, now)
    with store.session() as session, pytest.raises(NothingToPickUp):
        do_issue_pickup_code(session, session.get_one(Ticket, ready.id), now, ids)
