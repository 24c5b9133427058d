"""What the dialogue engine keeps of a conversation, in a database of its own.

Rasa has no way to forget: its tracker store only ever adds rows to ``events``. This removes them by
the sender's id, whichever engine the store runs on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    Connection,
    column,
    create_engine,
    delete,
    event,
    func,
    inspect,
    select,
    table,
)
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from aftersales.settings import Secret

_EVENTS = table("events", column("sender_id"), column("timestamp"))
_BUSY_S = 10


class Trackers:
    """The tracker store behind an address; one that does not exist holds nothing."""

    def __init__(self, url: Secret) -> None:
        """Name the database; nothing is opened yet."""
        self._url = url

    def count(self, sender: str) -> int:
        """Return how many events are kept of a conversation."""
        with self._open() as connection:
            if connection is None:
                return 0
            query = select(func.count()).select_from(_EVENTS).where(_EVENTS.c.sender_id == sender)
            return connection.scalar(query) or 0

    def last(self, sender: str) -> datetime | None:
        """Return when something was last added to a conversation (aware, UTC), or None."""
        with self._open() as connection:
            if connection is None:
                return None
            query = select(func.max(_EVENTS.c.timestamp)).where(_EVENTS.c.sender_id == sender)
            found = connection.scalar(query)
            return None if found is None else datetime.fromtimestamp(float(found), UTC)

    def forget(self, sender: str) -> int:
        """Delete everything of a conversation; return how many events that were."""
        with self._open() as connection:
            if connection is None:
                return 0
            gone = connection.execute(delete(_EVENTS).where(_EVENTS.c.sender_id == sender))
            return int(gone.rowcount)

    def old(self, before: datetime) -> list[str]:
        """Return the conversations nothing was added to since a moment (aware)."""
        with self._open() as connection:
            if connection is None:
                return []
            last = func.max(_EVENTS.c.timestamp)
            query = select(_EVENTS.c.sender_id).group_by(_EVENTS.c.sender_id)
            return list(connection.scalars(query.having(last < before.timestamp())))

    @contextmanager
    def _open(self) -> Iterator[Connection | None]:
        url = make_url(self._url.reveal())
        here = url.get_backend_name() == "sqlite"
        if here and not Path(str(url.database)).exists():
            yield None  # opening it would make an empty one
            return
        options = {"connect_args": {"timeout": _BUSY_S}} if here else {}
        engine = create_engine(url, poolclass=NullPool, **options)
        if here:
            event.listen(engine, "connect", _prepare)
        try:
            with engine.begin() as connection:
                yield connection if inspect(connection).has_table("events") else None
        finally:
            engine.dispose()


def _prepare(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten in the file
    cursor.close()
