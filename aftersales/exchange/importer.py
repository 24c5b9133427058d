"""What all kinds of table share on their way in: one column names the line and finds its row."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from aftersales import knowledge
from aftersales.exchange import fields
from aftersales.exchange.reading import Cells

#: What a line says, by attribute of its table.
Row = dict[str, Any]


class Importer(ABC):
    """One kind of table.

    Attributes:
        name: its section in ``knowledge/exchange.yml``; the subject in the audit trail.
        table: where its lines go.
        column: the column of the file that names a line and stands in it once.
        key: the attribute of the table that finds the line's row.
        along: what is loaded with the rows that are there.
    """

    name: ClassVar[str]
    table: ClassVar[type[Any]]
    column: ClassVar[str]
    key: ClassVar[str]
    along: ClassVar[Sequence[ORMOption]] = ()

    @property
    def book(self) -> Mapping[str, Any]:
        """``columns``, ``required``, ``reasons`` and ``between``."""
        data = knowledge.load("exchange")
        return {**data, **data[self.name]}

    def read(self, cells: Cells, now: datetime) -> Row:
        """Check one line whose required fields are there; its empty cells say nothing.

        Raises:
            BadValue: the first thing wrong with it.
        """
        fields.refuse_masked(cells)
        return {name: value for name, value in self.values(cells, now).items() if value is not None}

    @abstractmethod
    def values(self, cells: Cells, now: datetime) -> Row:
        """Return what the cells hold, checked one by one; None for an empty one.

        Raises:
            BadValue: the first thing wrong with them.
        """

    def known(self, session: Session, keys: Sequence[Any]) -> Mapping[Any, Any]:
        """Return the rows that are there, by key."""
        column = getattr(self.table, self.key)
        query = select(self.table).options(*self.along).where(column.in_(keys))
        return {getattr(found, self.key): found for found in session.scalars(query)}

    def brings_back(self, found: Any | None, row: Row, erased_at: datetime) -> bool:
        """Say whether a line would bring back a person who was deleted by own wish.

        Args:
            found: the row that is there, or None.
            row: the line; its phone number is that person's.
            erased_at: when the person was deleted.
        """
        return True

    def check(self, found: Any | None, row: Row) -> None:  # noqa: B027 - most have no objection
        """Object to a line because of the row that is there, or is not.

        Raises:
            BadValue: the line cannot come in.
        """

    def changes(self, found: Any, row: Row) -> Row:
        """Return what a line would change in the row that is there."""
        return {name: value for name, value in row.items() if getattr(found, name) != value}

    @abstractmethod
    def add(self, session: Session, rows: Sequence[Row], now: datetime) -> None:
        """Add the rows that are new."""
