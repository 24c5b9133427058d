"""Watches registered with their guarantee card."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from aftersales.store.base import Base, personal, service, technical


class Registration(Base):
    """One registered watch: what its card says.

    ``phone_digest`` is made from the last four digits of the buyer's phone together with the card
    number. Four digits can be tried out by whoever has the table; the digest only keeps them from
    being read in passing.
    """

    __tablename__ = "registrations"
    __table_args__ = (Index("ix_registrations_watch", "calibre", "case_code", "serial"),)

    id: Mapped[int] = technical(primary_key=True)
    card_number: Mapped[str] = service(String(40), unique=True)
    calibre: Mapped[str] = service(String(10))
    case_code: Mapped[str] = service(String(10))
    serial: Mapped[str] = personal(String(20))
    model: Mapped[str | None] = service(String(40))
    line: Mapped[str | None] = service(String(40))
    shop: Mapped[str | None] = service(String(200))
    purchase_date: Mapped[date | None] = service()
    market: Mapped[str | None] = service(String(40))
    phone_digest: Mapped[str | None] = personal(String(64))
    is_demo: Mapped[bool] = technical(default=False)
    imported_at: Mapped[datetime] = technical()
    updated_at: Mapped[datetime] = technical()

    def evidence(self) -> dict[str, str | bool]:
        """Return what the card says, without the fields it does not say; dates in ISO form.

        ``card`` is there only when the card lacks something: ``no_shop``, ``no_date``, ``blank``.
        """
        gaps = {(True, False): "no_shop", (False, True): "no_date", (True, True): "blank"}
        said: dict[str, str | None] = {
            "calibre": self.calibre,
            "case_code": self.case_code,
            "serial": self.serial,
            "model": self.model,
            "line": self.line,
            "shop": self.shop,
            "purchase_date": self.purchase_date.isoformat() if self.purchase_date else None,
            "market": self.market,
            "card": gaps.get((not self.shop, self.purchase_date is None)),
        }
        return {"registered": True} | {name: value for name, value in said.items() if value}
