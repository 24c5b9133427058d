"""What the tests of the actions share."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.services import Services
from aftersales.clock import FixedClock
from aftersales.ids import RandomIds
from aftersales.store import migrate, open_store
from tests.actions.filing import Filing
from tests.actions.talking import NOW, Talk


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows; each test gets a copy."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def services(tmp_path: Path, empty_database: Path) -> Iterator[Services]:
    """A real SQLite store, a clock that stands still, numbers that repeat."""
    shutil.copyfile(empty_database, tmp_path / "aftersales.db")
    store = open_store(f"sqlite:///{tmp_path}/aftersales.db")
    yield Services(store, FixedClock(NOW), RandomIds(random.Random(7)))
    store.close()


@pytest.fixture
def talk(services: Services) -> Talk:
    """A talk with single actions."""
    return Talk(services)


@pytest.fixture
def filing(services: Services) -> Filing:
    """A talk in which a case is taken down."""
    return Filing(services)
