"""The table of moves is complete, and a ticket never leaves it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersales import knowledge, outbox
from aftersales.ids import PREFIXES, RandomIds
from aftersales.store import Store
from aftersales.tickets import (
    IllegalMove,
    NeedsWorkshop,
    TicketDraft,
    do_create_ticket,
    do_move_ticket,
)
from aftersales.tickets.moves import do_move_checked
from aftersales.tickets.states import final_states, is_cancellable, is_final

DATA = knowledge.load("tickets")
STATES = sorted(DATA["states"])
#: The states of the source document, articles 8 to 12, in its order.
WORKSHOP = [
    "已登记", "待派工", "服务中", "当场完成", "携回修护",
    "修理中", "待验讫", "待归还", "已归还", "已归档",
]  # fmt: skip


def test_the_states_of_the_source_document_are_all_there() -> None:
    names = [entry["name"] for entry in DATA["states"].values()]
    assert names[:10] == WORKSHOP


@pytest.mark.parametrize("kind", sorted(PREFIXES))
def test_every_state_can_be_reached_and_only_final_ones_are_dead_ends(kind: str) -> None:
    table = DATA["moves"][kind]
    assert DATA["kinds"][kind]["prefix"] == PREFIXES[kind]
    reached, waiting = set(), [DATA["initial"][kind]]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += table.get(state, [])
    assert set(table) <= reached
    for state in reached:
        assert is_final(state) != bool(table.get(state))
        assert is_cancellable(state) == ("cancelled" in table.get(state, []))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wanted=st.lists(st.sampled_from(STATES), max_size=12))
def test_whatever_is_tried_a_ticket_follows_the_table(
    store: Store, make_draft: Callable[..., TicketDraft], now: datetime, wanted: list[str]
) -> None:
    with store.session() as session:
        draft = make_draft(draft_id=RandomIds().draft_id())
        ticket = do_create_ticket(session, draft, now, RandomIds())
        for step, state in enumerate(wanted):
            before, moves = ticket.state, len(ticket.moves)
            legal = state in DATA["moves"]["repair"].get(before, [])
            try:
                do_move_checked(session, ticket, state, now + timedelta(hours=step), who="x")
            except IllegalMove as refused:
                assert not legal
                assert (refused.from_state, refused.to_state) == (before, state)
                assert (ticket.state, len(ticket.moves)) == (before, moves)
            else:
                assert legal
                assert ticket.state == state
                assert ticket.moves[-1].from_state == before
        assert (ticket.closed_at is not None) == (ticket.state in final_states())


def test_a_move_leaves_news_for_the_next_visit(
    store: Store, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        ticket = do_create_ticket(session, make_draft(), now, ids)
        do_move_checked(session, ticket, "awaiting_assignment", now, who="clerk", why="派工")
        do_move_checked(
            session, ticket, "in_service", now, who="chief", why="派给李师傅", tell_customer=False
        )
    with store.session() as session:
        news = outbox.collect_for_visit(session, "visitor-1", now)
    assert [row.payload["state"] for row in news] == ["awaiting_assignment"]
    assert "派工" not in str(news[0].payload)


def test_a_repair_moves_on_in_the_workshop_only(
    store: Store, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        ticket = do_create_ticket(session, make_draft(), now, ids)
        for state in ("awaiting_assignment", "in_service", "returned", "nowhere"):
            with pytest.raises(NeedsWorkshop):
                do_move_ticket(session, ticket, state, now, who="x")
        assert (ticket.state, len(ticket.moves)) == ("registered", 1)
        do_move_ticket(session, ticket, "cancelled", now, who="x")
        callback = do_create_ticket(
            session, make_draft(draft_id="d-callback", kind="callback"), now, ids
        )
        do_move_ticket(session, callback, "closed", now, who="x")
