"""What we know of each photo; the picture itself is a file."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, technical


class Photo(Base):
    """One re-encoded picture. ``name`` is random and is all that ever appears in an address."""

    __tablename__ = "photos"

    name: Mapped[str] = technical(String(60), primary_key=True)
    sender: Mapped[str] = personal(String(100), index=True)
    channel: Mapped[str] = technical(String(30))
    ticket_id: Mapped[int | None] = technical(ForeignKey("tickets.id"), index=True)
    media_type: Mapped[str] = technical(String(30))
    size_bytes: Mapped[int] = technical()
    width_px: Mapped[int] = technical()
    height_px: Mapped[int] = technical()
    sha256: Mapped[str] = personal(String(64))
    created_at: Mapped[datetime] = technical()
