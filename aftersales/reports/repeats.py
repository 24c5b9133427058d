"""Watches that came back: a repair opened within 90 days after the same watch went back repaired.

The same watch is the same serial number, unless calibre or case number contradict it; or, where a
serial is missing, the same calibre and case number of the same customer.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.registrations.lookup import normal_code
from aftersales.reports.calibres import calibre_name
from aftersales.reports.figures import share
from aftersales.reports.merged import stands_alone
from aftersales.reports.periods import Period
from aftersales.store.tables import Ticket, TicketMove

WINDOW = timedelta(days=90)
#: Back after having been repaired; a watch given back unrepaired is not a repair that failed.
_DONE = ("done_on_spot", "awaiting_check")


@dataclass(frozen=True)
class Repeats:
    """Repairs of one calibre opened in the period, and how many of them were repeats."""

    calibre: str
    repairs: int
    repeats: int

    @property
    def share(self) -> float | None:
        """Repeats of all, from 0 to 1."""
        return share(self.repeats, self.repairs)


class _Repair(NamedTuple):
    id: int
    customer_id: int
    calibre: str
    case_code: str
    serial: str
    created_at: datetime


def repeats(session: Session, period: Period) -> tuple[Repeats, ...]:
    """Count the repeats, most first."""
    back = _back(session)
    earlier: dict[object, list[_Repair]] = defaultdict(list)
    all_, again = Counter[str](), Counter[str]()
    for one in _repairs(session, period):
        if period.has(one.created_at):
            name = calibre_name(one.calibre)
            all_[name] += 1
            candidates = [other for key in _keys(one) for other in earlier[key]]
            again[name] += any(_is_repeat(one, other, back) for other in candidates)
        for key in _keys(one):
            earlier[key].append(one)
    lines = [Repeats(name, count, again[name]) for name, count in all_.items()]
    return tuple(sorted(lines, key=lambda line: (-line.repeats, -line.repairs, line.calibre)))


def _is_repeat(one: _Repair, other: _Repair, back: dict[int, datetime]) -> bool:
    went = back.get(other.id)
    if went is None or not went <= one.created_at <= went + WINDOW:
        return False
    if one.serial and other.serial and one.serial != other.serial:
        return False
    pairs = ((one.calibre, other.calibre), (one.case_code, other.case_code))
    return all(not a or not b or a == b for a, b in pairs)


def _keys(one: _Repair) -> list[object]:
    keys: list[object] = [one.serial] if one.serial else []
    if one.calibre and one.case_code:
        keys.append((one.customer_id, one.calibre, one.case_code))
    return keys


def _repairs(session: Session, period: Period) -> list[_Repair]:
    """Repairs of the period and those that can have gone back within the window before it."""
    rows = session.execute(
        select(
            Ticket.id,
            Ticket.customer_id,
            Ticket.calibre,
            Ticket.case_code,
            Ticket.serial,
            Ticket.created_at,
        )
        .where(Ticket.kind == "repair", Ticket.created_at < period.end, stands_alone())
        .order_by(Ticket.created_at, Ticket.id)
    )
    return [
        _Repair(
            row[0], row[1], normal_code(row[2]), normal_code(row[3]), normal_code(row[4]), row[5]
        )
        for row in rows
    ]


def _back(session: Session) -> dict[int, datetime]:
    """When each repaired watch was back with its customer."""
    repaired = set(
        session.scalars(select(TicketMove.ticket_id).where(TicketMove.to_state.in_(_DONE)))
    )
    rows = session.execute(
        select(TicketMove.ticket_id, TicketMove.at)
        .where(TicketMove.to_state.in_(("done_on_spot", "returned")))
        .order_by(TicketMove.id)
    )
    return {ticket_id: at for ticket_id, at in rows if ticket_id in repaired}
