"""What runs, for people to read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.deadlines.schema import kinds
from aftersales.people.consent import withdrawn
from aftersales.store.tables import Deadline


@dataclass(frozen=True)
class Running:
    """One running deadline. ``state`` is running, paused, warned or broken; moments are UTC."""

    key: str
    kind: str
    name: str
    clock: str
    number: str | None
    due_at: datetime | None
    state: str
    role: str


def running(session: Session, now: datetime) -> list[Running]:
    """Return the running deadlines, the earliest first; those without a moment last.

    A customer who took his consent back is not to be called: what would need that is left out.
    """
    data = knowledge.load("deadlines")
    rows = session.scalars(
        select(Deadline).where(Deadline.met_at.is_(None), Deadline.dropped_at.is_(None))
    ).all()
    taken_back, known = withdrawn(session), kinds()
    rows = [
        row
        for row in rows
        if row.kind in known
        and not (
            known[row.kind].call
            and row.ticket is not None
            and (row.ticket.sender, row.ticket.kind) in taken_back
        )
    ]
    rows = sorted(rows, key=lambda row: (row.due_at is None, row.due_at or now, row.id))
    return [
        Running(
            key=row.key,
            kind=row.kind,
            name=data["kinds"][row.kind]["name"],
            clock=row.clock,
            number=row.ticket.number if row.ticket is not None else None,
            due_at=row.due_at,
            state=_state(row, now),
            role=data["roles"][_holder(row, data["kinds"][row.kind]["chain"])],
        )
        for row in rows
    ]


def _state(row: Deadline, now: datetime) -> str:
    if row.pause is not None:
        return "paused"
    if row.due_at is not None and row.due_at < now:
        return "broken"
    return "warned" if row.warned_at is not None else "running"


def _holder(row: Deadline, chain: list[str]) -> str:
    """Who was told last: the first of the chain before anything happened."""
    return chain[min(max(row.steps_done - 1, 0), len(chain) - 1)]
