"""Looking after customers when the work is done.

- ``file``          the document's customer file: name, address, phone, products owned
- ``record``        the document's service record, all its fields, out of the tables
- ``plans``         the call after the work and the reminder of maintenance
- ``reminders``     told at the next visit: only with consent, never after an opt-out
- ``withdrawal``    the calls owed to a customer end with his consent
- ``satisfaction``  asked once per case, also when only the bot served
"""

from aftersales.care.file import CustomerFile, Product, customer_file, do_update_file
from aftersales.care.plans import (
    Due,
    do_finish_callback,
    do_follow_ticket,
    due_list,
    is_erased,
)
from aftersales.care.record import ServiceRecord, do_record_findings, service_record
from aftersales.care.reminders import (
    REMINDER,
    do_accept_reminders,
    do_look_again,
    do_stop_reminders,
    do_sweep,
    reminder,
    wants_no_reminders,
)
from aftersales.care.satisfaction import (
    Opinion,
    do_answer_question,
    do_ask_about_talk,
    do_mark_asked,
    do_record_opinion,
    read_opinion,
)
from aftersales.care.withdrawal import do_withdraw_all

__all__ = [
    "REMINDER",
    "CustomerFile",
    "Due",
    "Opinion",
    "Product",
    "ServiceRecord",
    "customer_file",
    "do_accept_reminders",
    "do_answer_question",
    "do_ask_about_talk",
    "do_finish_callback",
    "do_follow_ticket",
    "do_look_again",
    "do_mark_asked",
    "do_record_findings",
    "do_record_opinion",
    "do_stop_reminders",
    "do_sweep",
    "do_update_file",
    "do_withdraw_all",
    "due_list",
    "is_erased",
    "read_opinion",
    "reminder",
    "service_record",
    "wants_no_reminders",
]
