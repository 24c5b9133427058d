"""The checklist of one ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.knowledge import load
from aftersales.store.tables import IntakeItem, Ticket


@dataclass(frozen=True)
class Checked:
    """One item: what it is and, once looked at, how it was found."""

    item: str
    name: str
    condition: str | None = None
    condition_name: str | None = None
    note: str | None = None
    photos: tuple[str, ...] = ()
    at: datetime | None = None


def items() -> Mapping[str, Any]:
    """Return the items to look at, in their order."""
    found: Mapping[str, Any] = load("intake_checklist")["items"]
    return found


def checklist(session: Session, ticket: Ticket) -> list[Checked]:
    """Return every item in the order of the list, looked at or not."""
    rows = session.scalars(select(IntakeItem).where(IntakeItem.ticket_id == ticket.id))
    found = {row.item: row for row in rows}
    return [_checked(name, entry["name"], found.get(name)) for name, entry in items().items()]


def unchecked(session: Session, ticket: Ticket) -> list[str]:
    """Return the items nobody has looked at yet."""
    return [entry.item for entry in checklist(session, ticket) if entry.condition is None]


def _checked(item: str, name: str, row: IntakeItem | None) -> Checked:
    if row is None:
        return Checked(item, name)
    words = load("intake_checklist")["conditions"]
    return Checked(
        item,
        name,
        row.condition,
        words[row.condition]["name"],
        row.note,
        tuple(row.photos),
        row.checked_at,
    )
