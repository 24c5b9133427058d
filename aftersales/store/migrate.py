"""Brings a database to the present schema with Alembic.

Idempotent, and safe when several processes start together: one migrates, the others wait and then
find nothing to do.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from aftersales.store.engine import make_engine

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_LOCK_KEY = 0x5E1C0  # any number of our own for PostgreSQL's advisory lock


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at ``url`` to ``revision``; creates the file and its folder for SQLite.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database cannot be reached or a step failed; nothing is
        left half done.
    """
    with _migrating(url) as config:
        command.upgrade(config, revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database at ``url`` back to ``revision`` (``base`` empties it); for tests and
    roll-backs."""
    with _migrating(url) as config:
        command.downgrade(config, revision)


@contextmanager
def _migrating(url: str) -> Iterator[Config]:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with _one_at_a_time(url) as connection:
        config.attributes["connection"] = connection
        yield config


@contextmanager
def _one_at_a_time(url: str) -> Iterator[Connection]:
    parsed = make_url(url)
    engine = make_engine(url)
    try:
        if parsed.get_backend_name() != "sqlite":
            with engine.connect() as connection:
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK_KEY})
                connection.commit()
                try:
                    yield connection
                finally:
                    connection.rollback()
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK_KEY})
                    connection.commit()
            return
        file = Path(parsed.database or "")
        file.parent.mkdir(parents=True, exist_ok=True)
        # The lock file stays: removing it would open a gap between two waiting processes.
        with file.with_name(f"{file.name}.migrate-lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            raw = engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode=WAL")
                # Rebuilding a table (batch mode) must not cascade into its children.
                raw.cursor().execute("PRAGMA foreign_keys=OFF")
            finally:
                raw.close()  # back into the pool: the same connection migrates
            with engine.connect() as connection:
                yield connection
    finally:
        engine.dispose()
