"""Visits at the counter: announced, received by one of us, over."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, relationship

from aftersales.store.base import Base, personal, service, technical
from aftersales.store.tables.tickets import Ticket


class Visit(Base):
    """One visit. ``host`` is who looks after the visitor, ``received_by`` who really did.

    Of a visitor without a ticket only a name is kept, and no phone.
    """

    __tablename__ = "visits"
    __table_args__ = (Index("ix_visits_planned_at", "planned_at"),)

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int | None] = technical(ForeignKey("tickets.id"), index=True)
    name: Mapped[str] = personal(String(100))
    purpose: Mapped[str | None] = personal(Text)
    help_note: Mapped[str | None] = personal(Text)
    host: Mapped[str] = personal(String(100))
    planned_at: Mapped[datetime] = service()
    arranged_at: Mapped[datetime] = technical()
    arranged_by: Mapped[str] = personal(String(100))
    arrived_at: Mapped[datetime | None] = service()
    received_at: Mapped[datetime | None] = service()
    received_by: Mapped[str | None] = personal(String(100))
    left_at: Mapped[datetime | None] = service()

    ticket: Mapped[Ticket | None] = relationship()
