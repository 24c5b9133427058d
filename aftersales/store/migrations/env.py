"""Alembic's entry: uses the connection ``aftersales.store.migrate`` brings, or opens one for the
``alembic`` command."""

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from aftersales.settings import Settings
from aftersales.store.base import UTCDateTime
from aftersales.store.engine import make_engine
from aftersales.store.tables import Base


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column type by its name; everything else as Alembic does."""
    return "UTCDateTime()" if kind == "type" and isinstance(item, UTCDateTime) else False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transactional_ddl=True,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    settings = Settings.from_env(os.environ)
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database_url.reveal())
    with engine.connect() as opened:
        _run(opened)
    engine.dispose()
