"""Customers: one row per phone number."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.people.phones import digest, last4, normal_phone
from aftersales.store import audit, locks
from aftersales.store.tables import Customer


def find_customer(session: Session, phone: str) -> Customer | None:
    """Return the customer with this phone number, or None.

    Raises:
        PhoneUnusable: this cannot be a phone number.
    """
    wanted = digest("phone", normal_phone(phone))
    return session.scalar(select(Customer).where(Customer.phone_digest == wanted))


def do_upsert_customer(
    session: Session, name: str, phone: str, now: datetime, who: str
) -> Customer:
    """Return the customer with this phone number; make one when there is none.

    The name of a known customer stays: anybody may type somebody else's number, and a ticket keeps
    the name given with it anyway.

    Args:
        session: the transaction of the change that needs the customer.
        name: as given.
        phone: as given, in any spelling.
        now: the moment.
        who: the sender, for the audit trail.

    Raises:
        PhoneUnusable: this cannot be a phone number.
    """
    normal = normal_phone(phone)
    locks.lock(session, f"customer:{digest('phone', normal)}")
    customer = find_customer(session, normal)
    if customer is not None:
        return customer
    customer = Customer(
        name=name.strip()[:100],
        phone=normal,
        phone_digest=digest("phone", normal),
        phone_last4=last4(normal),
        created_at=now,
        updated_at=now,
    )
    session.add(customer)
    session.flush()
    audit.record(
        session, who=who, what="do_upsert_customer", subject=("customer", customer.id), now=now
    )
    return customer
