"""How a month went for each of our people, so that the head can reward or not (standards 1 and 3).

Internal: it names colleagues, and stands on a page of its own. Whose a thing is, is read off what
was written down when it was done:

- a service is the technician's who had the watch last, the closer's of a complaint or a call, of a
  talk handed over the one's who took it, of a visit the one's who received;
- a deadline of the bench is the technician's who had the watch when it was decided, an assignment
  the chief's who made it, any other one his who did what ended it. One that nobody ended is
  nobody's, and so is one whose chain in ``knowledge/deadlines.yml`` leaves out the role of him who
  did: a technician who begins late because he was sent late broke no promise of the hotline.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from aftersales import conversations, knowledge
from aftersales.complaints import Ladder, ladder
from aftersales.deadlines.schema import kinds
from aftersales.reports.figures import share
from aftersales.reports.kept import outcomes
from aftersales.reports.periods import Period
from aftersales.staff import Standing, names_of, on_staff, standing
from aftersales.store.tables import (
    Assignment,
    AuditEntry,
    ComplaintCase,
    Deadline,
    HandOver,
    Satisfaction,
    StaffMember,
    Ticket,
    TicketMove,
    Visit,
)

_ASSIGN = "assign"
_BACK, _CLOSED = ("returned", "done_on_spot"), "closed"


@dataclass(frozen=True)
class Performance:
    """One of our people in one period.

    Attributes:
        name: as the register has it.
        role: a key of ``roles`` in ``knowledge/staff.yml``.
        services: watches given back, complaints and calls closed, talks answered, visitors
            received.
        kept: deadlines kept.
        broken: deadlines broken.
        upheld: complaints that name the person and were found true in the period.
        ladder: complaints about conduct found true since the beginning.
        opinions: opinions on the services.
        average: their average of 1 to 5; None without any.
        standing: how the person stands to standard 2 at the end of the period.
    """

    name: str
    role: str
    services: int
    kept: int
    broken: int
    upheld: int
    ladder: Ladder
    opinions: int
    average: float | None
    standing: Standing

    @property
    def share(self) -> float | None:
        """Deadlines kept of those decided, from 0 to 1; None when none was."""
        return share(self.kept, self.kept + self.broken)

    @property
    def met(self) -> bool | None:
        """Whether all thresholds of ``knowledge/staff.yml`` are met; None when nothing the
        thresholds are about happened."""
        limits = knowledge.load("staff")["thresholds"]
        found = [
            _reaches(self.share, limits["kept_share"]),
            _reaches(self.average, limits["satisfaction"]),
        ]
        if limits["upheld"] is not None and (self.services or self.upheld):
            found.append(self.upheld <= limits["upheld"])
        judged = [one for one in found if one is not None]
        return all(judged) if judged else None


def performances(session: Session, period: Period) -> tuple[Performance, ...]:
    """Count for everybody who was here in the period, in the order of the register."""
    served = Counter(_served(session, period))
    decided = list(_decided(session, period))
    scores = list(_scores(session, period))
    return tuple(
        _performance(session, period, member, served, decided, scores)
        for member in on_staff(session, period.first_day, period.last_day)
    )


def _performance(
    session: Session,
    period: Period,
    member: StaffMember,
    served: Counter[str],
    decided: Sequence[tuple[str, str, str]],
    scores: Sequence[tuple[str, int]],
) -> Performance:
    names = names_of(member)
    owed = _owed(member.role)
    ends = [found for who, kind, found in decided if who in names and kind in owed]
    marks = [score for who, score in scores if who in names]
    return Performance(
        name=member.name,
        role=member.role,
        services=sum(served[name] for name in names),
        kept=ends.count("kept"),
        broken=ends.count("broken"),
        upheld=_upheld(session, period, names),
        ladder=ladder(session, *names),
        opinions=len(marks),
        average=sum(marks) / len(marks) if marks else None,
        standing=standing(member, period.last_day),
    )


def _owed(role: str) -> set[str]:
    """The kinds of deadlines somebody of a role answers for; of a role that stands in no chain,
    such as a clerk's, all."""
    known = kinds().values()
    named = {one for kind in known for one in kind.chain}
    return {kind.name for kind in known if role in kind.chain or role not in named}


def _reaches(value: float | None, least: float | None) -> bool | None:
    return None if value is None or least is None else value >= least


def _served(session: Session, period: Period) -> Iterator[str]:
    """Who served, once per service of the period."""
    ended = session.scalars(
        select(TicketMove.ticket_id)
        .where(
            TicketMove.to_state.in_([*_BACK, _CLOSED]),
            TicketMove.at >= period.start,
            TicketMove.at < period.end,
        )
        .distinct()
    ).all()
    yield from _servers(session, ended).values()
    taken = select(HandOver.taken_by).where(
        HandOver.closed_at >= period.start, HandOver.closed_at < period.end
    )
    received = select(Visit.received_by).where(
        Visit.left_at >= period.start, Visit.left_at < period.end
    )
    for query in (taken, received):
        yield from (who for who in session.scalars(query) if who is not None)


def _servers(session: Session, tickets: Sequence[int]) -> dict[int, str]:
    """Whose service each ticket was."""
    closed = session.execute(
        select(TicketMove.ticket_id, TicketMove.who)
        .where(TicketMove.ticket_id.in_(tickets), TicketMove.to_state == _CLOSED)
        .order_by(TicketMove.id)
    )
    servers = {ticket: who for ticket, who in closed}
    for ticket, given in _assignments(session, tickets).items():
        servers[ticket] = given[-1].technician
    return servers


def _decided(session: Session, period: Period) -> Iterator[tuple[str, str, str]]:
    """Who kept or broke a deadline of the period, and of which kind."""
    rows = [(row, found) for row, found in outcomes(session, period) if found in ("kept", "broken")]
    bench = {name for name, kind in kinds().items() if kind.chain[0] == "technician"}
    tickets = {row.ticket_id for row, _ in rows if row.ticket_id is not None}
    assigned = _assignments(session, sorted(tickets))
    taken = {
        f"question:{conversations.subject(request)}": request.taken_by
        for request in session.scalars(
            select(HandOver).where(
                HandOver.taken_by.is_not(None),
                or_(HandOver.closed_at.is_(None), HandOver.closed_at >= period.start),
            )
        )
    }
    ended = _who_ended(session, period)
    for row, found in rows:
        given = assigned.get(row.ticket_id or 0, [])
        if row.kind in bench:
            who = _at(given, row.due_at if found == "broken" else row.met_at)
        elif row.kind == _ASSIGN:
            who = given[0].assigned_by if given else None
        else:
            who = taken.get(row.key) or ended.get(row.id)
        if who is not None:
            yield who, row.kind, found


def _who_ended(session: Session, period: Period) -> dict[int, str]:
    """Who did what ended a deadline: the audit line of that moment about its ticket or itself."""
    rows = session.execute(
        select(Deadline.id, AuditEntry.who)
        .join(AuditEntry, AuditEntry.at == Deadline.met_at)
        .outerjoin(Ticket, Ticket.id == Deadline.ticket_id)
        .where(
            Deadline.met_at >= period.start,
            or_(
                and_(AuditEntry.subject_kind == "ticket", AuditEntry.subject_id == Ticket.number),
                and_(AuditEntry.subject_kind == "deadline", AuditEntry.subject_id == Deadline.key),
            ),
        )
        .order_by(AuditEntry.id)
    )
    return {deadline: who for deadline, who in rows}


def _scores(session: Session, period: Period) -> Iterator[tuple[str, int]]:
    """Whose service got which mark."""
    rows = session.execute(
        select(Satisfaction.ticket_id, Satisfaction.score).where(
            Satisfaction.answered_at >= period.start, Satisfaction.answered_at < period.end
        )
    )
    scores = [(ticket, score) for ticket, score in rows if ticket and score]
    servers = _servers(session, [ticket for ticket, _ in scores])
    return ((servers[ticket], score) for ticket, score in scores if ticket in servers)


def _upheld(session: Session, period: Period, names: Iterable[str]) -> int:
    """Several rounds of one complaint count once, where the first was found true."""
    found = session.scalars(
        select(func.min(ComplaintCase.found_at))
        .where(ComplaintCase.staff.in_(names), ComplaintCase.upheld.is_(True))
        .group_by(ComplaintCase.ticket_id)
    )
    return sum(period.has(moment) for moment in found)


def _assignments(session: Session, tickets: Sequence[int]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = session.scalars(
        select(Assignment).where(Assignment.ticket_id.in_(tickets)).order_by(Assignment.id)
    )
    for row in rows:
        found[row.ticket_id].append(row)
    return found


def _at(given: Sequence[Assignment], moment: datetime | None) -> str | None:
    """Who had the work at a moment."""
    before = [one.technician for one in given if moment is not None and one.at <= moment]
    return before[-1] if before else None
