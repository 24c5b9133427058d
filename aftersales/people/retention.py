"""What has been kept long enough goes, by the periods of ``knowledge/retention.yml``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, false, select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.people.erasures import Places, remove_files
from aftersales.people.shredders import (
    RULES,
    Clause,
    Done,
    Rule,
    Subject,
    Then,
    carry_out,
    count,
    shred,
)
from aftersales.store import audit
from aftersales.store.base import Base
from aftersales.store.tables import Ticket

#: Kept by the dialogue engine in a database of its own.
RASA = "rasa_events"
_THEN = ("delete", "blank", "anonymise")


class RetentionError(ValueError):
    """``knowledge/retention.yml`` cannot be used; the message names the table."""


@dataclass(frozen=True)
class Period:
    """How long the rows of one table are kept.

    Attributes:
        table: its name.
        days: so many days after the moment in ``column``.
        then: ``delete``, ``blank`` or ``anonymise``.
        column: the moment; None for the dialogue engine's events.
        only: column and value (or values, ``set`` for any) of the rows that may go.
    """

    table: str
    days: int
    then: str
    column: str | None
    only: Mapping[str, Any] = field(default_factory=dict)


def periods() -> list[Period]:
    """Return the periods, children before parents.

    Raises:
        RetentionError: a table or column does not exist, or nothing sensible is said.
    """
    written: Mapping[str, Mapping[str, Any]] = knowledge.load("retention")["tables"]
    order = [RASA, *(table.name for table in reversed(Base.metadata.sorted_tables))]
    unknown = set(written) - set(order)
    if unknown:
        raise RetentionError(f"no such table: {sorted(unknown)}")
    return [_period(name, written[name]) for name in order if "days" in written.get(name, {})]


def faults() -> list[str]:
    """Return what is missing: tables without a period and without a reason to be kept."""
    written = knowledge.load("retention")["tables"]
    return [
        f"{table.name}: no period and no reason to keep it"
        for table in Base.metadata.sorted_tables
        if not ("days" in written.get(table.name, {}) or written.get(table.name, {}).get("keep"))
    ]


def due(session: Session, places: Places, now: datetime) -> dict[str, int]:
    """Return how many rows of each table have been kept long enough; nothing is changed."""
    found: dict[str, int] = {}
    for period in periods():
        before = now - timedelta(days=period.days)
        if period.table == RASA:
            found[RASA] = len(places.trackers.old(before))
            continue
        clause = _old(period, before)
        found[period.table] = count(session, _rule(period), clause)
    return found


def do_retain(session: Session, places: Places, now: datetime) -> dict[str, dict[str, int]]:
    """Delete and blank what has been kept long enough; harmless to repeat.

    Args:
        session: a transaction; on a large database it may take seconds.
        places: what lies outside our database.
        now: the moment.

    Returns:
        What was done: ``{"messages": {"deleted": 12}}``.
    """
    done = Done()
    for period in periods():
        before = now - timedelta(days=period.days)
        if period.table == RASA:
            events = sum(places.trackers.forget(sender) for sender in places.trackers.old(before))
            done.add(RASA, "deleted", events)
        elif period.then == "anonymise":
            ids = frozenset(session.scalars(select(Ticket.id).where(_old(period, before))))
            if ids:
                _join(done, shred(session, Subject(tickets=_still_named(session, ids))))
        else:
            carry_out(session, _rule(period), _old(period, before), done)
    done.add("photo_files", "deleted", remove_files(places.photos_dir, done.files))
    session.flush()
    session.expire_all()
    if done.counts:
        rows = sum(sum(one.values()) for one in done.counts.values())
        audit.record(
            session,
            who="system",
            what="do_retain",
            subject=("retention", now.date().isoformat()),
            now=now,
            why=f"{rows} rows",
        )
    return done.counts


def _period(name: str, entry: Mapping[str, Any]) -> Period:
    period = Period(
        name, int(entry["days"]), str(entry["then"]), entry.get("column"), entry.get("only") or {}
    )
    if period.then not in _THEN or period.days < 1:
        raise RetentionError(f"{name}: `then` is one of {_THEN}, `days` at least 1")
    if name != RASA:
        columns = set(Base.metadata.tables[name].columns.keys())
        wrong = {str(period.column), *period.only} - columns
        if wrong:
            raise RetentionError(f"{name} has no {sorted(wrong)}")
    return period


def _table(period: Period) -> Table:
    return Base.metadata.tables[period.table]


def _old(period: Period, before: datetime) -> Clause:
    table = _table(period)
    clause: Clause = table.c[str(period.column)] < before
    for one in _only(table, period.only):
        clause = clause & one
    return clause


def _only(table: Table, only: Mapping[str, Any]) -> Iterator[Clause]:
    for name, value in only.items():
        if value is None:
            yield table.c[name].is_(None)
        elif value == "set":
            yield table.c[name].is_not(None)
        else:
            yield table.c[name].in_(value if isinstance(value, list) else [value])


def _rule(period: Period) -> Rule:
    """The table's own rule, for what to blank and which files go; with this period's ending."""
    own = RULES.get(period.table, [])
    blanks = {name: value for rule in own for name, value in rule.blanks.items()}
    files = next((rule.files for rule in own if rule.files), None)
    then: Then = "delete" if period.then == "delete" else "blank"
    return Rule(_table(period), lambda _subject: false(), then, blanks, files)


def _still_named(session: Session, ids: frozenset[int]) -> frozenset[int]:
    """Those that were not made anonymous before."""
    named = select(Ticket.id).where(Ticket.id.in_(ids), Ticket.sender != "")
    return frozenset(session.scalars(named))


def _join(done: Done, more: Done) -> None:
    done.files += more.files
    for table, counts in more.counts.items():
        for what, rows in counts.items():
            done.add(table, what, rows)
