"""Everything a paper prints about one repair, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from aftersales.estimates.approval import find_agreed
from aftersales.faults import cause_text
from aftersales.store.tables import (
    Assignment,
    Estimate,
    Paper,
    PartUsed,
    Payment,
    Ticket,
    TicketMove,
    WorkLog,
)
from aftersales.workshop.papers import REPAIR_CARD
from aftersales.workshop.payments import find_payment
from aftersales.workshop.work import logs_of, parts_of


@dataclass(frozen=True)
class Dossier:
    """A repair with its papers. Personal data is in full: only the workshop reads it.

    Attributes:
        ticket: the ticket, with its findings and moves.
        papers: the issued ones by kind.
        assignments: oldest first.
        logs: hours really worked, oldest first.
        parts: parts put in, oldest first.
        payment: how it is paid, when noted.
        agreed: the estimate the customer agreed to and that still counts, or None.
    """

    ticket: Ticket
    papers: Mapping[str, Paper]
    assignments: Sequence[Assignment]
    logs: Sequence[WorkLog]
    parts: Sequence[PartUsed]
    payment: Payment | None
    agreed: Estimate | None = None

    @property
    def technician(self) -> str | None:
        """Who has, or last had, the work."""
        return self.assignments[-1].technician if self.assignments else None

    @property
    def minutes(self) -> int:
        """Time really worked, in minutes."""
        return sum(log.minutes for log in self.logs)

    @property
    def parts_fen(self) -> int:
        """What the parts cost, in fen; parts without a price count nothing."""
        return sum((part.unit_fen or 0) * part.quantity for part in self.parts)

    def reached(self, state: str) -> TicketMove | None:
        """Return the latest move into a state, or None."""
        return next((m for m in reversed(self.ticket.moves) if m.to_state == state), None)

    @property
    def cause(self) -> str | None:
        """What the bench found and remarked on the repair card; None when it wrote nothing."""
        card = self.papers.get(REPAIR_CARD)
        return cause_text(card.cause, card.note) if card is not None else None

    @property
    def passed(self) -> TicketMove | None:
        """The chief's pass, or None: not checked, or given back unrepaired."""
        move = self.reached("awaiting_return")
        return move if move is not None and move.from_state == "awaiting_check" else None

    @property
    def sent_back(self) -> list[TicketMove]:
        """Each time the chief sent the watch back to the bench."""
        return [
            m for m in self.ticket.moves
            if m.from_state == "awaiting_check" and m.to_state == "repairing"
        ]  # fmt: skip

    @property
    def unrepaired(self) -> TicketMove | None:
        """The decision to give the watch back unrepaired, or None."""
        move = self.reached("awaiting_return")
        return move if move is not None and move.from_state != "awaiting_check" else None

    @property
    def done_at(self) -> datetime | None:
        """When the work was done for the customer: on the spot, or by the return."""
        move = self.reached("returned") or self.reached("done_on_spot")
        return move.at if move else None


def dossier(session: Session, ticket: Ticket) -> Dossier:
    """Read everything about one repair."""
    return Dossier(
        ticket=ticket,
        papers={paper.kind: paper for paper in ticket.papers},
        assignments=ticket.assignments,
        logs=logs_of(session, ticket),
        parts=parts_of(session, ticket),
        payment=find_payment(session, ticket),
        agreed=find_agreed(session, ticket),
    )
