"""The kinds of table by name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from aftersales.exchange.customers import CustomerImporter, customer_rows
from aftersales.exchange.importer import Importer
from aftersales.exchange.tickets import TicketImporter, ticket_rows
from aftersales.exchange.watches import watch_rows
from aftersales.registrations.importer import RegistrationImporter


@dataclass(frozen=True)
class Kind:
    """How one kind of table goes in and out.

    Attributes:
        importer: reads and writes its lines.
        columns: the fields of an export, in order.
        rows: gives them, masked or in full.
    """

    importer: Importer
    columns: tuple[str, ...]
    rows: Callable[[Session, bool], Iterator[Mapping[str, str]]]


KINDS: Mapping[str, Kind] = {
    "customers": Kind(
        CustomerImporter(), ("name", "phone", "address", "key_customer"), customer_rows
    ),
    "tickets": Kind(
        TicketImporter(),
        (
            "number", "kind", "state", "contact_name", "phone", "calibre", "case_code", "serial",
            "model", "line", "fault", "note", "service_mode", "service_class", "class_reason",
            "address", "channel", "created_at", "closed_at",
        ),
        ticket_rows,
    ),
    "registrations": Kind(
        RegistrationImporter(),
        (
            "card_number", "calibre", "case_code", "serial", "model", "line", "shop",
            "purchase_date", "market",
        ),
        watch_rows,
    ),
}  # fmt: skip
