"""Our own people, as far as the source document asks about them."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class StaffMember(Base):
    """One of our people. ``name`` is written in assignments and complaints, ``login`` by the
    terminal: what a record says under either is this person's.

    ``role`` and ``education`` are keys of ``knowledge/staff.yml``. ``trade_since`` is when work in
    the trade began, here or elsewhere; ``active_to`` is the last day here.
    """

    __tablename__ = "staff"

    id: Mapped[int] = technical(primary_key=True)
    name: Mapped[str] = personal(String(100), unique=True)
    login: Mapped[str | None] = personal(String(100), unique=True)
    role: Mapped[str] = service(String(20))
    trade_since: Mapped[date | None] = personal()
    education: Mapped[str | None] = personal(String(20))
    active_from: Mapped[date] = service()
    active_to: Mapped[date | None] = service()
    created_at: Mapped[datetime] = technical()
