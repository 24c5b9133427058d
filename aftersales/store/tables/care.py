"""Looking after customers when the work is done: plans to call or remind, and what they think."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from aftersales.store.base import Base, personal, service, technical
from aftersales.store.tables.people import Customer
from aftersales.store.tables.tickets import Ticket


class CarePlan(Base):
    """A call after the work (``callback``) or a reminder of maintenance (``maintenance``).

    States: planned, told (the customer was reminded), done, dropped.
    """

    __tablename__ = "care_plans"
    __table_args__ = (
        UniqueConstraint("ticket_id", "kind"),
        Index("ix_care_plans_due", "state", "due_at"),
    )

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"))
    customer_id: Mapped[int] = technical(ForeignKey("customers.id"), index=True)
    kind: Mapped[str] = service(String(20))
    movement: Mapped[str | None] = service(String(20))
    state: Mapped[str] = technical(String(10))
    planned_at: Mapped[datetime] = service()
    due_at: Mapped[datetime] = service()
    told_at: Mapped[datetime | None] = service()
    done_at: Mapped[datetime | None] = service()
    outcome: Mapped[str | None] = personal(Text)

    ticket: Mapped[Ticket] = relationship()
    customer: Mapped[Customer] = relationship()


class Satisfaction(Base):
    """What a customer thinks, asked once per case.

    ``case_key`` is ``ticket:`` and a number, or ``talk:`` and a digest when only the bot served.
    ``score`` is 1 to 5; the two opinions are those of the document's service record.
    """

    __tablename__ = "satisfaction"
    __table_args__ = (Index("ix_satisfaction_sender", "sender", "asked_at"),)

    id: Mapped[int] = technical(primary_key=True)
    case_key: Mapped[str] = technical(String(80), unique=True)
    ticket_id: Mapped[int | None] = technical(ForeignKey("tickets.id"), index=True)
    sender: Mapped[str] = personal(String(100))
    channel: Mapped[str] = technical(String(30))
    asked_at: Mapped[datetime | None] = service()
    answered_at: Mapped[datetime | None] = service()
    score: Mapped[int | None] = service()
    comment: Mapped[str | None] = personal(Text)
    on_product: Mapped[str | None] = personal(Text)
    on_service: Mapped[str | None] = personal(Text)
