"""A real database for every test: SQLite in a file, and PostgreSQL when one answers.

PostgreSQL: ``AFTERSALES_TEST_POSTGRES`` or 127.0.0.1:5432 without a password; a database of its own
is made for the run and dropped after it.
"""

import os
import random
import secrets
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from aftersales.ids import RandomIds
from aftersales.store import Store, migrate, open_store
from aftersales.store.tables import Base, Ticket
from aftersales.tickets import TicketDraft, do_create_ticket

POSTGRES = os.environ.get("AFTERSALES_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


@pytest.fixture
def now() -> datetime:
    """A Monday, 10:00 in Shanghai: somebody is there."""
    return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def ids() -> RandomIds:
    """The same identifiers in every run."""
    return RandomIds(random.Random(1))


@pytest.fixture
def make_draft() -> Callable[..., TicketDraft]:
    """Make a complete repair draft; any field can be given."""

    def make(**given: Any) -> TicketDraft:
        values: dict[str, Any] = {
            "draft_id": "d-1",
            "kind": "repair",
            "name": "王小明",
            "phone": "138 0000 5678",
            "channel": "widget",
            "sender": "visitor-1",
            "fault": "一天快半分钟",
            "consent_version": "repair-2026-11",
        }
        return TicketDraft(**{**values, **given})

    return make


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "aftersales.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated, empty SQLite file."""
    shutil.copy(sqlite_template, tmp_path / "aftersales.db")
    return f"sqlite:///{tmp_path}/aftersales.db"


@pytest.fixture(scope="session")
def empty_postgres() -> Iterator[Callable[[], str]]:
    """Make empty PostgreSQL databases; skip when no server answers."""
    try:
        server = psycopg.connect(f"{POSTGRES}/postgres", autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        pytest.skip(f"no PostgreSQL at {POSTGRES.rpartition('@')[2]} (AFTERSALES_TEST_POSTGRES)")
    made: list[str] = []

    def make() -> str:
        name = f"aftersales_test_{secrets.token_hex(6)}"
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        made.append(name)
        return POSTGRES.replace("postgresql://", "postgresql+psycopg://") + f"/{name}"

    yield make
    for name in made:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
    server.close()


@pytest.fixture(scope="session")
def postgres_store(empty_postgres: Callable[[], str]) -> Iterator[Store]:
    """One migrated PostgreSQL database for the run."""
    url = empty_postgres()
    migrate(url)
    store = open_store(url)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty, migrated database; each test runs on both engines."""
    if request.param == "sqlite":
        opened = open_store(request.getfixturevalue("sqlite_url"))
        yield opened
        opened.close()
        return
    shared: Store = request.getfixturevalue("postgres_store")
    yield shared
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with shared.session() as session:
        session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """A transaction that stays open for the whole test, on both engines."""
    with store.session() as opened:
        yield opened


@pytest.fixture
def make_ticket(
    session: Session, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> Callable[..., Ticket]:
    """Open a ticket; each call another one."""
    numbers = count(1)

    def make(**given: object) -> Ticket:
        draft = make_draft(**{"draft_id": f"d-{next(numbers)}", **given})
        return do_create_ticket(session, draft, now, ids)

    return make
