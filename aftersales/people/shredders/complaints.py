"""Complaints: kind of cause and dates stay for the reports, what was written goes."""

from aftersales.people.shredders.registry import Clause, Subject, about
from aftersales.store.tables import ComplaintCase


@about(
    ComplaintCase,
    then="blank",
    colleagues=["answered_by", "staff"],
    hidden=["cause", "cause_note", "measure", "upheld", "found_at"],
)
def complaint_cases(subject: Subject) -> Clause:
    """Answer, measure and cause tell of the customer in words."""
    return ComplaintCase.ticket_id.in_(subject.tickets)
