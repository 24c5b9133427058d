"""Trainings a dealer asked for."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class Training(Base):
    """One request of a dealer; the month it has is a deadline of the kind ``training``.

    ``contact`` is how to reach the dealer. ``done_at`` without ``trainer``: it was called off.
    """

    __tablename__ = "trainings"

    id: Mapped[int] = technical(primary_key=True)
    dealer: Mapped[str] = personal(String(100))
    contact: Mapped[str | None] = personal(String(200))
    topic: Mapped[str] = service(String(300))
    asked_at: Mapped[datetime] = service()
    noted_by: Mapped[str] = personal(String(100))
    done_at: Mapped[datetime | None] = service()
    trainer: Mapped[str | None] = personal(String(100))
    outcome: Mapped[str | None] = personal(Text)
