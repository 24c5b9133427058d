"""Customers and what they agreed to."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class Customer(Base):
    """A person we do work for. One row per telephone number.

    The phone is kept in full because a technician has to call it; ``phone_digest`` is only the
    index for finding it. ``key_customer`` is one called every half year instead of after a month.
    """

    __tablename__ = "customers"

    id: Mapped[int] = technical(primary_key=True)
    name: Mapped[str] = personal(String(100))
    phone: Mapped[str] = personal(String(30))
    phone_digest: Mapped[str] = personal(String(64), unique=True)
    phone_last4: Mapped[str] = personal(String(4))
    address: Mapped[str | None] = personal(Text)
    key_customer: Mapped[bool] = service(default=False, server_default=false())
    created_at: Mapped[datetime] = technical()
    updated_at: Mapped[datetime] = technical()


class Consent(Base):
    """One line of the consent ledger: given or withdrawn; the latest line per purpose counts."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_subject", "subject", "purpose", "id"),)

    id: Mapped[int] = technical(primary_key=True)
    subject: Mapped[str] = personal(String(100))
    customer_id: Mapped[int | None] = technical(ForeignKey("customers.id"), index=True)
    purpose: Mapped[str] = service(String(30))
    version: Mapped[str] = service(String(30))
    channel: Mapped[str] = technical(String(30))
    given: Mapped[bool] = service()
    at: Mapped[datetime] = technical()
