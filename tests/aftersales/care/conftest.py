"""A repair whose watch is back."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from aftersales.store.tables import Ticket
from aftersales.tickets import Watch
from tests.aftersales.care.caring import give_back

MakeTicket = Callable[..., Ticket]


@pytest.fixture
def repaired(session: Session, make_ticket: MakeTicket, now: datetime) -> Ticket:
    ticket = make_ticket(watch=Watch("7S26", "0020", "510001", "SNZG13"))
    give_back(session, ticket, now)
    return ticket
