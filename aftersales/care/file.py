"""The customer file of the document: 姓名、地址、电话、拥有本产品的种类."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.people.masking import mask_address, mask_name, mask_phone, mask_serial
from aftersales.store import audit, locks
from aftersales.store.tables import Customer, Ticket


@dataclass(frozen=True)
class Product:
    """One of our products a customer owns, as far as his tickets tell."""

    calibre: str | None
    case_code: str | None
    model: str | None
    line: str | None
    serial: str


@dataclass(frozen=True)
class CustomerFile:
    """What the document wants kept of a customer."""

    name: str
    address: str
    phone: str
    products: tuple[Product, ...]
    key_customer: bool
    tickets: tuple[str, ...]


def customer_file(session: Session, customer: Customer, reveal: bool = False) -> CustomerFile:
    """Assemble the file of a customer.

    Args:
        session: a session.
        customer: whose.
        reveal: in full; whoever asks for that has the right to it and a reason on record.
    """
    tickets = session.scalars(
        select(Ticket).where(Ticket.customer_id == customer.id).order_by(Ticket.id)
    ).all()
    owned: dict[tuple[str | None, ...], Product] = {}
    for ticket in tickets:
        key = (ticket.calibre, ticket.case_code, ticket.serial or ticket.model)
        if any(key):
            owned[key] = Product(
                ticket.calibre,
                ticket.case_code,
                ticket.model,
                ticket.line,
                (ticket.serial or "") if reveal else mask_serial(ticket.serial),
            )
    # Without one of his own, where the latest watch went back to.
    address = customer.address or next((t.address for t in tickets[::-1] if t.address), None)
    return CustomerFile(
        name=customer.name if reveal else mask_name(customer.name),
        address=(address or "") if reveal else mask_address(address),
        phone=customer.phone if reveal else mask_phone(customer.phone),
        products=tuple(owned.values()),
        key_customer=customer.key_customer,
        tickets=tuple(ticket.number for ticket in tickets),
    )


def do_update_file(
    session: Session,
    customer: Customer,
    now: datetime,
    who: str,
    address: str | None = None,
    key_customer: bool | None = None,
) -> None:
    """Write down the address, or whether this is a key customer; what is None stays.

    An empty address takes the address back.
    """
    locks.hold(session, customer)
    changed = []
    if address is not None:
        customer.address = address.strip()[:500] or None
        changed.append("address")
    if key_customer is not None:
        customer.key_customer = key_customer
        changed.append("key_customer")
    if not changed:
        return
    customer.updated_at = now
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_update_file",
        subject=("customer", customer.id),
        now=now,
        why=", ".join(changed),
    )
