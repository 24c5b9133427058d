"""Estimates: what a repair would cost, offered to the customer, and the answer."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from aftersales.store.base import Base, personal, service, technical
from aftersales.store.tables.tickets import Ticket


class Estimate(Base):
    """One version of an estimate; money in fen (1/100 yuan).

    States: draft, sent, accepted, declined, expired, replaced, withdrawn. ``decision_key`` makes a
    second tap find the first decision.
    """

    __tablename__ = "estimates"
    __table_args__ = (
        UniqueConstraint("ticket_id", "version"),
        Index("ix_estimates_due", "state", "valid_until"),
    )

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"))
    version: Mapped[int] = service()
    state: Mapped[str] = service(String(10))
    currency: Mapped[str] = service(String(3))
    total_fen: Mapped[int] = service()
    note: Mapped[str | None] = personal(Text)
    valid_until: Mapped[datetime] = service()
    made_by: Mapped[str] = personal(String(100))
    made_at: Mapped[datetime] = service()
    sent_at: Mapped[datetime | None] = service()
    reminded_at: Mapped[datetime | None] = technical()
    decided_at: Mapped[datetime | None] = service()
    decided_by: Mapped[str | None] = personal(String(100))
    decision_key: Mapped[str | None] = technical(String(60), unique=True)
    decline_reason: Mapped[str | None] = service(String(30))

    ticket: Mapped[Ticket] = relationship()
    lines: Mapped[list["EstimateLine"]] = relationship(
        order_by="EstimateLine.position", cascade="all, delete-orphan"
    )


class EstimateLine(Base):
    """One line: a part, labour or postage; the unit price in fen, never negative."""

    __tablename__ = "estimate_lines"

    estimate_id: Mapped[int] = technical(ForeignKey("estimates.id"), primary_key=True)
    position: Mapped[int] = technical(primary_key=True)
    kind: Mapped[str] = service(String(10))
    label: Mapped[str] = service(String(100))
    quantity: Mapped[int] = service()
    unit_fen: Mapped[int] = service()
