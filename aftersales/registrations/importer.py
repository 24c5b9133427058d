"""Registered watches out of a table; how such tables are read is in ``aftersales.exchange``.

An empty cell empties the field, a column that is not in the file leaves it: the file says what the
card says, as far as it speaks of it.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.calendar import local_date
from aftersales.exchange.importer import Importer, Row
from aftersales.exchange.reading import Cells
from aftersales.registrations.rows import read_row
from aftersales.store.tables import Registration

_FIELD_OF = {"phone": "phone_digest"}


class RegistrationImporter(Importer):
    """Registered watches by card number."""

    name, table, column, key = "registrations", Registration, "card_number", "card_number"

    def read(self, cells: Cells, now: datetime) -> Row:
        """Return the fields the file speaks of, also the empty ones.

        Raises:
            BadValue: the first thing wrong with the line.
        """
        there = {_FIELD_OF.get(name, name) for name in cells}
        return {name: value for name, value in self.values(cells, now).items() if name in there}

    def values(self, cells: Cells, now: datetime) -> Row:
        """Return what the cells say of a card.

        Raises:
            BadValue: the first thing wrong with them.
        """
        return asdict(read_row(cells, local_date(now)))

    def add(self, session: Session, rows: Sequence[Row], now: datetime) -> None:
        """Add new cards."""
        session.add_all(Registration(**row, imported_at=now, updated_at=now) for row in rows)
