"""Our own people: no customer's deletion reaches them."""

from aftersales.people.shredders.registry import keeps
from aftersales.store.tables import StaffMember

keeps(StaffMember, why="colleagues, not customers; they go some time after they left")
