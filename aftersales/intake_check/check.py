"""One item of the checklist, as found."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.knowledge import load
from aftersales.store import audit, locks
from aftersales.store.tables import IntakeItem, Photo, Ticket


class CheckRefused(ValueError):
    """The finding cannot be written; ``reason`` is a key of ``refusals`` in
    ``knowledge/intake_checklist.yml``."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}: {load('intake_checklist')['refusals'][reason]}")
        self.reason = reason


def do_check_item(
    session: Session,
    ticket: Ticket,
    item: str,
    condition: str,
    now: datetime,
    who: str,
    note: str | None = None,
    photos: Sequence[str] = (),
) -> IntakeItem:
    """Write down how one item was found; a second look replaces the first and keeps its photos.

    Args:
        session: a transaction; the ticket's row is locked.
        ticket: a repair.
        item: a key of ``items``.
        condition: ``good``, ``worn``, ``damaged`` or ``missing``.
        now: the moment.
        who: who looked.
        note: what exactly; required for damaged and missing.
        photos: names of stored photos that hang on no other ticket; they are added.

    Raises:
        CheckRefused: the reason names what is wrong; nothing is written.
    """
    book = load("intake_checklist")
    said = (note or "").strip()[:500] or None
    if ticket.kind != "repair":
        raise CheckRefused("no_repair")
    if item not in book["items"]:
        raise CheckRefused("item")
    if condition not in book["conditions"]:
        raise CheckRefused("condition")
    if condition in book["rules"]["note_for"] and said is None:
        raise CheckRefused("note")
    locks.hold(session, ticket)
    row = session.scalar(
        select(IntakeItem).where(IntakeItem.ticket_id == ticket.id, IntakeItem.item == item)
    )
    names = list(dict.fromkeys([*(row.photos if row is not None else ()), *photos]))
    if len(names) > book["rules"]["most_photos"]:
        raise CheckRefused("photos")
    for photo in _photos(session, ticket, names):
        photo.ticket_id = ticket.id
    before = "" if row is None else f"{row.condition} > "
    if row is None:
        row = IntakeItem(ticket_id=ticket.id, item=item)
        session.add(row)
    row.condition, row.note, row.photos = condition, said, names
    row.checked_by, row.checked_at = who[:100], now
    session.flush()
    audit.record(
        session,
        who=who,
        what="do_check_item",
        subject=("ticket", ticket.number),
        now=now,
        why=f"{item}: {before}{condition}",
    )
    return row


def _photos(session: Session, ticket: Ticket, names: Sequence[str]) -> list[Photo]:
    found = [session.get(Photo, name) for name in names]
    if any(photo is None or photo.ticket_id not in (None, ticket.id) for photo in found):
        raise CheckRefused("photo")
    return [photo for photo in found if photo is not None]
