"""A transaction on both engines, and tickets to work on."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count

import pytest
from sqlalchemy.orm import Session

from aftersales.ids import RandomIds
from aftersales.store import Store
from aftersales.store.tables import Ticket
from aftersales.tickets import TicketDraft, do_create_ticket

MakeTicket = Callable[..., Ticket]


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """A transaction that stays open for the whole test, on both engines."""
    with store.session() as opened:
        yield opened


@pytest.fixture
def make_ticket(
    session: Session, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> MakeTicket:
    """Open a ticket; each call another one."""
    numbers = count(1)

    def make(**given: object) -> Ticket:
        draft = make_draft(**{"draft_id": f"d-{next(numbers)}", **given})
        return do_create_ticket(session, draft, now, ids)

    return make
