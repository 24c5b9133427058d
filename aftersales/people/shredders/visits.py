"""Visits: when somebody came and how long he waited stays, who it was and what for does not."""

from aftersales.people.shredders.registry import Clause, Subject, about
from aftersales.store.tables import Visit


@about(Visit, then="blank", colleagues=["host", "arranged_by", "received_by"])
def visits(subject: Subject) -> Clause:
    """Visits about the person's tickets; those without one go by their age."""
    return Visit.ticket_id.in_(subject.tickets)
