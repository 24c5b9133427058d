"""Does what the rules say, children before parents."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, String, Table, and_, cast, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from aftersales.people.shredders.registry import BEFORE, RULES, Clause, Rule, Subject
from aftersales.store.base import Base

_AT_ONCE = 500  # values in one statement


@dataclass
class Done:
    """What was done: rows per table, and the files that go with them.

    Attributes:
        counts: ``{"messages": {"deleted": 12}, "tickets": {"blanked": 1}}``.
        files: names of files to be removed; the caller does it.
    """

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def add(self, table: str, what: str, rows: int) -> None:
        """Count rows; none is not mentioned."""
        if rows:
            counts = self.counts.setdefault(table, {})
            counts[what] = counts.get(what, 0) + rows


def shred(session: Session, subject: Subject) -> Done:
    """Delete and blank everything about a subject in our database.

    Args:
        session: a transaction; nothing is gone before its commit.
        subject: whose data.
    """
    done = Done()
    for work in BEFORE:
        work(session, subject)
    for table in reversed(Base.metadata.sorted_tables):
        for rule in RULES.get(table.name, []):
            carry_out(session, rule, rule.rows(subject), done)
    session.flush()
    session.expire_all()  # what was loaded before would still show the old values
    return done


def carry_out(session: Session, rule: Rule, rows: Clause, done: Done) -> None:
    """Apply one rule to some rows and count them."""
    table = rule.table
    if rule.files is not None:
        done.files += session.scalars(select(table.c[rule.files]).where(rows))
    if rule.then == "delete":
        done.add(table.name, "deleted", _delete(session, table, rows))
    if rule.then == "blank" or _needing(table):
        values = dict(rule.blanks)
        if values:
            changed = session.execute(
                update(table).where(rows, _not_blank(table, values)).values(values)
            )
            done.add(table.name, "blanked", int(changed.rowcount))  # type: ignore[attr-defined]


def count(session: Session, rule: Rule, rows: Clause) -> int:
    """Return how many rows a rule would touch."""
    meant = select(func.count()).select_from(rule.table).where(rows)
    if rule.then == "blank" and rule.blanks:
        meant = meant.where(_not_blank(rule.table, dict(rule.blanks)))
    return session.scalar(meant) or 0


def _delete(session: Session, table: Table, rows: Clause) -> int:
    free = [~exists().where(theirs == ours) for theirs, ours in _needing(table)]
    goes = and_(rows, *free)
    for theirs, ours in _pointing(table):
        numbers = list(session.scalars(select(ours).where(goes)))
        for start in range(0, len(numbers), _AT_ONCE):
            session.execute(
                update(theirs.table)
                .where(theirs.in_(numbers[start : start + _AT_ONCE]))
                .values({theirs.name: None})
            )
    return int(session.execute(delete(table).where(goes)).rowcount)  # type: ignore[attr-defined]


def _references(table: Table) -> list[tuple[Column[Any], Column[Any], bool]]:
    """Columns that point to this table: theirs, ours, and whether the database removes the row."""
    return [
        (key.parent, key.column, (key.ondelete or "").upper() == "CASCADE")
        for other in Base.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table
    ]


def _needing(table: Table) -> list[tuple[Column[Any], Column[Any]]]:
    """Pointers that cannot be emptied: such a row keeps ours alive."""
    return [(t, o) for t, o, cascade in _references(table) if not t.nullable and not cascade]


def _pointing(table: Table) -> list[tuple[Column[Any], Column[Any]]]:
    """Pointers that can be emptied."""
    return [(t, o) for t, o, cascade in _references(table) if t.nullable and not cascade]


def _not_blank(table: Table, values: dict[str, Any]) -> Clause:
    """Rows that still hold something of what is to be blanked; the others are not counted again."""
    return or_(*(_differs(table.c[name], value) for name, value in values.items()))


def _differs(column: Column[Any], value: Any) -> Clause:
    if value is None:
        return column.is_not(None)
    if isinstance(value, list):  # JSON, which PostgreSQL cannot compare
        return cast(column, String) != "[]"
    differs: Clause = column != value
    return differs
