"""The declarative base of all tables.

Every column is made by ``personal``, ``service`` or ``technical``: the data class is part of the
column, so that masking, retention and deletion can be derived from the schema instead of
remembered.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

from aftersales.clock import require_utc

DATA_CLASSES = ("personal", "service", "technical")


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: naive values are refused, everything is stored and returned in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC for the database."""
        return None if value is None else require_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment aware: SQLite keeps no zone, what we wrote there was UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables; constraints get predictable names so that migrations can speak of
    them."""

    # A plain dict as SQLAlchemy wants it: every ``Mapped[datetime]`` is an aware UTC moment.
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UTCDateTime}
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def personal(*args: Any, **options: Any) -> MappedColumn[Any]:
    """Return a column about a person: masked on the way out, deleted on request."""
    return mapped_column(*args, info={"class": "personal"}, **options)


def service(*args: Any, **options: Any) -> MappedColumn[Any]:
    """Return a column about the watch or the work done on it: kept as the service record."""
    return mapped_column(*args, info={"class": "service"}, **options)


def technical(*args: Any, **options: Any) -> MappedColumn[Any]:
    """Return a column that only the machinery needs: keys, states, counters, moments."""
    return mapped_column(*args, info={"class": "technical"}, **options)
