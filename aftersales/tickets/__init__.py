"""Tickets: a piece of work promised to a customer, from the confirmed draft to its end.

- ``draft``   what the conversation collected, not yet confirmed
- ``create``  exactly one ticket per draft, however often it is confirmed
- ``states``  which state may follow which; illegal moves are refused with the reason
- ``moves``   every change of state, with who, when and why
- ``gates``   what must be there before a move: a complaint is closed only when it was dealt with
- ``follow``  what every change brings about: deadlines and care
- ``lookup``  what the owner of number and phone may see; limited and uniform
- ``contact``  a colleague spoke with the customer
- ``progress``  how far it has come and what happens next
- ``cancel``  the customer takes it back while nothing has been done
- ``duplicates``, ``add``, ``links``, ``merge``  two tickets about one thing, before and after
- ``withdrawal``  what a cancelled ticket leaves behind

What has to be true before a repair moves, and its papers, are in ``aftersales.workshop``.
"""

from aftersales.people.limits import TooManyAttempts
from aftersales.tickets.add import NotYours, do_add_to_ticket
from aftersales.tickets.cancel import CancelView, do_cancel_ticket
from aftersales.tickets.contact import ContactRefused, do_note_contact
from aftersales.tickets.create import DraftTaken, do_create_ticket
from aftersales.tickets.draft import DraftIncomplete, Finding, TicketDraft, Watch
from aftersales.tickets.duplicates import find_open_duplicates
from aftersales.tickets.gates import ComplaintUnfinished
from aftersales.tickets.links import LinkRefused, do_link_tickets, links_of, stands_for
from aftersales.tickets.lookup import (
    OpenEstimate,
    StatusView,
    find_by_number,
    find_proved,
    status,
    status_by_link,
    view,
)
from aftersales.tickets.merge import MergeRefused, do_merge_tickets
from aftersales.tickets.moves import NeedsWorkshop, do_move_ticket, do_reopen_ticket
from aftersales.tickets.progress import NextStep, Step, next_step, steps
from aftersales.tickets.states import IllegalMove, purpose

__all__ = [
    "CancelView",
    "ComplaintUnfinished",
    "ContactRefused",
    "DraftIncomplete",
    "DraftTaken",
    "Finding",
    "IllegalMove",
    "NextStep",
    "OpenEstimate",
    "LinkRefused",
    "MergeRefused",
    "NotYours",
    "StatusView",
    "Step",
    "TicketDraft",
    "TooManyAttempts",
    "Watch",
    "do_add_to_ticket",
    "do_cancel_ticket",
    "do_create_ticket",
    "do_link_tickets",
    "do_merge_tickets",
    "NeedsWorkshop",
    "do_move_ticket",
    "do_note_contact",
    "do_reopen_ticket",
    "find_open_duplicates",
    "next_step",
    "find_by_number",
    "find_proved",
    "links_of",
    "purpose",
    "stands_for",
    "status",
    "status_by_link",
    "steps",
    "view",
]
