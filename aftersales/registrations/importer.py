"""Reads registered watches from a CSV file; how such files are read is in ``aftersales.exchange``.

An empty cell empties the field, a column that is not in the file leaves it: the file says what the
card says, as far as it speaks of it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.calendar import local_date
from aftersales.exchange.pipeline import Line, Progress, add_or_update, do_import
from aftersales.exchange.problems import BadRow, BadValue, ImportReport, UnreadableFile
from aftersales.exchange.reading import Cells
from aftersales.registrations.rows import read_row
from aftersales.store.tables import Registration

__all__ = ["BadRow", "ImportReport", "RegistrationImporter", "UnreadableFile", "import_csv"]

_FIELD_OF = {"phone": "phone_digest"}


@dataclass(frozen=True)
class RegistrationImporter:
    """Registered watches by card number."""

    is_demo: bool = False
    name: str = "registrations"

    @property
    def book(self) -> Mapping[str, Any]:
        """Column names and reasons."""
        return knowledge.load("registrations")

    def read(self, cells: Cells, now: datetime) -> dict[str, Any]:
        """Return the fields the file speaks of, checked and normalised.

        Raises:
            BadValue: the first thing wrong with the line.
        """
        there = {_FIELD_OF.get(name, name) for name in cells}
        values = asdict(read_row(cells, local_date(now)))
        return {name: value for name, value in values.items() if name in there}

    def key(self, row: dict[str, Any]) -> Hashable:
        """Return the card number."""
        return str(row["card_number"])

    def repeated(self, cells: Cells) -> BadValue:
        """Return the problem of a card that is in the file twice."""
        return BadValue("repeated_card", cells["card_number"], "card_number")

    def write(
        self,
        session: Session,
        lines: Sequence[Line[dict[str, Any]]],
        report: ImportReport,
        now: datetime,
    ) -> Sequence[tuple[int, BadValue]]:
        """Add or update a batch."""
        numbers = [line.row["card_number"] for line in lines]
        query = select(Registration).where(Registration.card_number.in_(numbers))
        known = {found.card_number: found for found in session.scalars(query)}
        for _, values in lines:
            found = known.get(values["card_number"])
            fresh = Registration(**values, is_demo=self.is_demo, imported_at=now, updated_at=now)
            add_or_update(session, report, found, values, fresh, now)
        session.flush()
        return ()


def import_csv(
    session: Session,
    path: Path,
    progress: Progress,
    now: datetime,
    who: str = "import",
    is_demo: bool = False,
) -> ImportReport:
    """Add or update registered watches by card number.

    Args:
        session: a transaction; roll it back for a dry run.
        path: the file.
        progress: called with lines done and lines in all.
        now: the moment; a purchase cannot be later.
        who: for the audit trail.
        is_demo: mark the lines as demonstration data.

    Raises:
        UnreadableFile: unknown encoding or a required column is missing.
        OSError: the file cannot be read.
    """
    importer = RegistrationImporter(is_demo)
    return do_import(session, path, importer, progress, now, who, what="import_csv")
