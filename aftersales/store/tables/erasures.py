"""Deletions of personal data: asked for, and what was done."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class Erasure(Base):
    """One deletion. States: ``asked``, ``waiting`` (for open tickets to end), ``done``.

    ``sender`` and ``tickets`` say whose data until it is done; then both are emptied and what stays
    is who asked by which proof, when, and how many rows of which table were deleted, blanked, kept.
    """

    __tablename__ = "erasures"
    __table_args__ = (Index("ix_erasures_due", "state", "due_at"),)

    id: Mapped[int] = technical(primary_key=True)
    reason: Mapped[str] = service(String(20))
    proof: Mapped[str] = service(String(20))
    channel: Mapped[str] = technical(String(30))
    state: Mapped[str] = technical(String(10))
    sender: Mapped[str | None] = personal(String(100))
    tickets: Mapped[list[int]] = personal(JSON)
    asked_at: Mapped[datetime] = service()
    due_at: Mapped[datetime] = technical()
    done_at: Mapped[datetime | None] = service()
    counts: Mapped[dict[str, Any]] = service(JSON)
