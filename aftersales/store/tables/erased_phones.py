"""Phone numbers whose owners had themselves deleted, as keyed digests."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service


class ErasedPhone(Base):
    """One number, known only to who has the key and the number (``aftersales.people.erased``)."""

    __tablename__ = "erased_phones"

    digest: Mapped[str] = personal(String(64), primary_key=True)
    erased_at: Mapped[datetime] = service()
