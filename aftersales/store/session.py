"""Sessions: one ``with`` block is one transaction, written wholly or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from aftersales.store.engine import READ_ONLY, make_engine


@dataclass(frozen=True)
class Store:
    """An opened database."""

    engine: Engine

    @contextmanager
    def session(self, read_only: bool = False) -> Iterator[Session]:
        """Give a session; commit at the end of the block, roll back on an exception.

        Objects stay readable after the block (nothing is expired on commit). Keep blocks short: on
        SQLite a writing block holds the one write lock, so never call another process from inside
        it.

        Args:
            read_only: promise not to write; on SQLite such a block never waits for a writer.
        """
        engine = self.engine.execution_options(**{READ_ONLY: True}) if read_only else self.engine
        with Session(engine, expire_on_commit=False) as session:
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise

    def ping(self) -> None:
        """Ask the database for a sign of life.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: there is none.
        """
        with self.session(read_only=True) as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """Open the database at ``url``; nothing is created, ``migrate`` does that."""
    return Store(make_engine(url))
