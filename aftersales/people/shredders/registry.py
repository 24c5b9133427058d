"""Which rows of a table are about a person, and what becomes of them when that person is deleted.

One file per group of tables registers its rules; importing the package finds every file. A rule is
a function that says which rows are meant::

    @about(Photo, then="delete", files="name")
    def photos(subject: Subject) -> Clause:
        return Photo.sender.in_(subject.senders) | Photo.ticket_id.in_(subject.tickets)

- ``delete`` removes the rows; one that a row which stays still needs is blanked instead.
- ``blank`` empties the personal columns and keeps the rest as the service record.
- ``before`` for work that must be done before the first rule.
- ``keeps(Table, why=…)`` for a table that is about nobody, or that is kept for a reason.

Tests fail for a table without a rule and for a personal column that no rule reaches.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import ColumnElement, Table, UniqueConstraint
from sqlalchemy.orm import Session

from aftersales.store.base import Base

Clause = ColumnElement[bool]
Then = Literal["delete", "blank"]


class RuleRefused(ValueError):
    """A rule cannot do what it says; the message names table and column."""


@dataclass(frozen=True)
class Subject:
    """Whose data is meant.

    Attributes:
        senders: ids of the person's conversations.
        tickets: ids of the person's tickets whose work is done: they become anonymous.
        open_tickets: ids of those still worked on: kept until they end.
    """

    senders: frozenset[str] = frozenset()
    tickets: frozenset[int] = frozenset()
    open_tickets: frozenset[int] = frozenset()

    @property
    def leaving(self) -> frozenset[str]:
        """The senders nothing is owed to any more: with an open ticket there is news to come."""
        return frozenset() if self.open_tickets else self.senders


@dataclass(frozen=True)
class Rule:
    """One rule of one table.

    Attributes:
        rows: which rows are meant.
        then: ``delete`` or ``blank``.
        blanks: value of each personal column once it is blank; may be an SQL expression.
        files: the column that names a file to be removed with the row.
        exported: whether these rows are in the copy a person may have.
        colleagues: columns that name a colleague: neither blanked nor copied.
        hidden: other columns that are not copied: how the house deals with its own people.
    """

    table: Table
    rows: Callable[[Subject], Clause]
    then: Then
    blanks: Mapping[str, Any] = field(default_factory=dict)
    files: str | None = None
    exported: bool = True
    colleagues: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()


RULES: dict[str, list[Rule]] = {}
KEPT: dict[str, str] = {}
#: What has to be taken apart first, so that the rules can work row by row.
BEFORE: list[Callable[[Session, Subject], None]] = []


def about(
    model: type[Base],
    *,
    then: Then,
    columns: Sequence[str] | None = None,
    blanks: Mapping[str, Any] | None = None,
    files: str | None = None,
    exported: bool = True,
    colleagues: Sequence[str] = (),
    hidden: Sequence[str] = (),
) -> Callable[[Callable[[Subject], Clause]], Callable[[Subject], Clause]]:
    """Register a rule; a table may have several.

    Args:
        model: the table.
        then: ``delete`` or ``blank``.
        columns: the personal columns it blanks; all of them by default.
        blanks: what they become where the plain blank (nothing, an empty text or list) will not do;
            other columns may be named too.
        files: the column that names a file to be removed with the row.
        exported: whether these rows are in the copy a person may have.
        colleagues: personal columns that name a colleague who did the work: they are neither
            blanked nor in the copy.
        hidden: other columns that are not in the copy.

    Raises:
        RuleRefused: a column does not exist, or a unique one would get the same value twice.
    """
    table = _table(model)
    spared = frozenset(colleagues)
    values = _blanks(table, then, columns, blanks or {}, spared)
    kept_back = frozenset(hidden)
    if unknown := kept_back - set(table.columns.keys()):
        raise RuleRefused(f"{table.name} has no {sorted(unknown)}")

    def register(rows: Callable[[Subject], Clause]) -> Callable[[Subject], Clause]:
        rule = Rule(table, rows, then, values, files, exported, spared, kept_back)
        RULES.setdefault(table.name, []).append(rule)
        return rows

    return register


def before(work: Callable[[Session, Subject], None]) -> Callable[[Session, Subject], None]:
    """Register work that is done before the first rule."""
    BEFORE.append(work)
    return work


def keeps(model: type[Base], *, why: str) -> None:
    """Register a table whose rows stay: it is about nobody, or the law or the work needs it."""
    KEPT[_table(model).name] = why


def faults(tables: Sequence[Table]) -> list[str]:
    """Return what is missing: tables without a rule, personal columns no rule reaches."""
    found: list[str] = []
    for table in tables:
        rules = RULES.get(table.name, [])
        if not rules and table.name not in KEPT:
            found.append(f"{table.name}: no rule says what becomes of its rows")
        if not rules or (any(rule.then == "delete" for rule in rules) and not _needed(table)):
            continue
        reached = {name for rule in rules for name in (*rule.blanks, *rule.colleagues)}
        found += [
            f"{column}: no rule blanks it"
            for column in table.columns
            if column.info.get("class") == "personal" and column.name not in reached
        ]
    return found


def _needed(table: Table) -> bool:
    """Whether rows of other tables can keep a row of this one alive."""
    return any(
        key.column.table is table and not key.parent.nullable and not key.ondelete
        for other in table.metadata.sorted_tables
        for key in other.foreign_keys
    )


def _table(model: type[Base]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise RuleRefused(f"{model.__name__} is no table")
    return table


def _blanks(
    table: Table,
    then: Then,
    columns: Sequence[str] | None,
    given: Mapping[str, Any],
    spared: frozenset[str],
) -> dict[str, Any]:
    personal = [
        c.name for c in table.columns if c.info.get("class") == "personal" and c.name not in spared
    ]
    wanted = personal if columns is None else list(columns)
    unknown = {*wanted, *given, *spared} - set(table.columns.keys())
    if unknown:
        raise RuleRefused(f"{table.name} has no {sorted(unknown)}")
    unique = {c.name for c in table.columns if c.unique or c.primary_key}
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            unique |= {c.name for c in constraint.columns}
    values: dict[str, Any] = {}
    for name in wanted:
        column = table.columns[name]
        if name in given:
            continue
        if name in unique and not column.nullable:
            if then == "delete":
                continue  # blanked only where another row needs it: ``faults`` looks at that
            raise RuleRefused(f"{table.name}.{name} is unique: say what it becomes")
        values[name] = None if column.nullable else _nothing(column.type.python_type)
    return {**values, **given}


def _nothing(kind: type) -> Any:
    """The empty value of a type; JSON counts as a list."""
    return [] if kind in (dict, object) else kind()
