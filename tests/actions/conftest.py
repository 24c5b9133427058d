"""What the tests of the actions share."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.services import Services
from aftersales.clock import FixedClock
from aftersales.ids import RandomIds
from aftersales.store import migrate, open_store
from tests.actions.talking import NOW, Talk


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A real SQLite store, a clock that stands still, numbers that repeat."""
    url = f"sqlite:///{tmp_path}/aftersales.db"
    migrate(url)
    store = open_store(url)
    yield Services(store, FixedClock(NOW), RandomIds(random.Random(7)))
    store.close()


@pytest.fixture
def talk(services: Services) -> Talk:
    """A talk with single actions."""
    return Talk(services)
