"""Locks named by a key, rows held for a transaction, and leases that make one of several workers
the leader."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Select, event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, SessionTransaction

from aftersales.store.base import Base
from aftersales.store.tables.locks import Lease

_HELD = "held rows"
Row = TypeVar("Row", bound=Base)


def lock(session: Session, key: str) -> None:
    """Let nobody else holding the same key go on until this transaction ends.

    On SQLite every writing transaction is already alone; on PostgreSQL an advisory lock is taken.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)
    session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def hold(session: Session, row: Base) -> None:
    """Lock a row and read it again, so that what is decided on it stays true until the end.

    The second time in one transaction costs nothing: nobody else can have changed the row since. A
    row that is not written yet is ours alone.
    """
    if row not in _held(session) and row not in session.new:
        session.flush()  # reading again forgets what was changed and not written yet
        session.refresh(row, with_for_update=True)
        _held(session).add(row)


def hold_all(session: Session, rows: Select[Row], of: type[Row]) -> Sequence[Row]:
    """Return the rows of a query as ``hold`` leaves them: one statement for all of them.

    Args:
        session: a transaction.
        rows: whole rows of one table, perhaps with joined collections.
        of: that table; what is joined to it is read, not locked.
    """
    query = rows.with_for_update(of=of).execution_options(populate_existing=True)
    found = session.scalars(query).unique().all()
    _held(session).update(found)
    return found


def _held(session: Session) -> set[Base]:
    held: set[Base] = session.info.setdefault(_HELD, set())
    return held


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    """A savepoint given back may have given back locks too: they are taken anew."""
    if transaction.parent is None or transaction.nested:
        session.info.pop(_HELD, None)


def take_lease(session: Session, name: str, holder: str, now: datetime, seconds: float) -> bool:
    """Take or renew the lease ``name`` for ``holder``; say whether it is held now.

    Args:
        session: a transaction; commit soon, others may be waiting.
        name: what the lease is about, such as ``worker``.
        holder: who asks; the same holder renews.
        now: the moment.
        seconds: how long the lease lasts without renewal.
    """
    lock(session, f"lease:{name}")
    lease = session.get(Lease, name)
    if lease is not None and lease.holder != holder and lease.until > now:
        return False
    until = now + timedelta(seconds=seconds)
    if lease is not None:
        lease.holder, lease.until = holder, until
        return True
    try:
        with session.begin_nested():
            session.add(Lease(name=name, holder=holder, until=until))
    except IntegrityError:
        return False
    return True
