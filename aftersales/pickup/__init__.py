"""The pick-up code: six digits the customer says when the watch is handed over.

- ``codes``  issued when the watch is ready, worked out for its owner's page, checked at the counter
"""

from aftersales.pickup.codes import (
    CodeLocked,
    NothingToPickUp,
    do_check_pickup_code,
    do_issue_pickup_code,
    find_pickup,
    pickup_code,
    was_said,
)

__all__ = [
    "CodeLocked",
    "NothingToPickUp",
    "do_check_pickup_code",
    "do_issue_pickup_code",
    "find_pickup",
    "pickup_code",
    "was_said",
]
