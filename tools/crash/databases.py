"""A fresh, migrated database for every death."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg

from aftersales.store import migrate

POSTGRES = os.environ.get("AFTERSALES_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


class Databases(Protocol):
    """Makes databases of one engine."""

    name: str

    def fresh(self, folder: Path) -> str:
        """Return the address of a migrated, empty database."""
        ...

    def drop(self, url: str) -> None:
        """Do away with one."""
        ...


class Sqlite:
    """SQLite: a file in the run's folder, copied from a migrated one."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        migrate(f"sqlite:///{self._template}")

    def fresh(self, folder: Path) -> str:
        """Copy the migrated file."""
        shutil.copy(self._template, folder / "aftersales.db")
        return f"sqlite:///{folder}/aftersales.db"

    def drop(self, url: str) -> None:
        """The folder goes as a whole."""


class Postgres:
    """PostgreSQL: a database made from a migrated template."""

    name = "PostgreSQL"

    def __init__(self, server: psycopg.Connection[tuple[object, ...]]) -> None:
        self._server = server
        self._template = self._create("")
        migrate(self._url(self._template))

    def fresh(self, folder: Path) -> str:
        """Make a database from the migrated one."""
        return self._url(self._create(f' TEMPLATE "{self._template}"'))

    def drop(self, url: str) -> None:
        """Drop it, whoever is still connected."""
        self._drop(url.rpartition("/")[2])

    def close(self) -> None:
        """Drop the template."""
        self._drop(self._template)

    def _create(self, how: str) -> str:
        name = f"aftersales_crash_{secrets.token_hex(6)}"
        self._server.execute(f'CREATE DATABASE "{name}"{how}'.encode())
        return name

    def _drop(self, name: str) -> None:
        self._server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())

    def _url(self, name: str) -> str:
        return POSTGRES.replace("postgresql://", "postgresql+psycopg://") + f"/{name}"


@contextmanager
def postgres() -> Iterator[Postgres | None]:
    """Give PostgreSQL's databases, or None when no server answers."""
    try:
        server = psycopg.connect(f"{POSTGRES}/postgres", autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        yield None
        return
    with server:
        made = Postgres(server)
        try:
            yield made
        finally:
            made.close()
