"""How a row leaves the house: by the data class of each column and the role of whoever reads.

Nothing else may turn a row into JSON. A personal column nobody has thought of shows stars.
"""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from aftersales.logs import scrub
from aftersales.people.masking import mask_name, mask_phone, mask_serial
from aftersales.people.shredders import RULES
from aftersales.store import audit
from aftersales.store.base import Base

Role = Literal["customer", "agent", "manager"]
#: What each role may see of each class. A customer sees his own rows: whose they are is proved
#: before. A colleague works with masked data and sees
#: who of the others did what; a manager's tables name nobody at all.
SEES: dict[Role, dict[str, str]] = {
    "customer": {"personal": "plain", "service": "plain", "technical": "nothing"},
    "agent": {"personal": "masked", "service": "plain", "technical": "plain"},
    "manager": {"personal": "stars", "service": "plain", "technical": "plain"},
}
STARS = "****"


class RevealRefused(PermissionError):
    """This role may not see the column unmasked, or gave no reason."""


def serialise(row: Base, role: Role) -> dict[str, Any]:
    """Return a row as JSON values, as ``role`` may see it.

    Args:
        row: any row of any table.
        role: ``customer`` (the person the row is about), ``agent`` or ``manager``.

    Raises:
        KeyError: no such role, or a column without a data class.
    """
    shown: dict[str, Any] = {}
    rules = RULES.get(type(row).__tablename__, [])
    colleagues = {name for rule in rules for name in rule.colleagues}
    for column in inspect(type(row)).columns:
        how = SEES[role][column.info["class"]]
        value = getattr(row, column.key)
        if how == "plain" or (how == "masked" and column.key in colleagues):
            shown[column.key] = plain(value)
        elif how == "masked":
            shown[column.key] = mask(column.key, value)
        elif how == "stars":
            shown[column.key] = None if value is None else STARS
    return shown


def mask(name: str, value: Any) -> Any:
    """Return a personal value as a colleague sees it, by the name of its column."""
    if value is None or value == "":
        return value
    masked: Callable[[Any], Any] = _MASKS.get(name, _stars)
    return masked(value)


def plain(value: Any) -> Any:
    """Return a value as JSON: moments and days as ISO texts."""
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def do_reveal(
    session: Session, row: Base, column: str, *, who: str, role: Role, why: str, now: datetime
) -> Any:
    """Return one personal value unmasked, and write down who looked at it and why.

    Args:
        session: a transaction; the value may be shown once it is committed.
        row: the row.
        column: one personal column of it.
        who: the colleague's name.
        role: ``agent``; a manager works with numbers, a customer has his own copy.
        why: the reason given.
        now: the moment.

    Raises:
        RevealRefused: another role, no reason, or no personal column of that name.
    """
    found = inspect(type(row)).columns.get(column)
    if found is None or found.info["class"] != "personal":
        raise RevealRefused("no personal column of that name")
    if role != "agent":
        raise RevealRefused("this role works with masked data")
    if not why.strip():
        raise RevealRefused("a reason is needed")
    key = inspect(row).identity
    audit.record(
        session,
        who=who,
        what="do_reveal",
        subject=(type(row).__tablename__, str(key[0] if key else "")),
        now=now,
        why=f"{column}: {why}",
    )
    return plain(getattr(row, column))


def _stars(_value: Any) -> str:
    return STARS


def _hash(value: Any) -> str:
    """A sender id is never shown: a short digest tells two of them apart."""
    return "#" + hashlib.sha256(str(value).encode()).hexdigest()[:8]


def _many(value: Any) -> str:
    return f"{STARS} ×{len(value)}" if isinstance(value, list) else STARS


_MASKS: dict[str, Callable[[Any], Any]] = {
    "name": mask_name,
    "contact_name": mask_name,
    "phone": mask_phone,
    "serial": mask_serial,
    "sender": _hash,
    "subject": _hash,
    "asker": _hash,
    "who": _hash,
    # Colleagues have to read what was said to work on it; numbers in it are struck out.
    "fault": scrub,
    "note": scrub,
    "text": scrub,
    "value": scrub,
    "why": scrub,
    "reason": scrub,
    "lost_reason": scrub,
    "photos": _many,
}
