"""Estimates and what they stand on: amounts and conditions stay, notes and pictures go."""

from aftersales.people.shredders.registry import Clause, Subject, about, keeps
from aftersales.store.tables import Estimate, EstimateLine, IntakeItem, Link


@about(Estimate, then="blank", colleagues=["made_by"])
def estimates(subject: Subject) -> Clause:
    """What was offered and the answer are kept for the books; who answered is not."""
    return Estimate.ticket_id.in_(subject.tickets)


@about(IntakeItem, then="blank", colleagues=["checked_by"])
def intake_items(subject: Subject) -> Clause:
    """The condition stays; its pictures are rows of ``photos`` of the same ticket."""
    return IntakeItem.ticket_id.in_(subject.tickets)


@about(Link, then="delete", exported=False, colleagues=["issued_by"])
def links(subject: Subject) -> Clause:
    """A link that leads to somebody's ticket must lead nowhere."""
    return Link.ticket_id.in_(subject.tickets)


keeps(EstimateLine, why="work, parts and amounts: for the books, nothing of a person")
