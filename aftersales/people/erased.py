"""Whose data was deleted by their own wish: no old table may bring them back.

Of a number only an HMAC is kept, under a key that lies outside the database. Whoever has the table
alone cannot try out all numbers, as he could with a plain digest; with the key a number can be
recognised when somebody gives it, and never be read. A lost key forgets them all.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.settings import Secret
from aftersales.store.tables import ErasedPhone


def note_erased(session: Session, phones: Iterable[str], key: Secret, now: datetime) -> None:
    """Note that the owners of some normal phone numbers had themselves deleted; the last time
    counts."""
    for phone in phones:
        session.merge(ErasedPhone(digest=_keyed(phone, key), erased_at=now))


def find_erased(session: Session, phones: Iterable[str], key: Secret) -> Mapping[str, datetime]:
    """Return which of some normal phone numbers were deleted by their owner's wish, and when."""
    given = {_keyed(phone, key): phone for phone in phones}
    rows = session.scalars(select(ErasedPhone).where(ErasedPhone.digest.in_(given)))
    return {given[row.digest]: row.erased_at for row in rows}


def _keyed(phone: str, key: Secret) -> str:
    text = f"erased-phone\x1f{phone}".encode()
    return hmac.new(key.reveal().encode(), text, hashlib.sha256).hexdigest()
