"""Complaints and customer opinion (客户意见): found out, put right, answered, closed.

- ``cases``    one round per complaint and reopening; about what, the cause, the measure
- ``answers``  what the customer is told, closing, reopening
- ``ladder``   internal: how often complaints about one of our people were upheld
- ``view``     what the customer may see, and what only the house sees
"""

from aftersales.complaints.answers import (
    TellsInternal,
    do_answer_complaint,
    do_close_complaint,
    do_reopen_complaint,
)
from aftersales.complaints.cases import (
    NotAComplaint,
    do_record_cause,
    do_record_finding,
    do_record_measure,
    do_take_case,
)
from aftersales.complaints.ladder import Ladder, ladder
from aftersales.complaints.view import CustomerView, InternalView, for_customer, internal
from aftersales.tickets.gates import ComplaintUnfinished

__all__ = [
    "ComplaintUnfinished",
    "CustomerView",
    "InternalView",
    "Ladder",
    "NotAComplaint",
    "TellsInternal",
    "do_answer_complaint",
    "do_close_complaint",
    "do_record_cause",
    "do_record_finding",
    "do_record_measure",
    "do_reopen_complaint",
    "do_take_case",
    "for_customer",
    "internal",
    "ladder",
]
