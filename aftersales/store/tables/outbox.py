"""Messages that must leave, written in the same transaction as the change that causes them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, technical


class OutboxRow(Base):
    """One message on its way. States: pending, sending, waiting (for the next visit), delivered,
    dead."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "state", "due_at"),
        Index("ix_outbox_visit", "sender", "state"),
    )

    id: Mapped[int] = technical(primary_key=True)
    key: Mapped[str] = technical(String(150), unique=True)
    kind: Mapped[str] = technical(String(30))
    channel: Mapped[str] = technical(String(30))
    sender: Mapped[str] = personal(String(100))
    payload: Mapped[dict[str, Any]] = personal(JSON)
    state: Mapped[str] = technical(String(10))
    attempts: Mapped[int] = technical(default=0)
    due_at: Mapped[datetime] = technical()
    last_error: Mapped[str | None] = technical(String(300))
    created_at: Mapped[datetime] = technical()
    delivered_at: Mapped[datetime | None] = technical()
