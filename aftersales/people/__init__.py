"""People: customers, what they agreed to, and how their data is shown.

- ``customers``  one row per phone number, made when the first ticket is
- ``consent``    the ledger of what was agreed to, in which wording
- ``masking``    ``138****5678`` and the like, fixed once for every way out
- ``phones``     one spelling and one digest per phone number
- ``erased``     numbers of people who had themselves deleted: recognised, not readable
- ``limits``     how often somebody may try to look something up
"""

from aftersales.people.consent import do_record_consent, do_withdraw_consent, has_consent
from aftersales.people.customers import do_upsert_customer, find_customer
from aftersales.people.limits import TooManyAttempts
from aftersales.people.masking import (
    mask_address,
    mask_name,
    mask_phone,
    mask_phone_end,
    mask_serial,
)
from aftersales.people.phones import PhoneUnusable, last4, normal_phone

__all__ = [
    "PhoneUnusable",
    "TooManyAttempts",
    "do_record_consent",
    "do_upsert_customer",
    "do_withdraw_consent",
    "find_customer",
    "has_consent",
    "last4",
    "mask_address",
    "mask_name",
    "mask_phone",
    "mask_phone_end",
    "mask_serial",
    "normal_phone",
]
