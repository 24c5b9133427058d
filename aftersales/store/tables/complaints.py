"""Complaints: what was found, done and answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from aftersales.store.base import Base, personal, service, technical
from aftersales.store.tables.tickets import Ticket


class ComplaintCase(Base):
    """One round of one complaint; reopening begins another, so that no answer is overwritten.

    ``about`` and ``cause`` are keys of ``knowledge/complaints.yml``. ``staff``, ``upheld``
    and ``found_at`` (when that was decided) are internal: they count the document's ladder and
    reach no customer.
    """

    __tablename__ = "complaint_cases"
    __table_args__ = (
        UniqueConstraint("ticket_id", "round"),
        Index("ix_complaint_cases_staff", "staff", "upheld"),
    )

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"))
    round: Mapped[int] = technical(default=1)
    opened_at: Mapped[datetime] = service()
    about: Mapped[str | None] = service(String(20))
    cause: Mapped[str | None] = service(String(30))
    cause_note: Mapped[str | None] = personal(Text)
    measure: Mapped[str | None] = personal(Text)
    answer: Mapped[str | None] = personal(Text)
    answered_at: Mapped[datetime | None] = service()
    answered_by: Mapped[str | None] = personal(String(100))
    staff: Mapped[str | None] = personal(String(100))
    upheld: Mapped[bool | None] = service()
    found_at: Mapped[datetime | None] = service()
    satisfied: Mapped[bool | None] = service()
    closed_at: Mapped[datetime | None] = service()

    ticket: Mapped[Ticket] = relationship()
