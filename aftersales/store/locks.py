"""Locks named by a key, and leases that make one of several workers the leader."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from aftersales.store.tables.locks import Lease


def lock(session: Session, key: str) -> None:
    """Let nobody else holding the same key go on until this transaction ends.

    On SQLite every writing transaction is already alone; on PostgreSQL an advisory lock is taken.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)
    session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


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
