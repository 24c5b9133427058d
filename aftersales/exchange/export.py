"""Tables out: masked by default; in full only with a reason, which goes into the audit trail."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TextIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftersales.exchange.cells import guard
from aftersales.exchange.kinds import KINDS
from aftersales.store import audit

Progress = Callable[[int, int], None]
#: Tells table programs that the text is UTF-8.
MARK = "\ufeff"


class ReasonNeeded(ValueError):
    """Personal data in full leaves only with a reason."""


def write_csv(file: TextIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table that any table program opens: marked UTF-8, no cell a formula.

    Args:
        file: opened with ``newline=""`` and UTF-8.
        header: the names of the columns.
        rows: the cells.

    Returns:
        How many rows were written.
    """
    file.write(MARK)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([guard(cell) for cell in header])
    count = 0
    for row in rows:
        writer.writerow([guard(cell) for cell in row])
        count += 1
    return count


def do_export(
    session: Session,
    kind: str,
    file: TextIO,
    progress: Progress,
    now: datetime,
    who: str,
    *,
    unmasked: bool = False,
    why: str | None = None,
) -> int:
    """Write one kind of table.

    Args:
        session: a transaction; commit it, the audit row of an unmasked export is in it.
        kind: ``customers``, ``tickets`` or ``registrations``.
        file: opened with ``newline=""`` and UTF-8.
        progress: called with lines done and lines in all.
        now: the moment.
        who: who wants it.
        unmasked: personal data in full.
        why: for what; needed when unmasked, without personal data.

    Returns:
        How many rows were written.

    Raises:
        KeyError: no such kind.
        ReasonNeeded: unmasked without a reason.
    """
    known = KINDS[kind]
    reason = " ".join((why or "").split())
    if unmasked and not reason:
        raise ReasonNeeded("an unmasked export needs a reason")
    if unmasked:
        audit.record(
            session, who=who, what="do_export_unmasked", subject=("export", kind), now=now,
            why=reason,
        )  # fmt: skip
        session.flush()
    total = session.scalar(select(func.count()).select_from(known.table)) or 0
    names = known.importer.book["columns"]

    def lines() -> Iterable[Sequence[str]]:
        for done, row in enumerate(known.rows(session, unmasked), start=1):
            yield [row[name] for name in known.columns]
            if done % 500 == 0:
                progress(done, total)

    count = write_csv(file, [names[name][1] for name in known.columns], lines())
    progress(total, total)
    return count
