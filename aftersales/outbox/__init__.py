"""The outbox: a message that must leave is a row in the transaction of the change that causes it.

- ``write``    one row per key, however often the change is tried
- ``deliver``  the loop's step: send what is due, with attempts, back-off and a dead state
- ``visit``    messages that wait for the customer's next visit

Kinds: ``desk_notice`` for the people who work, ``message`` for a customer who can be reached,
``next_visit`` for one who cannot. Delivery is at least once: a receiver drops a row whose ``key``
it has seen.
"""

from aftersales.outbox.deliver import Delivery, deliver_due, do_revive
from aftersales.outbox.visit import collect_for_visit
from aftersales.outbox.write import (
    DESK_NOTICE,
    MESSAGE,
    NEXT_VISIT,
    enqueue,
    leave_for_visit,
    notify_desk,
    seen,
)

__all__ = [
    "DESK_NOTICE",
    "MESSAGE",
    "NEXT_VISIT",
    "Delivery",
    "collect_for_visit",
    "deliver_due",
    "do_revive",
    "enqueue",
    "leave_for_visit",
    "notify_desk",
    "seen",
]
