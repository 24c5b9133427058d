"""What was owed to customers beside the repair: callbacks, opinions, hand-overs."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftersales.reports.periods import Period
from aftersales.store.tables import CarePlan, HandOver, Satisfaction

CALLBACK = "callback"
SCORES = (5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Callbacks:
    """Calls after the work (standard 8).

    Attributes:
        due: planned for a day of the period and not dropped.
        done_of_due: of these, done by the end of the period.
        done: done in the period, whenever they were due.
        left: due by the end of the period and not done by then.
    """

    due: int
    done_of_due: int
    done: int
    left: int


@dataclass(frozen=True)
class Opinions:
    """What customers said: how many were asked, how many answered, the average of 1 to 5, and the
    answers by score, best first."""

    asked: int
    answered: int
    average: float | None
    by_score: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class HandOvers:
    """Requests for a person: asked in the period, and of these taken and closed by its end."""

    asked: int
    taken: int
    closed: int


def callbacks(session: Session, period: Period) -> Callbacks:
    """Count the calls."""
    plans = session.execute(
        select(CarePlan.due_at, CarePlan.done_at).where(
            CarePlan.kind == CALLBACK, CarePlan.state != "dropped", CarePlan.planned_at < period.end
        )
    ).all()
    due = [done for planned, done in plans if period.has(planned)]
    return Callbacks(
        due=len(due),
        done_of_due=sum(done is not None and done < period.end for done in due),
        done=sum(period.has(done) for _, done in plans),
        left=sum(
            planned < period.end and (done is None or done >= period.end) for planned, done in plans
        ),
    )


def opinions(session: Session, period: Period) -> Opinions:
    """Count what customers were asked and said."""
    asked = session.scalar(
        select(func.count())
        .select_from(Satisfaction)
        .where(Satisfaction.asked_at >= period.start, Satisfaction.asked_at < period.end)
    )
    scores = Counter(
        session.scalars(
            select(Satisfaction.score).where(
                Satisfaction.score.is_not(None),
                Satisfaction.answered_at >= period.start,
                Satisfaction.answered_at < period.end,
            )
        )
    )
    answered = sum(scores.values())
    total = sum((score or 0) * count for score, count in scores.items())
    return Opinions(
        asked=asked or 0,
        answered=answered,
        average=total / answered if answered else None,
        by_score=tuple((score, scores[score]) for score in SCORES),
    )


def hand_overs(session: Session, period: Period) -> HandOvers:
    """Count the requests for a person."""
    rows = session.execute(
        select(HandOver.taken_at, HandOver.closed_at).where(
            HandOver.asked_at >= period.start, HandOver.asked_at < period.end
        )
    ).all()
    return HandOvers(
        asked=len(rows),
        taken=sum(taken is not None and taken < period.end for taken, _ in rows),
        closed=sum(closed is not None and closed < period.end for _, closed in rows),
    )
