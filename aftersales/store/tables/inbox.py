"""What was delivered to us, under the key its sender gave it: a repeat finds the first result."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, technical


class InboxRow(Base):
    """One delivery: a message, an event or the tap on a link, and what came of it.

    It is written in the transaction that did the work, so a row without a result never stays.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "sender", "source_key"),
        Index("ix_inbox_received_at", "received_at"),
    )

    id: Mapped[int] = technical(primary_key=True)
    channel: Mapped[str] = technical(String(30))
    sender: Mapped[str] = personal(String(100))
    source_key: Mapped[str] = technical(String(150))
    result_kind: Mapped[str] = technical(String(30))
    result_id: Mapped[str] = technical(String(60))
    received_at: Mapped[datetime] = technical()
