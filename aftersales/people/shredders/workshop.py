"""The workshop's records: the work is kept, the customer's signature and free words are not."""

from aftersales.people.shredders.registry import Clause, Subject, about
from aftersales.store.tables import Assignment, Paper, PartUsed, Payment, WorkLog


@about(Paper, then="blank", colleagues=["issued_by", "handed_by", "closed_by"])
def papers(subject: Subject) -> Clause:
    """The documents: numbers and dates stay, who signed does not."""
    return Paper.ticket_id.in_(subject.tickets)


@about(Paper, then="blank", columns=["closed_by"], exported=False)
def closed_by_the_customer(subject: Subject) -> Clause:
    """Papers that became void because the customer cancelled carry the conversation's id."""
    return Paper.ticket_id.in_(subject.tickets) & Paper.closed_by.in_(subject.senders)


@about(Assignment, then="blank", colleagues=["technician", "assigned_by"])
def assignments(subject: Subject) -> Clause:
    """Who was sent stays, the reason given in words does not."""
    return Assignment.ticket_id.in_(subject.tickets)


@about(WorkLog, then="blank", colleagues=["technician"])
def work_logs(subject: Subject) -> Clause:
    """Hours worked: service record; there is nothing of the customer in it."""
    return WorkLog.ticket_id.in_(subject.tickets)


@about(PartUsed, then="blank", colleagues=["technician"])
def parts_used(subject: Subject) -> Clause:
    """Parts put in: service record."""
    return PartUsed.ticket_id.in_(subject.tickets)


@about(Payment, then="blank", colleagues=["noted_by", "collected_by", "invoiced_by"])
def payments(subject: Subject) -> Clause:
    """Amounts and invoice numbers stay for the books, the reason given in words does not."""
    return Payment.ticket_id.in_(subject.tickets)
