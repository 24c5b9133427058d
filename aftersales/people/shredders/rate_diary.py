"""Rate diaries: how a watch ran, reported by its owner."""

from sqlalchemy import select

from aftersales.people.shredders.registry import Clause, Subject, about
from aftersales.store.tables import RateDiary, RateReading


@about(RateReading, then="delete")
def readings(subject: Subject) -> Clause:
    """The readings of the person's diaries."""
    theirs = select(RateDiary.id).where(RateDiary.sender.in_(subject.senders))
    return RateReading.diary_id.in_(theirs)


@about(RateDiary, then="delete")
def diaries(subject: Subject) -> Clause:
    """The diaries."""
    return RateDiary.sender.in_(subject.senders)
