"""What is in the database after a death and after the recovery, and what must be there."""

from dataclasses import dataclass

from sqlalchemy import select

from aftersales.store import Store
from aftersales.store.tables import Consent, Customer, Message, OutboxRow, Ticket


@dataclass(frozen=True)
class Findings:
    """What was found.

    Attributes:
        tickets: how many tickets there are.
        said: what the customer was told, in order.
        heard: how many messages of the customer are stored.
        unanswered: how many of them nobody finished.
        people: how many customers and how many lines of consent.
        on_the_way: rows of the outbox that have not arrived.
    """

    tickets: int
    said: tuple[str, ...]
    heard: int
    unanswered: int
    people: tuple[int, int]
    on_the_way: int

    def faults(self, scenario: str) -> list[str]:
        """Return what is not as it must be once everybody has recovered."""
        wanted = {"confirm": (1, 3), "answer": (0, 1)}[scenario]
        found: list[str] = []
        if self.tickets != wanted[0]:
            found.append(f"{self.tickets} tickets")
        if len(self.said) != wanted[1] or len(set(self.said)) != len(self.said):
            found.append(f"told {list(self.said)}")
        if self.heard != 1 or self.unanswered:
            found.append(f"{self.heard} heard, {self.unanswered} unanswered")
        if self.people != ((1, 1) if scenario == "confirm" else (0, 0)):
            found.append(f"customers, consents {self.people}")
        if self.on_the_way:
            found.append(f"{self.on_the_way} on the way")
        return found

    def excess(self) -> list[str]:
        """Return what may not be at any moment, also before the recovery: too much of something."""
        found = [f"{self.tickets} tickets"] if self.tickets > 1 else []
        if len(set(self.said)) != len(self.said):
            found.append(f"told twice {list(self.said)}")
        return found


def look(store: Store) -> Findings:
    """Return what is in the database."""
    with store.session(read_only=True) as session:
        messages = list(session.scalars(select(Message).order_by(Message.id)))
        heard = [m for m in messages if m.direction == "in"]
        rows = session.scalars(select(OutboxRow.state)).all()
        return Findings(
            tickets=len(session.scalars(select(Ticket.id)).all()),
            said=tuple(m.text for m in messages if m.direction == "out"),
            heard=len(heard),
            unanswered=sum(m.answered_at is None for m in heard),
            people=(
                len(session.scalars(select(Customer.id)).all()),
                len(session.scalars(select(Consent.id)).all()),
            ),
            on_the_way=sum(state != "delivered" for state in rows),
        )
