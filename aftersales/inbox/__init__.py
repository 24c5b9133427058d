"""The inbox: whatever is delivered to us twice is worked on once.

- ``keys``     how each kind of delivery names itself
- ``receive``  do the work of a delivery, or find what its first arrival came to
"""

from aftersales.inbox.keys import event_key, outbox_key, tap_key, wechat_key
from aftersales.inbox.receive import KeyTooLong, Result, Source, do_once, find_result

__all__ = [
    "KeyTooLong",
    "Result",
    "Source",
    "do_once",
    "event_key",
    "find_result",
    "outbox_key",
    "tap_key",
    "wechat_key",
]
