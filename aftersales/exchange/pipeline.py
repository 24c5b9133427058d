"""The way of every import: read, check, write in batches, report."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from aftersales.exchange import fields
from aftersales.exchange.importer import Importer, Row
from aftersales.exchange.problems import BadRow, BadValue, ImportReport
from aftersales.exchange.reading import Cells, names, open_source, reason
from aftersales.people.erased import find_erased
from aftersales.settings import Secret
from aftersales.store import audit

BATCH = 500

Progress = Callable[[int, int], None]


class Line(NamedTuple):
    """A checked line, its number in the file, and the phone number it names in full."""

    number: int
    row: Row
    phone: str | None


def do_import(
    session: Session,
    path: Path,
    importer: Importer,
    progress: Progress,
    now: datetime,
    who: str,
    erasure_key: Secret,
    *,
    dry_run: bool = False,
    after_batch: Callable[[], None] | None = None,
) -> ImportReport:
    """Bring a file in; a bad line does not stop the others, the same file twice changes nothing.

    Args:
        session: a transaction; it may be read-only for a dry run.
        path: the file.
        importer: the kind of table.
        progress: called with lines done and lines in all.
        now: the moment.
        who: for the audit trail.
        erasure_key: recognises the numbers of people who had themselves deleted.
        dry_run: check and count everything, write nothing: neither a line nor the audit trail.
        after_batch: called when a batch is done. ``session.commit`` keeps a long import from
            holding up everybody else; what breaks off in the middle is done again without harm.

    Raises:
        UnreadableFile: unknown encoding or a required column is missing.
        OSError: the file cannot be read.
    """
    source = open_source(path, importer.book)
    report, seen, batch = ImportReport(), set[Any](), list[Line]()
    bad: list[tuple[int, BadValue]] = []
    for done, (number, cells) in enumerate(source.lines(), start=1):
        try:
            row = _check(importer, cells, seen, now)
            batch.append(Line(number, row, fields.whole_phone(cells)))
        except BadValue as problem:
            bad.append((number, problem))
        if len(batch) >= BATCH or done == source.count:
            bad += _bring_in(session, importer, batch, report, now, erasure_key, dry_run)
            batch.clear()
            if after_batch is not None:
                after_batch()
            progress(done, source.count)
    report.bad_rows = [
        _bad_row(importer.book, line, problem) for line, problem in sorted(bad, key=_line)
    ]
    if not dry_run:
        audit.record(
            session,
            who=who,
            what="do_import",
            subject=(importer.name, path.name[:100]),
            now=now,
            why=f"added {report.added}, updated {report.updated}, bad {len(report.bad_rows)}",
        )
        session.flush()
    return report


def _check(importer: Importer, cells: Cells, seen: set[Any], now: datetime) -> Row:
    if cells.get(""):
        raise BadValue("too_many_cells")
    missing = [name for name in importer.book["required"] if not cells.get(name)]
    if missing:
        column = missing[0] if len(missing) == 1 else ""
        raise BadValue("missing_value", names(importer.book, missing), column)
    row = importer.read(cells, now)
    if row[importer.key] in seen:
        raise BadValue("repeated", column=importer.column)
    seen.add(row[importer.key])
    return row


def _bring_in(
    session: Session,
    importer: Importer,
    lines: Sequence[Line],
    report: ImportReport,
    now: datetime,
    erasure_key: Secret,
    dry_run: bool,
) -> list[tuple[int, BadValue]]:
    """Sort a batch into new, changed, unchanged and bad lines, and write the first two.

    All reading is done before the first write: a dry run only leaves the second half out.
    """
    known = importer.known(session, [line.row[importer.key] for line in lines])
    erased = find_erased(session, {line.phone for line in lines if line.phone}, erasure_key)
    bad: list[tuple[int, BadValue]] = []
    fresh: list[Row] = []
    changed: list[tuple[Any, Row]] = []
    for number, row, phone in lines:
        found = known.get(row[importer.key])
        try:
            erased_at = erased.get(phone) if phone else None
            if erased_at is not None and importer.brings_back(found, row, erased_at):
                report.erased += 1
                raise BadValue("erased", column="phone")
            importer.check(found, row)
        except BadValue as problem:
            bad.append((number, problem))
            continue
        if found is None:
            fresh.append(row)
        elif changes := importer.changes(found, row):
            changed.append((found, changes))
        else:
            report.unchanged += 1
    report.added += len(fresh)
    report.updated += len(changed)
    if not dry_run:
        importer.add(session, fresh, now)
        for found, changes in changed:
            for name, value in {**changes, "updated_at": now}.items():
                setattr(found, name, value)
        session.flush()
    return bad


def _bad_row(book: Mapping[str, Any], line: int, problem: BadValue) -> BadRow:
    column = names(book, [problem.column]) if problem.column else ""
    return BadRow(line, reason(book, problem.reason, problem.value), column)


def _line(bad: tuple[int, BadValue]) -> int:
    return bad[0]
