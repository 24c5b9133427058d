"""Tables out: masked by default; in full only with a reason, which goes into the audit trail."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TextIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftersales.exchange.cells import guard
from aftersales.exchange.kinds import KINDS
from aftersales.exchange.pipeline import BATCH, Progress
from aftersales.store import audit

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


def do_note_unmasked(session: Session, kind: str, now: datetime, who: str, why: str | None) -> None:
    """Write down that somebody takes personal data out in full; commit it before anything leaves.

    Args:
        session: a transaction.
        kind: ``customers``, ``tickets`` or ``registrations``.
        now: the moment.
        who: who wants it.
        why: for what, without personal data.

    Raises:
        KeyError: no such kind.
        ReasonNeeded: there is no reason.
    """
    reason = " ".join((why or "").split())
    if not reason:
        raise ReasonNeeded("an unmasked export needs a reason")
    audit.record(
        session, who=who, what="do_export_unmasked", subject=("export", KINDS[kind].importer.name),
        now=now, why=reason,
    )  # fmt: skip


def export_table(
    session: Session, kind: str, file: TextIO, progress: Progress, *, unmasked: bool = False
) -> int:
    """Write one kind of table; reads only, so that a long export keeps nobody from writing.

    Args:
        session: may be read-only.
        kind: ``customers``, ``tickets`` or ``registrations``.
        file: opened with ``newline=""`` and UTF-8.
        progress: called with lines done and lines in all.
        unmasked: personal data in full; ``do_note_unmasked`` comes first.

    Returns:
        How many rows were written.

    Raises:
        KeyError: no such kind.
    """
    known = KINDS[kind]
    total = session.scalar(select(func.count()).select_from(known.importer.table)) or 0
    names = known.importer.book["columns"]

    def lines() -> Iterable[Sequence[str]]:
        for done, row in enumerate(known.rows(session, unmasked), start=1):
            yield [row[name] for name in known.columns]
            if done % BATCH == 0:
                progress(done, total)

    count = write_csv(file, [names[name][1] for name in known.columns], lines())
    progress(total, total)
    return count
