"""The workshop's own records: papers, who was sent, hours worked, parts, and money."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship, synonym

from aftersales.store.base import Base, personal, service, technical
from aftersales.store.tables.tickets import Ticket


class Paper(Base):
    """One of the six documents of one ticket. States: open, lost, closed, void.

    ``signed_…`` is the customer's signature on it: the name, and whether it stands on the printed
    sheet or was typed. ``handed_…`` says who gave the watch back and how the receipt came back.
    ``condition`` is how the watch looked, on a receipt; on a repair card the same column is its
    ``cause``, the key of what the bench found, and ``note`` is the bench's remark on it.
    """

    __tablename__ = "papers"
    __table_args__ = (UniqueConstraint("ticket_id", "kind"),)

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"), index=True)
    kind: Mapped[str] = service(String(20))
    number: Mapped[str] = service(String(30), unique=True)
    state: Mapped[str] = service(String(10))
    issued_at: Mapped[datetime] = service()
    issued_by: Mapped[str] = personal(String(100))
    condition: Mapped[str | None] = service(String(500))
    accessories: Mapped[str | None] = service(String(500))
    note: Mapped[str | None] = personal(Text)
    signed_name: Mapped[str | None] = personal(String(100))
    signed_on_paper: Mapped[bool | None] = service()
    signed_at: Mapped[datetime | None] = service()
    handed_by: Mapped[str | None] = personal(String(100))
    handed_how: Mapped[str | None] = service(String(20))
    lost_at: Mapped[datetime | None] = service()
    lost_reason: Mapped[str | None] = personal(Text)
    closed_at: Mapped[datetime | None] = service()
    closed_by: Mapped[str | None] = personal(String(100))

    cause: Mapped[str | None] = synonym("condition")
    ticket: Mapped[Ticket] = relationship(back_populates="papers")


class Assignment(Base):
    """The chief gave the work to a technician; the one without an end is in force."""

    __tablename__ = "assignments"

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"), index=True)
    technician: Mapped[str] = personal(String(100))
    assigned_by: Mapped[str] = personal(String(100))
    reason: Mapped[str | None] = personal(Text)
    at: Mapped[datetime] = service()
    ended_at: Mapped[datetime | None] = service()

    ticket: Mapped[Ticket] = relationship(back_populates="assignments")


class WorkLog(Base):
    """Time really worked on a watch, in minutes. ``place``: on_spot or bench."""

    __tablename__ = "work_logs"

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"), index=True)
    technician: Mapped[str] = personal(String(100))
    place: Mapped[str] = service(String(10))
    minutes: Mapped[int] = service()
    done: Mapped[str] = service(String(500))
    at: Mapped[datetime] = service()


class PartUsed(Base):
    """A part put in, why the old one had to go, and its price in fen where one was charged."""

    __tablename__ = "parts_used"

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"), index=True)
    technician: Mapped[str] = personal(String(100))
    part_number: Mapped[str | None] = service(String(60))
    part: Mapped[str] = service(String(100))
    quantity: Mapped[int] = service()
    unit_fen: Mapped[int | None] = service()
    damage: Mapped[str | None] = service(String(300))
    at: Mapped[datetime] = service()


class Payment(Base):
    """How a ticket is paid, once per ticket; amounts in fen.

    ``way``: on_spot (collected at once, invoice posted afterwards), by_voucher (invoice first, the
    same day, collected later), waived, contract, free, internal.
    """

    __tablename__ = "payments"

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"), unique=True)
    way: Mapped[str] = service(String(20))
    amount_fen: Mapped[int] = service()
    reference: Mapped[str | None] = service(String(100))
    reason: Mapped[str | None] = personal(Text)
    noted_by: Mapped[str] = personal(String(100))
    noted_at: Mapped[datetime] = service()
    collected_by: Mapped[str | None] = personal(String(100))
    paid_at: Mapped[datetime | None] = service()
    invoice_number: Mapped[str | None] = service(String(40))
    invoiced_by: Mapped[str | None] = personal(String(100))
    invoiced_at: Mapped[datetime | None] = service()
