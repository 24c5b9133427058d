"""What is due when, what stopped its clock, and the days a watch came back late."""

from datetime import date, datetime

from sqlalchemy import Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from aftersales.store.base import Base, service, technical
from aftersales.store.tables.tickets import Ticket


class Deadline(Base):
    """One thing that must happen in time. ``key`` makes a second start find the first.

    ``allowance_s`` is the time allowed, in seconds of the named clock, without pauses. It is
    written down at the start, so that new figures change no deadline that already runs. ``due_at``
    and ``next_at`` (the next warning or escalation) are what it comes to by the calendar; both are
    empty when the calendar has no room for it, ``next_at`` also while it is paused or done.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        Index("ix_deadlines_next", "next_at"),
        Index("ix_deadlines_ticket", "ticket_id", "kind"),
    )

    id: Mapped[int] = technical(primary_key=True)
    key: Mapped[str] = technical(String(100), unique=True)
    kind: Mapped[str] = service(String(30))
    clock: Mapped[str] = technical(String(10))
    ticket_id: Mapped[int | None] = technical(ForeignKey("tickets.id"))
    started_at: Mapped[datetime] = service()
    allowance_s: Mapped[float] = service(Double)
    due_at: Mapped[datetime | None] = service()
    next_at: Mapped[datetime | None] = technical()
    steps_done: Mapped[int] = technical(default=0)
    warned_at: Mapped[datetime | None] = service()
    broken_at: Mapped[datetime | None] = service()
    met_at: Mapped[datetime | None] = service()
    dropped_at: Mapped[datetime | None] = service()

    ticket: Mapped[Ticket | None] = relationship()
    pauses: Mapped[list["DeadlinePause"]] = relationship(
        order_by="DeadlinePause.id", cascade="all, delete-orphan"
    )

    @property
    def is_running(self) -> bool:
        """Whether it is neither met nor dropped; a paused one runs too."""
        return self.met_at is None and self.dropped_at is None

    @property
    def pause(self) -> "DeadlinePause | None":
        """The pause that is not over, or None."""
        return next((pause for pause in self.pauses if pause.ended_at is None), None)


class DeadlinePause(Base):
    """A time that does not count. ``reason``: customer or parts."""

    __tablename__ = "deadline_pauses"

    id: Mapped[int] = technical(primary_key=True)
    deadline_id: Mapped[int] = technical(ForeignKey("deadlines.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = service(String(20))
    begun_at: Mapped[datetime] = service()
    ended_at: Mapped[datetime | None] = service()


class LateDay(Base):
    """One calendar day a watch was handed back later than agreed; no amounts."""

    __tablename__ = "late_days"
    __table_args__ = (UniqueConstraint("deadline_id", "day"),)

    id: Mapped[int] = technical(primary_key=True)
    deadline_id: Mapped[int] = technical(ForeignKey("deadlines.id", ondelete="CASCADE"))
    ticket_id: Mapped[int] = technical(ForeignKey("tickets.id"), index=True)
    day: Mapped[date] = service()
    noted_at: Mapped[datetime] = technical()
