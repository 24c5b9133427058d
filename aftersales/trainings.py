"""Free technical training for dealers, within a month of asking (standard 9).

Internal work of class D: nobody pays, and no watch is on the bench. The month is a deadline like
any other: warned of, escalated, in the monthly report.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import deadlines
from aftersales.store import audit, locks
from aftersales.store.tables import Deadline, Training

KIND = "training"
_MOST_CHARS = 500


class TrainingRefused(ValueError):
    """It is not written down; ``problem`` is a key of ``knowledge/trainings.yml``."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def do_ask_training(
    session: Session,
    dealer: str,
    topic: str,
    asked_at: datetime,
    now: datetime,
    who: str,
    contact: str | None = None,
) -> Training:
    """Write down that a dealer asked for a training; its month begins when he asked.

    Args:
        session: a transaction.
        dealer: whose people are to be trained.
        topic: what they want to learn.
        asked_at: when he asked.
        now: the moment.
        who: who writes it down.
        contact: how to reach the dealer.

    Raises:
        TrainingRefused: a dealer or a topic is missing, or he asks in the future.
    """
    if not dealer.strip() or not topic.strip():
        raise TrainingRefused("words")
    if asked_at > now:
        raise TrainingRefused("future")
    training = Training(
        dealer=dealer.strip()[:100],
        contact=(contact or "").strip()[:200] or None,
        topic=topic.strip()[:300],
        asked_at=asked_at,
        noted_by=who[:100],
    )
    session.add(training)
    session.flush()
    deadlines.do_start(session, KIND, str(training.id), asked_at)
    _audit(session, training, "do_ask_training", now, who)
    return training


def do_finish_training(
    session: Session,
    training: Training,
    trainer: str,
    done_at: datetime,
    now: datetime,
    who: str,
    outcome: str | None = None,
) -> None:
    """Write down that it was held.

    Args:
        session: a transaction.
        training: the request.
        trainer: who of us held it.
        done_at: when.
        now: the moment.
        who: who writes it down.
        outcome: in words.

    Raises:
        TrainingRefused: it is over, nobody held it, or it was held before it was asked for or in
            the future.
    """
    _need_open(session, training)
    if not trainer.strip():
        raise TrainingRefused("trainer")
    if not training.asked_at <= done_at <= now:
        raise TrainingRefused("future")
    training.done_at, training.trainer = done_at, trainer.strip()[:100]
    training.outcome = (outcome or "").strip()[:_MOST_CHARS] or None
    deadlines.do_meet(session, deadline_of(session, training), done_at)
    _audit(session, training, "do_finish_training", now, who)


def do_call_off_training(
    session: Session, training: Training, why: str, now: datetime, who: str
) -> None:
    """Write down that the dealer does not want it any more.

    Raises:
        TrainingRefused: it is over, or no reason is given.
    """
    _need_open(session, training)
    if not why.strip():
        raise TrainingRefused("words")
    training.done_at, training.outcome = now, why.strip()[:_MOST_CHARS]
    deadlines.do_drop(session, deadline_of(session, training), now, "called off")
    _audit(session, training, "do_call_off_training", now, who)


def open_trainings(session: Session) -> Sequence[Training]:
    """Return the trainings still owed, the earliest asked first."""
    return session.scalars(
        select(Training)
        .where(Training.done_at.is_(None))
        .order_by(Training.asked_at, Training.id)
    ).all()  # fmt: skip


def deadline_of(session: Session, training: Training) -> Deadline:
    """Return the deadline of a training."""
    return deadlines.find(session, f"{KIND}:{training.id}")


def _need_open(session: Session, training: Training) -> None:
    locks.hold(session, training)
    if training.done_at is not None:
        raise TrainingRefused("over")


def _audit(session: Session, training: Training, what: str, now: datetime, who: str) -> None:
    session.flush()
    audit.record(session, who=who, what=what, subject=("training", training.id), now=now)
