"""What every life in the shop needs."""

import random
from collections.abc import Generator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.deadlines import Clocks
from aftersales.ids import RandomIds
from aftersales.store.tables import Ticket
from aftersales.tickets import Finding, TicketDraft, Watch, do_create_ticket, purpose
from tools.year.people import Person, Town

#: A life says when it wants to go on, and is told the moment when that has come.
Life = Generator[datetime, datetime, None]


class Shop:
    """Session, chance and staff; the clock is given with every call."""

    def __init__(self, session: Session, seed: int) -> None:
        # Seeded on purpose: the same seed is the same year.
        self.chance = random.Random(seed)  # noqa: S311
        self.session = session
        self.ids = RandomIds(random.Random(seed + 1))  # noqa: S311
        self.book: Mapping[str, Any] = knowledge.load("year")
        self.town = Town(self.book, self.chance)
        self.clocks = Clocks.from_knowledge()
        self.created = 0

    def maybe(self, share: float) -> bool:
        """Say yes in this share of the cases."""
        return self.chance.random() < share

    def words(self, name: str) -> str:
        """Return one of the invented texts of a kind."""
        return str(self.chance.choice(self.book[name]))

    def staff(self, role: str) -> str:
        """Return somebody of a role."""
        return str(self.chance.choice(self.book["staff"][role]))

    def open(
        self, kind: str, person: Person, channel: str, now: datetime, watch: Watch | None = None
    ) -> Ticket:
        """Make a ticket as the conversation makes it."""
        fault = self.chance.choice(self.book["faults"])
        findings = [Finding(*pair) for pair in fault["findings"]] if kind == "repair" else []
        draft = TicketDraft(
            draft_id=self.ids.draft_id(),
            kind=kind,
            name=person.name,
            phone=person.phone,
            channel=channel,
            sender=person.sender,
            watch=watch or Watch(),
            fault=fault["says"] if kind == "repair" else self.words(kind),
            findings=findings,
            consent_version=purpose(kind)["version"],
        )
        self.created += 1
        return do_create_ticket(self.session, draft, now, self.ids)

    def later(self, now: datetime, least_hours: float, most_hours: float) -> datetime:
        """Return a moment by the wall clock: customers act at any hour."""
        return now + timedelta(hours=self.chance.uniform(least_hours, most_hours))

    def at_work(self, now: datetime, least_hours: float, most_hours: float) -> datetime:
        """Return a moment when so much working time has passed; always later than now."""
        span = timedelta(hours=self.chance.uniform(least_hours, most_hours))
        return self.clocks.add("working", now, span) or now + timedelta(days=1)
