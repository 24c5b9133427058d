"""How a watch looked when it was taken in."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class IntakeItem(Base):
    """One item of the checklist, as found; ``photos`` holds names of the table of photos."""

    __tablename__ = "intake_items"
    __table_args__ = (UniqueConstraint("ticket_id", "item"),)

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"))
    item: Mapped[str] = service(String(20))
    condition: Mapped[str] = service(String(10))
    note: Mapped[str | None] = personal(Text)
    photos: Mapped[list[str]] = personal(JSON)
    checked_by: Mapped[str] = personal(String(100))
    checked_at: Mapped[datetime] = service()
