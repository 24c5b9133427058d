"""What the workshop's tests share: one session on SQLite, and repairs in it."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from aftersales.store import open_store
from tests.aftersales.workshop.repairs import Repair


@pytest.fixture
def session(sqlite_url: str) -> Iterator[Session]:
    store = open_store(sqlite_url)
    with store.session() as opened:
        yield opened
    store.close()


@pytest.fixture
def new(session: Session, now: datetime) -> Callable[..., Repair]:
    """Make a new repair; ``kind`` may be given."""

    def make(kind: str = "repair") -> Repair:
        return Repair.new(session, now, kind)

    return make
