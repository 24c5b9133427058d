"""What a customer reported of the time a watch showed, to measure how fast or slow it runs."""

from datetime import datetime

from sqlalchemy import Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class RateDiary(Base):
    """One run of readings of one watch, between two settings of its hands. States: open, closed."""

    __tablename__ = "rate_diaries"
    __table_args__ = (Index("ix_rate_diaries_watch", "sender", "watch_no", "state"),)

    id: Mapped[int] = technical(primary_key=True)
    sender: Mapped[str] = personal(String(100))
    channel: Mapped[str] = technical(String(30))
    watch_no: Mapped[int] = technical()
    calibre: Mapped[str | None] = service(String(10))
    movement: Mapped[str | None] = service(String(20))
    state: Mapped[str] = technical(String(10))
    started_at: Mapped[datetime] = service()
    last_at: Mapped[datetime] = service()


class RateReading(Base):
    """One look at the watch: how far it was ahead of the true time (seconds, modulo 12 h)."""

    __tablename__ = "rate_readings"
    __table_args__ = (UniqueConstraint("diary_id", "at"),)

    id: Mapped[int] = technical(primary_key=True)
    diary_id: Mapped[int] = technical(ForeignKey("rate_diaries.id", ondelete="CASCADE"))
    at: Mapped[datetime] = service()
    offset_s: Mapped[float] = service(Double)
    half_width_s: Mapped[float] = service(Double)
