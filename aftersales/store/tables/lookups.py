"""Attempts to look something up with a second proof; what the limits count."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, technical


class Lookup(Base):
    """One attempt. ``target`` is a digest, so that the list itself gives no numbers away."""

    __tablename__ = "lookups"
    __table_args__ = (
        Index("ix_lookups_asker", "kind", "asker", "at"),
        Index("ix_lookups_target", "kind", "target", "at"),
    )

    id: Mapped[int] = technical(primary_key=True)
    kind: Mapped[str] = technical(String(20))
    asker: Mapped[str] = personal(String(100))
    target: Mapped[str] = technical(String(64))
    succeeded: Mapped[bool] = technical()
    at: Mapped[datetime] = technical()
