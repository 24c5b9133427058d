"""How much work came, was finished and is left; and who pays for it (classes A, B, C, D)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.reports.merged import stands_alone
from aftersales.reports.periods import Period
from aftersales.store.tables import Ticket, TicketMove
from aftersales.tickets.states import CANCELLED, final_states


@dataclass(frozen=True)
class Volume:
    """The tickets of one kind; one merged into another counts as that one.

    Attributes:
        kind: ``repair``, ``complaint`` or ``callback``.
        opened: came in the period.
        finished: reached their end in the period, other than by being cancelled; a ticket that was
            reopened and finished again counts once.
        cancelled: cancelled in the period.
        open_at_end: not over when the period ended.
    """

    kind: str
    opened: int
    finished: int
    cancelled: int
    open_at_end: int


def volumes(session: Session, period: Period) -> tuple[Volume, ...]:
    """Count the tickets, one line per kind in the order of ``knowledge/tickets.yml``."""
    opened = _by_kind(
        session,
        select(Ticket.kind, Ticket.id).where(
            Ticket.created_at >= period.start, Ticket.created_at < period.end, stands_alone()
        ),
    )
    ended = [state for state in final_states() if state != CANCELLED]
    finished = _by_kind(session, _reached(period, ended))
    cancelled = _by_kind(session, _reached(period, [CANCELLED]))
    left = Counter(
        kind for _, kind, state in states_at(session, period.end) if state not in final_states()
    )
    return tuple(
        Volume(kind, opened[kind], finished[kind], cancelled[kind], left[kind])
        for kind in knowledge.load("tickets")["kinds"]
    )


def states_at(session: Session, moment: datetime) -> list[tuple[int, str, str]]:
    """Return id, kind and state of every ticket there was just before a moment, as its moves tell:
    so a report of an old month stays the same, but for two tickets found to be one since."""
    last = (
        select(func.max(TicketMove.id))
        .where(TicketMove.at < moment)
        .group_by(TicketMove.ticket_id)
    )  # fmt: skip
    rows = session.execute(
        select(Ticket.id, Ticket.kind, TicketMove.to_state)
        .join(TicketMove, TicketMove.ticket_id == Ticket.id)
        .where(TicketMove.id.in_(last), stands_alone())
    )
    return [(row[0], row[1], row[2]) for row in rows]


def classes(session: Session, period: Period) -> dict[str, int]:
    """Count the repairs that came in the period by class; ``none`` is not decided yet."""
    known = list(knowledge.load("tickets")["classes"])
    found = Counter(
        session.scalars(
            select(Ticket.service_class).where(
                Ticket.kind == "repair",
                Ticket.created_at >= period.start,
                Ticket.created_at < period.end,
                stands_alone(),
            )
        )
    )
    return {**{name: found[name] for name in known}, "none": found[None]}


def _reached(period: Period, states: list[str]) -> Select[str, int]:
    return (
        select(Ticket.kind, Ticket.id)
        .join(TicketMove, TicketMove.ticket_id == Ticket.id)
        .where(
            TicketMove.to_state.in_(states),
            TicketMove.at >= period.start,
            TicketMove.at < period.end,
            stands_alone(),
        )
        .distinct()
    )


def _by_kind(session: Session, query: Select[str, int]) -> Counter[str]:
    return Counter(row[0] for row in session.execute(query))
