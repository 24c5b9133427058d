"""Status and cancelling: for whoever knows both halves, limited, the same answer otherwise."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from aftersales.ids import RandomIds
from aftersales.store import Store
from aftersales.store.tables import Lookup, OutboxRow, Ticket
from aftersales.tickets import (
    TicketDraft,
    TooManyAttempts,
    Watch,
    do_cancel_ticket,
    do_create_ticket,
    status,
)
from aftersales.tickets.moves import do_move_checked

Make = Callable[..., TicketDraft]


@pytest.fixture
def number(store: Store, make_draft: Make, now: datetime, ids: RandomIds) -> str:
    """The number of an open repair ticket; its phone ends in 5678."""
    with store.session() as session:
        draft = make_draft(watch=Watch("7S26", serial="510001"), class_hint="C")
        return do_create_ticket(session, draft, now, ids).number


def test_number_and_phone_show_the_masked_ticket(store: Store, number: str, now: datetime) -> None:
    with store.session() as session:
        view = status(session, number.lower().replace("-", ""), " 5678 ", now, "anyone")
    assert view is not None
    assert (view.number, view.state_name, view.kind_name) == (number, "已登记", "报修单")
    assert (view.name, view.phone, view.serial) == ("王**", "138****5678", "**0001")
    assert view.class_name == "免费服务"
    assert view.is_cancellable
    assert not view.is_final
    assert "13800005678" not in repr(view)
    assert "小明" not in repr(view)


def test_a_wrong_pair_and_an_unknown_number_are_answered_alike(
    store: Store, number: str, now: datetime
) -> None:
    with store.session() as session:
        assert status(session, number, "0000", now, "a") is None
        assert status(session, "FW261123-99999", "5678", now, "a") is None
        assert status(session, "nonsense", "5678", now, "a") is None
        assert status(session, number, "", now, "a") is None
        assert do_cancel_ticket(session, number, "0000", now, "b") is None
        rows = session.scalars(select(Lookup)).all()
    assert len(rows) == 5
    assert not any(row.succeeded or number in row.target for row in rows)


def test_five_wrong_tries_lock_the_asker_for_an_hour(
    store: Store, number: str, now: datetime
) -> None:
    for minute in range(5):
        with store.session() as session:
            assert (
                status(session, f"FW{minute}", "0000", now + timedelta(minutes=minute), "a") is None
            )
    with store.session() as session:
        with pytest.raises(TooManyAttempts) as refused:
            status(session, number, "5678", now + timedelta(minutes=5), "a")
        assert refused.value.retry_at == now + timedelta(hours=1)
        assert status(session, number, "5678", now + timedelta(minutes=5), "b") is not None
        assert status(session, number, "5678", refused.value.retry_at, "a") is not None


def test_ten_wrong_tries_lock_a_number_for_everybody_known_or_not(
    store: Store, number: str, now: datetime
) -> None:
    for target in (number, "FW261123-99999"):
        for asker in range(10):
            with store.session() as session:
                assert status(session, target, "0000", now, f"{target}-{asker}") is None
        with store.session() as session, pytest.raises(TooManyAttempts):
            status(session, target, "5678", now, "owner")
    with store.session() as session:
        assert status(session, number, "5678", now + timedelta(hours=24), "owner") is not None


def test_right_answers_are_not_counted(store: Store, number: str, now: datetime) -> None:
    for _ in range(12):
        with store.session() as session:
            assert status(session, number, "5678", now, "owner") is not None


def test_a_ticket_is_cancelled_once_and_the_desk_is_told(
    store: Store, number: str, now: datetime
) -> None:
    outcomes = []
    for _ in range(2):
        with store.session() as session:
            view = do_cancel_ticket(session, number, "5678", now, "owner", why="不修了")
            assert view is not None
            outcomes.append((view.outcome, view.ticket.state))
    assert outcomes == [("cancelled", "cancelled"), ("already", "cancelled")]
    with store.session() as session:
        ticket = session.scalars(select(Ticket)).one()
        assert ticket.closed_at == now
        assert ticket.moves[-1].why == "不修了"
        events = [row.payload["event"] for row in session.scalars(select(OutboxRow))]
    assert sorted(events) == ["ticket_cancelled", "ticket_created"]


def test_a_ticket_in_work_needs_a_person_to_cancel(
    store: Store, number: str, now: datetime
) -> None:
    with store.session() as session:
        ticket = session.scalars(select(Ticket)).one()
        for state in ("awaiting_assignment", "in_service"):
            do_move_checked(session, ticket, state, now, who="chief")
        view = do_cancel_ticket(session, number, "5678", now, "owner")
        assert view is not None
        assert (view.outcome, view.ticket.state) == ("needs_person", "in_service")
