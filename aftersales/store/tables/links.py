"""Links that open one thing for whoever holds them; the secret itself is never stored."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class Link(Base):
    """One way in, for one purpose. ``digest`` is all that is kept of the token.

    ``failures`` counts wrong tries where something short is asked for (the pick-up code).
    """

    __tablename__ = "links"

    id: Mapped[int] = technical(primary_key=True)
    digest: Mapped[str] = technical(String(64), unique=True)
    purpose: Mapped[str] = technical(String(20))
    subject: Mapped[str] = service(String(60), index=True)
    ticket_id: Mapped[int | None] = technical(ForeignKey("tickets.id"), index=True)
    issued_by: Mapped[str] = personal(String(100))
    created_at: Mapped[datetime] = technical()
    expires_at: Mapped[datetime] = technical()
    revoked_at: Mapped[datetime | None] = technical()
    uses: Mapped[int] = technical(default=0)
    last_used_at: Mapped[datetime | None] = technical()
    failures: Mapped[int] = technical(default=0)
