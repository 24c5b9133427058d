"""How far a ticket has come."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from aftersales.ids import RandomIds
from aftersales.knowledge import load
from aftersales.store import Store
from aftersales.tickets import (
    TicketDraft,
    do_cancel_ticket,
    do_create_ticket,
    next_step,
    steps,
)
from aftersales.tickets.moves import do_move_checked

Make = Callable[..., TicketDraft]


def way(
    store: Store, draft: TicketDraft, now: datetime, ids: RandomIds, states: str
) -> list[tuple[str, str, datetime | None]]:
    """Move a new ticket through ``states``, an hour each, and return its steps."""
    with store.session() as session:
        ticket = do_create_ticket(session, draft, now, ids)
        for hour, state in enumerate(states.split(), 1):
            do_move_checked(session, ticket, state, now + timedelta(hours=hour), who="chief")
        return [(step.name, step.state, step.at) for step in steps(ticket)]


def test_a_watch_sent_back_by_the_check_has_the_check_ahead_again(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    states = "awaiting_assignment in_service taken_in repairing awaiting_check repairing"
    found = way(store, make_draft(), now, ids, states)
    assert [(name, state) for name, state, _ in found] == [
        ("登记", "done"),
        ("安排师傅", "done"),
        ("收表检查", "done"),
        ("修理", "now"),
        ("主任检验", "ahead"),
        ("等您取表", "ahead"),
        ("交还", "ahead"),
    ]
    assert found[3][2] == now + timedelta(hours=6) and found[4][2] is None


def test_what_was_passed_by_is_left_out(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    found = way(
        store,
        make_draft(),
        now,
        ids,
        "awaiting_assignment in_service taken_in awaiting_approval awaiting_return",
    )
    assert [name for name, _, _ in found] == "登记 安排师傅 收表检查 报价确认 等您取表 交还".split()
    found = way(
        store,
        make_draft(draft_id="d-2"),
        now,
        ids,
        "awaiting_assignment in_service done_on_spot archived",
    )
    assert [(name, state) for name, state, _ in found][-1] == ("交还", "done")
    assert "修理" not in [name for name, _, _ in found]


def test_a_cancelled_one_ends_with_that(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        ticket = do_create_ticket(session, make_draft(), now, ids)
        do_cancel_ticket(session, ticket.number, "5678", now, "visitor-1")
        assert [(step.name, step.state) for step in steps(ticket)] == [
            ("登记", "done"),
            ("已取消", "done"),
        ]


@pytest.mark.parametrize("kind", ["repair", "complaint", "callback"])
def test_every_state_has_a_step_and_says_what_is_next(kind: str) -> None:
    book, table = load("progress"), load("tickets")["moves"][kind]
    states = {*table, *(state for then in table.values() for state in then)} - {"cancelled"}
    stepped = [state for step in book["steps"][kind] for state in step["states"]]
    assert states <= set(stepped) and len(stepped) == len(set(stepped))
    assert states | {"cancelled"} <= set(book["next"])


def test_only_a_moment_still_to_come_is_named(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        ticket = do_create_ticket(session, make_draft(), now, ids)
        due = ticket.first_answer_due
        assert due is not None and next_step(ticket, None, now).due == due
        assert next_step(ticket, None, due).due is None
        ticket.first_answered_at = now
        assert next_step(ticket, None, now).due is None
        for state in ("awaiting_assignment", "in_service", "taken_in", "awaiting_approval"):
            do_move_checked(session, ticket, state, now, who="chief")
        until = now + timedelta(days=7)
        assert next_step(ticket, until, now).due == until
        assert next_step(ticket, None, now).due is None
