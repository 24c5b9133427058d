"""Deadlines kept and broken, per kind.

Every deadline counts once, in the month of its outcome: a kept one where it was met, a broken one
where it was due (also when it was met later), a dropped one where nothing was owed any more. What
still runs or stands still at the end of the period is counted beside them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.reports.figures import share
from aftersales.reports.periods import Period
from aftersales.store.tables import Deadline, DeadlinePause

Outcome = Literal["kept", "broken", "dropped", "paused", "running"]


@dataclass(frozen=True)
class Kept:
    """The outcomes of one kind of deadline."""

    kind: str
    kept: int
    broken: int
    dropped: int
    paused: int
    running: int

    @property
    def share(self) -> float | None:
        """Kept of those that were decided, from 0 to 1; None when none was."""
        return share(self.kept, self.kept + self.broken)


def deadlines_kept(session: Session, period: Period) -> tuple[Kept, ...]:
    """Count the outcomes, one line per kind of ``knowledge/deadlines.yml``."""
    counts = Counter((row.kind, found) for row, found in outcomes(session, period))
    return tuple(_line(kind, counts) for kind in knowledge.load("deadlines")["kinds"])


def outcomes(session: Session, period: Period) -> Iterator[tuple[Deadline, Outcome]]:
    """Return the deadlines that count in the period, each with what became of it."""
    paused = set(
        session.scalars(
            select(DeadlinePause.deadline_id).where(
                DeadlinePause.begun_at < period.end,
                or_(DeadlinePause.ended_at.is_(None), DeadlinePause.ended_at >= period.end),
            )
        )
    )
    rows = session.scalars(
        select(Deadline)
        .where(
            Deadline.started_at < period.end,
            or_(Deadline.met_at.is_(None), Deadline.met_at >= period.start),
            or_(Deadline.dropped_at.is_(None), Deadline.dropped_at >= period.start),
        )
        .order_by(Deadline.id)
    )
    for row in rows:
        found = outcome(row, period, row.id in paused)
        if found is not None:
            yield row, found


def outcome(row: Deadline, period: Period, is_paused: bool) -> Outcome | None:
    """Return what became of a deadline in the period, or None when it belongs to another one.

    Args:
        row: the deadline.
        period: the period.
        is_paused: whether its clock stood still when the period ended.
    """
    met, dropped, due = row.met_at, row.dropped_at, row.due_at
    ended = met or dropped
    if is_paused and (ended is None or ended >= period.end):
        return "paused"
    if due is not None and due < (ended or period.end):
        return "broken" if period.has(due) else None
    if ended is None or ended >= period.end:
        return "running"
    if not period.has(ended):
        return None
    return "kept" if met is not None else "dropped"


def of_kinds(lines: Iterable[Kept], kinds: Iterable[str]) -> Mapping[str, Kept]:
    """Return some of the lines by kind."""
    wanted = set(kinds)
    return {line.kind: line for line in lines if line.kind in wanted}


def _line(kind: str, counts: Mapping[tuple[str, Outcome], int]) -> Kept:
    return Kept(
        kind=kind,
        kept=counts.get((kind, "kept"), 0),
        broken=counts.get((kind, "broken"), 0),
        dropped=counts.get((kind, "dropped"), 0),
        paused=counts.get((kind, "paused"), 0),
        running=counts.get((kind, "running"), 0),
    )
