"""Tickets: the work done on a watch is kept as the service record, whose watch it was is not."""

from aftersales.people.shredders.registry import Clause, Subject, about
from aftersales.store.tables import Photo, Ticket, TicketFinding, TicketLink, TicketMove


@about(Ticket, then="blank")
def tickets(subject: Subject) -> Clause:
    """Those whose work is done."""
    return Ticket.id.in_(subject.tickets)


@about(TicketFinding, then="blank")
def findings(subject: Subject) -> Clause:
    """What was found out, in the person's words."""
    return TicketFinding.ticket_id.in_(subject.tickets)


@about(TicketMove, then="blank", columns=["why"], colleagues=["who"])
def reasons(subject: Subject) -> Clause:
    """Reasons given for moves: free text."""
    return TicketMove.ticket_id.in_(subject.tickets)


@about(TicketMove, then="blank", columns=["who"], exported=False)
def movers(subject: Subject) -> Clause:
    """Moves the person made; those of colleagues keep their names."""
    return TicketMove.ticket_id.in_(subject.tickets) & TicketMove.who.in_(subject.senders)


@about(TicketLink, then="blank", exported=False)
def links(subject: Subject) -> Clause:
    """Links the person made."""
    return TicketLink.who.in_(subject.leaving)


@about(Photo, then="delete", files="name")
def photos(subject: Subject) -> Clause:
    """Pictures on tickets whose work is done, and those that hang on none."""
    loose = Photo.sender.in_(subject.senders) & Photo.ticket_id.is_(None)
    return loose | Photo.ticket_id.in_(subject.tickets)
