"""A repair that has been taken in, and an offer for it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from aftersales.estimates import Item, do_make_estimate, do_send_estimate
from aftersales.ids import RandomIds
from aftersales.store import Store
from aftersales.store.tables import Estimate, Ticket
from aftersales.tickets import TicketDraft, do_create_ticket
from aftersales.tickets.moves import do_move_checked

ITEMS = [Item("labour", "洗油保养", 1, 68_000), Item("part", "表镜", 1, 12_050)]


@pytest.fixture
def taken_in(
    store: Store, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> Ticket:
    """A repair whose watch is with us."""
    with store.session() as session:
        ticket = do_create_ticket(session, make_draft(), now, ids)
        for state in ("awaiting_assignment", "in_service", "taken_in"):
            do_move_checked(session, ticket, state, now, who="chief")
        return ticket


@pytest.fixture
def sent(store: Store, taken_in: Ticket, now: datetime) -> Estimate:
    """The first version, offered."""
    with store.session() as session:
        ticket = session.get_one(Ticket, taken_in.id)
        made = do_make_estimate(session, ticket, ITEMS, now, "chief")
        return do_send_estimate(session, made, now, "chief")
