"""What every action is given from outside: the store, the clock, the ids."""

from dataclasses import dataclass

from aftersales.clock import Clock
from aftersales.ids import Ids
from aftersales.settings import Secret
from aftersales.store import Store


@dataclass(frozen=True)
class Services:
    """The outside world as the actions see it.

    Attributes:
        store: opens database sessions.
        clock: tells the time when the message carries none.
        ids: makes ticket numbers and draft ids.
        secret: signs addresses that the web serves; without one none are given out.
    """

    store: Store
    clock: Clock
    ids: Ids
    secret: Secret | None = None
