"""Which tickets belong together."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class TicketLink(Base):
    """``ticket_id`` points to ``other_id``: ``same_as`` (merged into the other), ``related``,
    ``follow_up`` (comes after the other)."""

    __tablename__ = "ticket_links"
    __table_args__ = (UniqueConstraint("ticket_id", "other_id", "kind"),)

    id: Mapped[int] = technical(primary_key=True)
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"), index=True)
    other_id: Mapped[int] = technical(ForeignKey("tickets.id"), index=True)
    kind: Mapped[str] = service(String(20))
    who: Mapped[str] = personal(String(100))
    at: Mapped[datetime] = service()
