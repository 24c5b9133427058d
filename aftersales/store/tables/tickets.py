"""Tickets: repairs, complaints and callbacks, what was found out beforehand, and every move they
made."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, relationship

from aftersales.store.base import Base, personal, service, technical
from aftersales.store.tables.people import Customer
from aftersales.store.tables.photos import Photo

if TYPE_CHECKING:
    from aftersales.store.tables.workshop import Assignment, Paper


class Ticket(Base):
    """One piece of work promised to a customer. ``draft_id`` makes a second confirmation find the
    first ticket. ``class_hint`` is a first guess; ``service_class`` is what the workshop decided,
    with its reason. ``stage`` is the step inside a state, such as a parcel on its way."""

    __tablename__ = "tickets"
    __table_args__ = (Index("ix_tickets_due", "state", "first_answer_due"),)

    id: Mapped[int] = technical(primary_key=True)
    number: Mapped[str] = service(String(20), unique=True)
    draft_id: Mapped[str] = technical(String(60), unique=True)
    kind: Mapped[str] = service(String(20))
    state: Mapped[str] = service(String(30))
    customer_id: Mapped[int] = technical(ForeignKey("customers.id"), index=True)
    contact_name: Mapped[str] = personal(String(100))
    calibre: Mapped[str | None] = service(String(10))
    case_code: Mapped[str | None] = service(String(10))
    serial: Mapped[str | None] = personal(String(20))
    model: Mapped[str | None] = service(String(40))
    line: Mapped[str | None] = service(String(40))
    fault: Mapped[str | None] = personal(Text)
    note: Mapped[str | None] = personal(Text)
    damage: Mapped[str | None] = service(Text)
    cause_analysis: Mapped[str | None] = service(Text)
    class_hint: Mapped[str | None] = service(String(1))
    service_mode: Mapped[str | None] = service(String(10))
    service_class: Mapped[str | None] = service(String(1))
    class_reason: Mapped[str | None] = service(String(300))
    stage: Mapped[str | None] = service(String(20))
    address: Mapped[str | None] = personal(String(300))
    approved_at: Mapped[datetime | None] = service()
    approved_how: Mapped[str | None] = service(String(20))
    channel: Mapped[str] = technical(String(30))
    sender: Mapped[str] = personal(String(100), index=True)
    consent_version: Mapped[str | None] = service(String(30))
    created_at: Mapped[datetime] = service()
    updated_at: Mapped[datetime] = technical()
    first_answer_due: Mapped[datetime | None] = service()
    first_answered_at: Mapped[datetime | None] = service()
    closed_at: Mapped[datetime | None] = service()

    customer: Mapped[Customer] = relationship()
    findings: Mapped[list["TicketFinding"]] = relationship(
        order_by="TicketFinding.position", cascade="all, delete-orphan"
    )
    moves: Mapped[list["TicketMove"]] = relationship(
        order_by="TicketMove.id", cascade="all, delete-orphan", back_populates="ticket"
    )
    photos: Mapped[list[Photo]] = relationship(order_by=Photo.created_at)
    papers: Mapped[list["Paper"]] = relationship(
        order_by="Paper.id", back_populates="ticket", passive_deletes="all"
    )
    assignments: Mapped[list["Assignment"]] = relationship(
        order_by="Assignment.id", back_populates="ticket", passive_deletes="all"
    )


class TicketFinding(Base):
    """One thing the conversation found out, as a label and its value: data for the bench, not
    prose."""

    __tablename__ = "ticket_findings"

    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"), primary_key=True)
    position: Mapped[int] = technical(primary_key=True)
    label: Mapped[str] = service(String(100))
    value: Mapped[str] = personal(Text)


class TicketMove(Base):
    """One change of state: from where, to where, who, when, why."""

    __tablename__ = "ticket_moves"

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"), index=True)
    from_state: Mapped[str | None] = service(String(30))
    to_state: Mapped[str] = service(String(30))
    who: Mapped[str] = personal(String(100))
    why: Mapped[str | None] = personal(Text)
    at: Mapped[datetime] = service()

    ticket: Mapped[Ticket] = relationship(back_populates="moves")
