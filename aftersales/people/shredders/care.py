"""Callbacks, reminders and opinions: what was done and the marks stay, the words go."""

from aftersales.people.shredders.registry import Clause, Subject, about
from aftersales.store.tables import CarePlan, Satisfaction


@about(CarePlan, then="delete")
def care_plans(subject: Subject) -> Clause:
    """Nobody is left to be reminded."""
    return CarePlan.ticket_id.in_(subject.tickets)


@about(Satisfaction, then="blank")
def satisfaction(subject: Subject) -> Clause:
    """The mark counts on in the reports; who gave it and in which words does not."""
    return Satisfaction.sender.in_(subject.leaving) | Satisfaction.ticket_id.in_(subject.tickets)
