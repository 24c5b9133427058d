"""The table of customers: one line per phone number."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.exchange import fields
from aftersales.exchange.pipeline import BATCH, Line, add_or_update
from aftersales.exchange.problems import BadValue, ImportReport
from aftersales.exchange.reading import Cells
from aftersales.people.masking import mask_name, mask_phone
from aftersales.people.phones import digest, last4
from aftersales.store.tables import Customer

STARS = "****"


@dataclass(frozen=True)
class CustomerImporter:
    """Customers by phone number; empty cells leave what is known."""

    name: str = "customers"

    @property
    def book(self) -> Mapping[str, Any]:
        """Column names and reasons."""
        data = knowledge.load("exchange")
        return {**data, **data["customers"]}

    def read(self, cells: Cells, now: datetime) -> dict[str, Any]:
        """Return what the line says of a customer.

        Raises:
            BadValue: the first thing wrong with the line.
        """
        fields.refuse_masked(cells)
        said = {
            "name": fields.text(cells, "name", 100),
            "phone": fields.phone(cells),
            "address": fields.text(cells, "address", 500),
            "key_customer": fields.yes_no(cells, "key_customer", self.book["yes_no"]),
        }
        return {name: value for name, value in said.items() if value is not None}

    def key(self, row: dict[str, Any]) -> Hashable:
        """Return the phone number."""
        return str(row["phone"])

    def repeated(self, cells: Cells) -> BadValue:
        """Return the problem of a phone number that is in the file twice."""
        return BadValue("repeated", column="phone")

    def write(
        self,
        session: Session,
        lines: Sequence[Line[dict[str, Any]]],
        report: ImportReport,
        now: datetime,
    ) -> Sequence[tuple[int, BadValue]]:
        """Add or update a batch."""
        digests = {line.number: digest("phone", line.row["phone"]) for line in lines}
        query = select(Customer).where(Customer.phone_digest.in_(digests.values()))
        known = {found.phone_digest: found for found in session.scalars(query)}
        for number, values in lines:
            found = known.get(digests[number])
            fresh = Customer(
                **values,
                phone_digest=digests[number],
                phone_last4=last4(values["phone"]),
                created_at=now,
                updated_at=now,
            )
            add_or_update(session, report, found, values, fresh, now)
        session.flush()
        return ()


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
