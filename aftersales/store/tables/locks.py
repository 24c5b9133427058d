"""Leases: which of several workers may work now."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, technical


class Lease(Base):
    """A named right to work, held by one process until a moment."""

    __tablename__ = "leases"

    name: Mapped[str] = technical(String(60), primary_key=True)
    holder: Mapped[str] = technical(String(100))
    until: Mapped[datetime] = technical()
