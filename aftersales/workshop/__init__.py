"""The workshop: a repair from the call to the archive, with the six papers of the source document.

- ``actions``      what may be done in which state; every ``do_…`` here starts with ``begin``
- ``refusals``     why something is not done, in words for the people who work
- ``registering``  叫修登记: mode, class and address; the voucher goes to the chief
- ``modes``        counter, mail-in, on-site, and the small steps inside a state
- ``classes``      A charged, B by contract, C free, D internal, each with its reason
- ``classifying``  the class decided anew
- ``assignments``  主任派工: who has the work
- ``visits``       the service itself: done on the spot, or taken in
- ``approval``     nothing charged is repaired before the customer agreed
- ``bench``        repairing, waiting for parts, sending to the check, giving up
- ``work``         hours really worked and parts put in
- ``checks``       主任验讫: passed, or sent back with the reason
- ``receipts``     the customer's receipt: issued, lost, taken back and void
- ``returns``      the watch goes back against a signature
- ``payments``     collected on the spot, invoiced by voucher, waived, or nothing to collect
- ``archiving``    the end, and cancelling before anything was done
- ``papers``       the six documents as records
- ``dossier``      everything a paper prints, read in one go

``aftersales.tickets.do_move_ticket`` refuses to move a repair: people who work go through here. The
layer below, ``aftersales.tickets.moves.do_move_checked``, knows the table of moves, not what has to
be true first; only this package and ``aftersales.estimates`` call it.
"""

from aftersales.workshop.approval import (
    do_ask_approval,
    do_record_approval,
    is_approved,
)
from aftersales.workshop.archiving import do_archive, do_cancel_call
from aftersales.workshop.assignments import do_assign
from aftersales.workshop.bench import (
    do_give_up_repair,
    do_resume_repair,
    do_send_to_check,
    do_start_repair,
    do_wait_for_parts,
)
from aftersales.workshop.checks import do_fail_check, do_pass_check
from aftersales.workshop.classes import is_chargeable
from aftersales.workshop.classifying import do_classify
from aftersales.workshop.dossier import Dossier, dossier
from aftersales.workshop.modes import do_note_stage
from aftersales.workshop.papers import FOR_CUSTOMERS, KINDS, find_paper
from aftersales.workshop.payments import (
    do_collect,
    do_issue_invoice,
    do_waive_fee,
    settlement_left,
)
from aftersales.workshop.receipts import do_report_receipt_lost
from aftersales.workshop.refusals import Refused
from aftersales.workshop.registering import do_register_call
from aftersales.workshop.returns import do_hand_back
from aftersales.workshop.visits import do_finish_on_spot, do_start_service, do_take_in
from aftersales.workshop.work import do_log_work, do_use_part

__all__ = [
    "FOR_CUSTOMERS",
    "KINDS",
    "Dossier",
    "Refused",
    "do_archive",
    "do_ask_approval",
    "do_assign",
    "do_cancel_call",
    "do_classify",
    "do_collect",
    "do_fail_check",
    "do_finish_on_spot",
    "do_give_up_repair",
    "do_hand_back",
    "do_issue_invoice",
    "do_log_work",
    "do_note_stage",
    "do_pass_check",
    "do_record_approval",
    "do_register_call",
    "do_report_receipt_lost",
    "do_resume_repair",
    "do_send_to_check",
    "do_start_repair",
    "do_start_service",
    "do_take_in",
    "do_use_part",
    "do_wait_for_parts",
    "do_waive_fee",
    "dossier",
    "find_paper",
    "is_approved",
    "is_chargeable",
    "settlement_left",
]
