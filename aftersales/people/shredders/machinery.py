"""What the machinery needs: messages on their way, and who of the workers leads."""

from aftersales.people.shredders.registry import Clause, Subject, about, keeps
from aftersales.store.tables import Lease, OutboxRow

keeps(Lease, why="names processes, no people")


@about(OutboxRow, then="delete", exported=False)
def outbox(subject: Subject) -> Clause:
    """Messages to the person; news of an open ticket still has to arrive."""
    return OutboxRow.sender.in_(subject.leaving)
