"""The table of customers: one line per phone number; empty cells leave what is known."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.exchange import fields
from aftersales.exchange.importer import Importer, Row
from aftersales.exchange.pipeline import BATCH
from aftersales.exchange.reading import Cells
from aftersales.people.masking import mask_name, mask_phone
from aftersales.people.phones import digest, last4
from aftersales.store.tables import Customer

STARS = "****"


class CustomerImporter(Importer):
    """Customers by phone number."""

    name, table, column, key = "customers", Customer, "phone", "phone_digest"

    def values(self, cells: Cells, now: datetime) -> Row:
        """Return what the cells say of a customer.

        Raises:
            BadValue: the first thing wrong with them.
        """
        phone = fields.phone(cells)
        return {
            "name": fields.text(cells, "name", 100),
            "phone": phone,
            "phone_digest": digest("phone", phone),
            "phone_last4": last4(phone),
            "address": fields.text(cells, "address", 500),
            "key_customer": fields.yes_no(cells, "key_customer", self.book["yes_no"]),
        }

    def brings_back(self, found: Customer | None, row: Row, erased_at: datetime) -> bool:
        """Say whether nobody with this number came back since."""
        return found is None

    def add(self, session: Session, rows: Sequence[Row], now: datetime) -> None:
        """Add new customers."""
        session.add_all(Customer(**row, created_at=now, updated_at=now) for row in rows)


def customer_rows(session: Session, reveal: bool) -> Iterator[dict[str, str]]:
    """Give each customer as a line; erased ones are left out.

    Args:
        session: a session that stays open meanwhile.
        reveal: in full.
    """
    words = knowledge.load("exchange")["yes_no"]
    query = select(Customer).order_by(Customer.id).execution_options(yield_per=BATCH)
    for one in session.scalars(query):
        if not one.phone:
            continue
        address = one.address or ""
        yield {
            "name": one.name if reveal else mask_name(one.name),
            "phone": one.phone if reveal else mask_phone(one.phone),
            "address": address if reveal or not address else STARS,
            "key_customer": words[one.key_customer][0],
        }
