"""The internal page of a month as tables: it names colleagues and tickets; for the head only."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.calendar import opening_hours
from aftersales.complaints import Ladder
from aftersales.reports.late import LateCase, late_cases
from aftersales.reports.people import Performance, performances
from aftersales.reports.periods import Period
from aftersales.reports.tables import Table, heading, number, pay, percent


def internal_tables(session: Session, period: Period) -> tuple[Table, ...]:
    """Return the tables of the internal page; reads only."""
    return (
        _table("people", map(_person, performances(session, period))),
        _table("late", map(_late, late_cases(session, period))),
    )


def internal_title(period: Period) -> str:
    """Return the heading of the internal page."""
    return heading(_book()["title"], period)


def _table(key: str, rows: Iterable[tuple[str, ...]]) -> Table:
    words = _book()["tables"][key]
    return Table(key, words["title"], tuple(words["columns"]), tuple(rows))


def _person(one: Performance) -> tuple[str, ...]:
    words = _book()
    return (
        one.name,
        knowledge.load("staff")["roles"][one.role],
        str(one.services),
        str(one.kept),
        str(one.broken),
        percent(one.share),
        str(one.upheld),
        _ladder(one.ladder),
        str(one.opinions),
        number(one.average, 2),
        words["part"][one.standing.years],
        words["part"][one.standing.education],
        words["met"][one.met],
    )


def _late(case: LateCase) -> tuple[str, ...]:
    agreed = f"{opening_hours().local(case.due_at):%Y-%m-%d %H:%M}"
    return case.number, agreed, str(case.days), pay(case.fen)


def _ladder(stands: Ladder) -> str:
    if stands.name is None:
        return str(stands.upheld)
    return str(_book()["ladder"]).format(upheld=stands.upheld, name=stands.name)


def _book() -> dict[str, Any]:
    found: dict[str, Any] = knowledge.load("reports")["internal"]
    return found
