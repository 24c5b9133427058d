"""A visit is arranged: when, and who receives."""

from datetime import datetime

from sqlalchemy.orm import Session

from aftersales import calendar, knowledge
from aftersales.clock import require_utc
from aftersales.lines import Line, line
from aftersales.store import audit
from aftersales.store.tables import Ticket, Visit

_MOST_CHARS = 500


class VisitRefused(ValueError):
    """It is not written down.

    Attributes:
        problem: a key of ``lines`` or of ``terminal.problems`` in ``knowledge/visits.yml``.
        told: what the visitor is told; None when only our own people have to mend something.
    """

    def __init__(self, problem: str, told: Line | None = None) -> None:
        super().__init__(problem)
        self.problem, self.told = problem, told


def do_arrange_visit(
    session: Session,
    planned_at: datetime,
    host: str,
    now: datetime,
    who: str,
    *,
    name: str = "",
    ticket: Ticket | None = None,
    purpose: str | None = None,
    help_note: str | None = None,
) -> tuple[Visit, Line]:
    """Write down that somebody comes.

    Args:
        session: a transaction.
        planned_at: when; now for somebody who stands at the counter already.
        host: who of us receives the visitor.
        now: the moment.
        who: who arranges it.
        name: what the visitor is called; a ticket's contact by default.
        ticket: what it is about.
        purpose: in words.
        help_note: what else to help with, such as a hotel or the way back.

    Returns:
        The visit, and what the visitor is told.

    Raises:
        VisitRefused: the moment has passed or nobody is there then, or a name is missing.
    """
    moment = require_utc(planned_at)
    called = name.strip() or (ticket.contact_name if ticket is not None else "")
    if moment < require_utc(now):
        raise VisitRefused("passed", _said("passed"))
    if not calendar.open_at(moment):
        raise VisitRefused("closed", _closed(moment, now))
    if not called:
        raise VisitRefused("no_name")
    if not host.strip():
        raise VisitRefused("no_host")
    visit = Visit(
        ticket_id=ticket.id if ticket is not None else None,
        name=called[:100],
        purpose=_text(purpose),
        help_note=_text(help_note),
        host=host.strip()[:100],
        planned_at=moment,
        arranged_at=now,
        arranged_by=who[:100],
    )
    session.add(visit)
    session.flush()
    audit.record(session, who=who, what="do_arrange_visit", subject=("visit", visit.id), now=now)
    parts = calendar.spoken(moment, now).parameters()
    return visit, _said("arranged", host=visit.host, **parts)


def _closed(moment: datetime, now: datetime) -> Line:
    opening = calendar.next_open(moment)
    if opening is None:
        return _said("closed_long")
    return _said("closed", **calendar.spoken(opening, now).parameters())


def _said(key: str, **values: object) -> Line:
    return line(knowledge.load("visits")["lines"][key], values)


def _text(words: str | None) -> str | None:
    return (words or "").strip()[:_MOST_CHARS] or None
