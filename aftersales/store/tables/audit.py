"""Who did what, when and why. Rows are only ever added."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class AuditEntry(Base):
    """One thing somebody (or the machinery) did. ``why`` never holds a phone number or a name."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = technical(primary_key=True)
    at: Mapped[datetime] = technical()
    who: Mapped[str] = personal(String(100))
    what: Mapped[str] = service(String(60))
    why: Mapped[str | None] = service(String(500))
    subject_kind: Mapped[str] = technical(String(30))
    subject_id: Mapped[str] = technical(String(100))
