"""The way of every import: read, check, write in batches, report."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy.orm import Session

from aftersales.exchange.problems import BadRow, BadValue, ImportReport
from aftersales.exchange.reading import Cells, names, open_source, reason
from aftersales.store import audit

BATCH = 500

Progress = Callable[[int, int], None]
Row = TypeVar("Row")


class Line(NamedTuple, Generic[Row]):
    """A checked line and its number in the file."""

    number: int
    row: Row


def add_or_update(
    session: Session,
    report: ImportReport,
    found: Any | None,
    values: Mapping[str, Any],
    fresh: Any,
    now: datetime,
) -> None:
    """Write one line and count it: a new row, a changed one, or nothing to do.

    Args:
        session: the batch's transaction.
        report: where it is counted.
        found: the row that is there, with ``updated_at``, or None.
        values: what the line says, by attribute.
        fresh: the row to add when there is none.
        now: the moment.
    """
    if found is None:
        session.add(fresh)
        report.added += 1
    elif any(getattr(found, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(found, name, value)
        found.updated_at = now
        report.updated += 1
    else:
        report.unchanged += 1


class Importer(Protocol[Row]):
    """What one kind of table knows of itself."""

    @property
    def name(self) -> str:
        """The subject in the audit trail."""
        ...

    @property
    def book(self) -> Mapping[str, Any]:
        """``columns``, ``required``, ``reasons`` and ``between`` of its knowledge file."""
        ...

    def read(self, cells: Cells, now: datetime) -> Row:
        """Check one line whose required fields are there.

        Raises:
            BadValue: the first thing wrong with it.
        """
        ...

    def key(self, row: Row) -> Hashable:
        """Return what must not stand in a file twice."""
        ...

    def repeated(self, cells: Cells) -> BadValue:
        """Return the problem of a line whose key the file had before."""
        ...

    def write(
        self, session: Session, lines: Sequence[Line[Row]], report: ImportReport, now: datetime
    ) -> Sequence[tuple[int, BadValue]]:
        """Add or update a batch, count it in the report, return the lines that cannot be."""
        ...


def do_import(
    session: Session,
    path: Path,
    importer: Importer[Row],
    progress: Progress,
    now: datetime,
    who: str,
    what: str = "do_import",
    after_batch: Callable[[], None] | None = None,
) -> ImportReport:
    """Bring a file in; a bad line does not stop the others, the same file twice changes nothing.

    Args:
        session: a transaction; roll it back for a dry run.
        path: the file.
        importer: the kind of table.
        progress: called with lines done and lines in all.
        now: the moment.
        who: for the audit trail.
        what: how the audit trail calls it.
        after_batch: called when a batch is written. ``session.commit`` keeps a long import from
            holding up everybody else; what breaks off in the middle is done again without harm.

    Raises:
        UnreadableFile: unknown encoding or a required column is missing.
        OSError: the file cannot be read.
    """
    source = open_source(path, importer.book)
    report, seen, batch = ImportReport(), set[Hashable](), list[Line[Row]]()
    bad: list[tuple[int, BadValue]] = []
    for done, (number, cells) in enumerate(source.lines(), start=1):
        try:
            batch.append(Line(number, _check(importer, cells, seen, now)))
        except BadValue as problem:
            bad.append((number, problem))
        if len(batch) >= BATCH or done == source.count:
            bad += importer.write(session, batch, report, now)
            batch.clear()
            if after_batch is not None:
                after_batch()
            progress(done, source.count)
    report.bad_rows = [
        _bad_row(importer.book, line, problem) for line, problem in sorted(bad, key=_line)
    ]
    audit.record(
        session,
        who=who,
        what=what,
        subject=(importer.name, path.name[:100]),
        now=now,
        why=f"added {report.added}, updated {report.updated}, bad {len(report.bad_rows)}",
    )
    session.flush()
    return report


def _check(importer: Importer[Row], cells: Cells, seen: set[Hashable], now: datetime) -> Row:
    if cells.get(""):
        raise BadValue("too_many_cells")
    missing = [name for name in importer.book["required"] if not cells.get(name)]
    if missing:
        column = missing[0] if len(missing) == 1 else ""
        raise BadValue("missing_value", names(importer.book, missing), column)
    row = importer.read(cells, now)
    key = importer.key(row)
    if key in seen:
        raise importer.repeated(cells)
    seen.add(key)
    return row


def _bad_row(book: Mapping[str, Any], line: int, problem: BadValue) -> BadRow:
    column = names(book, [problem.column]) if problem.column else ""
    return BadRow(line, reason(book, problem.reason, problem.value), column)


def _line(bad: tuple[int, BadValue]) -> int:
    return bad[0]
