"""Migrations: up, down and up again on both engines, equal to the models, safe side by side."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from aftersales.ids import RandomIds
from aftersales.store import migrate, open_store
from aftersales.store.migrate import downgrade
from aftersales.store.tables import Base, ComplaintCase, Ticket
from aftersales.tickets import TicketDraft, do_create_ticket

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database nothing has been done to."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/aftersales.db"
    make: Callable[[], str] = request.getfixturevalue("empty_postgres")
    return make()


def tables(url: str) -> set[str]:
    store = open_store(url)
    try:
        return set(inspect(store.engine).get_table_names()) - {"alembic_version"}
    finally:
        store.close()


def test_up_twice_down_and_up_again(empty_url: str) -> None:
    migrate(empty_url)
    migrate(empty_url)
    assert tables(empty_url) == set(Base.metadata.tables)
    downgrade(empty_url, "base")
    assert tables(empty_url) == set()
    migrate(empty_url)
    assert tables(empty_url) == set(Base.metadata.tables)


def test_the_migrations_make_what_the_models_say(empty_url: str) -> None:
    migrate(empty_url)
    store = open_store(empty_url)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    store.close()


def test_what_was_delivered_before_is_known_to_the_inbox(empty_url: str) -> None:
    migrate(empty_url, "0002")
    store = open_store(empty_url)
    with store.session() as session:
        session.execute(
            text(
                "INSERT INTO conversations (id, channel, sender, owner, owner_since, created_at, "
                "last_message_at) VALUES (1, 'widget', 's', 'bot', :at, :at, :at)"
            ),
            {"at": "2026-11-23 02:00:00+00:00"},
        )
        session.execute(
            text(
                "INSERT INTO messages (id, conversation_id, channel, message_key, direction, "
                "speaker, text, buttons, photos, created_at) VALUES "
                "(:id, 1, 'widget', :key, 'in', 'customer', 'x', '[]', '[]', :at)"
            ),
            [
                {"id": 1, "key": "k", "at": "2026-11-23 02:00:00+00:00"},
                {"id": 2, "key": None, "at": "2026-11-23 02:00:00+00:00"},
            ],
        )
    migrate(empty_url)
    with store.session() as session:
        rows = session.execute(text("SELECT channel, sender, source_key, result_id FROM inbox"))
        assert [tuple(row) for row in rows] == [("widget", "s", "k", "1")]
    store.close()


def test_tickets_survive_the_way_to_the_workshops_tables_and_back(
    empty_url: str, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> None:
    migrate(empty_url)
    store = open_store(empty_url)
    with store.session() as session:
        number = do_create_ticket(session, make_draft(findings=[("日差", "+30")]), now, ids).number
    downgrade(empty_url, "0002")
    assert not tables(empty_url) & {"papers", "assignments", "work_logs", "parts_used", "payments"}
    migrate(empty_url)
    with store.session() as session:
        ticket = session.scalars(select(Ticket)).one()
        assert (ticket.number, ticket.service_mode) == (number, None)
        assert len(ticket.moves) == len(ticket.findings) == 1
    store.close()


def test_a_complaint_decided_before_counts_where_it_was_closed(
    empty_url: str, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> None:
    migrate(empty_url)
    store = open_store(empty_url)
    with store.session() as session:
        for number, upheld in (("1", True), ("2", None)):
            draft = make_draft(draft_id=number, kind="complaint")
            ticket = do_create_ticket(session, draft, now, ids)
            session.add(
                ComplaintCase(ticket_id=ticket.id, opened_at=now, upheld=upheld, staff="李师傅")
            )
    downgrade(empty_url, "0006")
    assert "staff" not in tables(empty_url)
    migrate(empty_url)
    with store.session() as session:
        cases = session.scalars(select(ComplaintCase).order_by(ComplaintCase.id)).all()
        assert [case.found_at for case in cases] == [now, None]
    store.close()


def test_processes_that_start_together_do_not_disturb_each_other(empty_url: str) -> None:
    program = "import sys; from aftersales.store import migrate; migrate(sys.argv[1])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty_url], env=environment, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    errors = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], errors
    assert tables(empty_url) == set(Base.metadata.tables)


def test_sqlite_runs_in_wal_mode_with_foreign_keys(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store.session() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA busy_timeout")) == 10_000
    store.close()
