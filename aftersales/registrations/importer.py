"""Reads registered watches from a CSV file.

UTF-8 (with or without mark) and GB18030, what table programs in China write; Chinese or English
column names. A bad line is reported with its number and reason and does not stop the others; the
same file twice changes nothing.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.calendar import local_date
from aftersales.registrations.rows import BadValue, Row, read_row
from aftersales.store import audit
from aftersales.store.tables import Registration

_BATCH = 500

Progress = Callable[[int, int], None]


class UnreadableFile(Exception):
    """The file as a whole cannot be used; the message says why, in Chinese."""


@dataclass(frozen=True)
class BadRow:
    """A line that was left out: its number in the file (the header is line 1) and why, in
    Chinese."""

    line: int
    reason: str


@dataclass
class ImportReport:
    """What an import did."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    bad_rows: list[BadRow] = field(default_factory=list)


def import_csv(
    session: Session,
    path: Path,
    progress: Progress,
    now: datetime,
    who: str = "import",
    is_demo: bool = False,
) -> ImportReport:
    """Add or update registered watches by card number.

    An empty cell empties the field: the file says what the card says.

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
    report = ImportReport()
    lines = list(_lines(path))
    seen: set[str] = set()
    batch: list[Row] = []
    today = local_date(now)
    for done, (number, cells) in enumerate(lines, start=1):
        try:
            row = _check(cells, today, seen)
        except BadValue as problem:
            report.bad_rows.append(BadRow(number, _reason(problem.reason, value=problem.value)))
        else:
            seen.add(row.card_number)
            batch.append(row)
        if len(batch) >= _BATCH or done == len(lines):
            _write(session, batch, report, now, is_demo)
            batch.clear()
            progress(done, len(lines))
    audit.record(
        session,
        who=who,
        what="import_csv",
        subject=("registrations", path.name[:100]),
        now=now,
        why=f"added {report.added}, updated {report.updated}, bad {len(report.bad_rows)}",
    )
    session.flush()
    return report


def _check(cells: Mapping[str, str], today: date, seen: set[str]) -> Row:
    required: list[str] = knowledge.load("registrations")["required"]
    if cells.get(""):
        raise BadValue("too_many_cells")
    missing = [name for name in required if not cells.get(name)]
    if missing:
        raise BadValue("missing_value", _names(missing))
    row = read_row(cells, today)
    if row.card_number in seen:
        raise BadValue("repeated_card", cells["card_number"])
    return row


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    data = knowledge.load("registrations")
    columns = {alias.lower(): name for name, all_ in data["columns"].items() for alias in all_}
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    header = [columns.get(cell.strip().lower(), "-") for cell in next(reader, [])]
    missing = [name for name in data["required"] if name not in header]
    if missing:
        raise UnreadableFile(_reason("missing_column", value=_names(missing)))
    for cells in reader:
        texts = [cell.strip() for cell in cells]
        if any(texts):
            extra = "".join(texts[len(header) :])
            yield reader.line_num, {**dict(zip(header, texts, strict=False)), "": extra}


def _text(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(_reason("bad_encoding"))


def _write(
    session: Session, batch: list[Row], report: ImportReport, now: datetime, is_demo: bool
) -> None:
    numbers = [row.card_number for row in batch]
    known = {
        found.card_number: found
        for found in session.scalars(
            select(Registration).where(Registration.card_number.in_(numbers))
        )
    }
    for row in batch:
        values = asdict(row)
        found = known.get(row.card_number)
        if found is None:
            session.add(Registration(**values, is_demo=is_demo, imported_at=now, updated_at=now))
            report.added += 1
        elif any(getattr(found, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(found, name, value)
            found.updated_at = now
            report.updated += 1
        else:
            report.unchanged += 1
    session.flush()


def _names(fields: list[str]) -> str:
    data = knowledge.load("registrations")
    between: str = data["between"]
    return between.join(data["columns"][name][1] for name in fields)


def _reason(key: str, value: str = "") -> str:
    text: str = knowledge.load("registrations")["reasons"][key]
    return text.format(value=value, fields=value)
