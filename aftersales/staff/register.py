"""The register of our people."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.store import audit, locks
from aftersales.store.tables import StaffMember


class StaffRefused(ValueError):
    """It is not written down; ``problem`` is a key of ``knowledge/staff.yml``, ``given`` what was
    wrong."""

    def __init__(self, problem: str, given: str = "") -> None:
        super().__init__(f"{problem}: {given}")
        self.problem, self.given = problem, given


def do_add_staff(
    session: Session,
    name: str,
    role: str,
    active_from: date,
    now: datetime,
    who: str,
    *,
    login: str | None = None,
    trade_since: date | None = None,
    education: str | None = None,
) -> StaffMember:
    """Write down somebody who works here.

    Args:
        session: a transaction.
        name: as assignments and complaints name the person.
        role: a key of ``roles`` in ``knowledge/staff.yml``.
        active_from: the first day here.
        now: the moment.
        who: who writes it down.
        login: the name the terminal writes.
        trade_since: when work in the trade began, here or elsewhere.
        education: a key of ``education`` there.

    Raises:
        StaffRefused: no name, a name or login already in use, or no such role or education.
    """
    member = StaffMember(
        name=name.strip()[:100],
        role=role,
        login=_text(login),
        trade_since=trade_since,
        education=education,
        active_from=active_from,
        created_at=now,
    )
    _check(session, member)
    session.add(member)
    _written(session, member, "do_add_staff", now, who)
    return member


def do_change_staff(
    session: Session,
    member: StaffMember,
    now: datetime,
    who: str,
    *,
    role: str | None = None,
    login: str | None = None,
    trade_since: date | None = None,
    education: str | None = None,
) -> None:
    """Write down what is known now; what is not given stays.

    Raises:
        StaffRefused: as when somebody is added; nothing is changed.
    """
    changed = StaffMember(
        id=member.id,
        name=member.name,
        role=role or member.role,
        login=_text(login) or member.login,
        trade_since=trade_since or member.trade_since,
        education=education or member.education,
        active_from=member.active_from,
    )
    _check(session, changed)
    member.role, member.login = changed.role, changed.login
    member.trade_since, member.education = changed.trade_since, changed.education
    _written(session, member, "do_change_staff", now, who)


def do_leave_staff(
    session: Session, member: StaffMember, day: date, now: datetime, who: str
) -> None:
    """Write down the last day here; another day replaces it.

    Raises:
        StaffRefused: it lies before the first day.
    """
    if day < member.active_from:
        raise StaffRefused("dates", day.isoformat())
    member.active_to = day
    _written(session, member, "do_leave_staff", now, who)


def on_staff(session: Session, first: date, last: date) -> Sequence[StaffMember]:
    """Return who was here on some day from ``first`` to ``last``, in the order of the register."""
    return session.scalars(
        select(StaffMember)
        .where(
            StaffMember.active_from <= last,
            or_(StaffMember.active_to.is_(None), StaffMember.active_to >= first),
        )
        .order_by(StaffMember.id)
    ).all()


def names_of(member: StaffMember) -> tuple[str, ...]:
    """Return the names under which records speak of this person."""
    return (member.name,) if member.login is None else (member.name, member.login)


def _check(session: Session, member: StaffMember) -> None:
    book = knowledge.load("staff")
    if not member.name:
        raise StaffRefused("no_name")
    if member.role not in book["roles"]:
        raise StaffRefused("role", member.role)
    if member.education is not None and member.education not in book["education"]:
        raise StaffRefused("education", member.education)
    if member.trade_since is not None and member.trade_since > member.active_from:
        raise StaffRefused("dates", member.trade_since.isoformat())
    locks.lock(session, "staff")  # a name must not be another one's login either
    given = names_of(member)
    taken = select(StaffMember.id).where(
        or_(StaffMember.name.in_(given), StaffMember.login.in_(given)),
        StaffMember.id.is_distinct_from(member.id),
    )
    if session.scalars(taken).first() is not None:
        raise StaffRefused("taken", " ".join(given))


def _text(text: str | None) -> str | None:
    return (text or "").strip()[:100] or None


def _written(session: Session, member: StaffMember, what: str, now: datetime, who: str) -> None:
    session.flush()
    audit.record(session, who=who, what=what, subject=("staff", member.id), now=now)
