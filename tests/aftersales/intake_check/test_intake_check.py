"""The checklist of the intake."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from aftersales.ids import RandomIds
from aftersales.intake_check import CheckRefused, checklist, do_check_item, unchecked
from aftersales.photos import do_record_photo
from aftersales.store import Store
from aftersales.store.tables import AuditEntry, IntakeItem, Photo, Ticket
from aftersales.tickets import TicketDraft, do_create_ticket


@pytest.fixture
def ticket(
    store: Store, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> Ticket:
    with store.session() as session:
        return do_create_ticket(session, make_draft(), now, ids)


def photo(store: Store, name: str, now: datetime, ticket_id: int | None = None) -> str:
    with store.session() as session:
        kept = do_record_photo(
            session,
            name=name,
            sender="desk:chen",
            channel="desk",
            media_type="image/jpeg",
            size_bytes=10,
            width_px=1,
            height_px=1,
            sha256="0" * 64,
            now=now,
        )
        kept.ticket_id = ticket_id
    return name


def test_every_item_is_asked_for_until_it_was_looked_at(
    store: Store, ticket: Ticket, now: datetime
) -> None:
    with store.session() as session:
        there = session.get_one(Ticket, ticket.id)
        names = [entry.name for entry in checklist(session, there)]
        assert names == "表镜 表壳 表带 表冠 表盘指针 走时 进水迹象 附件".split()
        do_check_item(session, there, "crystal", "worn", now, "chen")
        assert "crystal" not in unchecked(session, there) and len(unchecked(session, there)) == 7
        first = checklist(session, there)[0]
        assert (first.condition_name, first.at, first.photos) == ("使用痕迹", now, ())


def test_photos_hang_on_item_and_ticket_and_a_second_look_keeps_them(
    store: Store, ticket: Ticket, now: datetime
) -> None:
    one, two = photo(store, "one.jpg", now), photo(store, "two.jpg", now)
    with store.session() as session:
        there = session.get_one(Ticket, ticket.id)
        do_check_item(session, there, "case", "worn", now, "chen", photos=[one, one])
        do_check_item(
            session, there, "case", "damaged", now, "chen", note="六点位磕碰", photos=[two]
        )
    with store.session() as session:
        row = session.scalars(select(IntakeItem)).one()
        assert (row.condition, row.photos) == ("damaged", [one, two])
        assert {p.ticket_id for p in session.scalars(select(Photo))} == {ticket.id}
        whys = [a.why for a in session.scalars(select(AuditEntry)) if a.what == "do_check_item"]
        assert whys == ["case: worn", "case: worn > damaged"]


@pytest.mark.parametrize(
    ("item", "condition", "note", "photos", "reason"),
    [
        ("strap", "good", None, [], "item"),
        ("case", "fine", None, [], "condition"),
        ("case", "damaged", " ", [], "note"),
        ("accessories", "missing", None, [], "note"),
        ("case", "good", None, ["nowhere.jpg"], "photo"),
        ("case", "good", None, ["other.jpg"], "photo"),
        ("case", "good", None, [f"{n}.jpg" for n in range(5)], "photos"),
    ],
)
def test_what_cannot_be_written_is_refused_with_the_reason(
    store: Store,
    ticket: Ticket,
    now: datetime,
    make_draft: Callable[..., TicketDraft],
    ids: RandomIds,
    item: str,
    condition: str,
    note: str | None,
    photos: list[str],
    reason: str,
) -> None:
    with store.session() as session:
        other = do_create_ticket(session, make_draft(draft_id="d-2"), now, ids)
    photo(store, "other.jpg", now, other.id)
    with store.session() as session:
        there = session.get_one(Ticket, ticket.id)
        with pytest.raises(CheckRefused) as refused:
            do_check_item(session, there, item, condition, now, "chen", note=note, photos=photos)
        assert refused.value.reason == reason
        assert session.scalars(select(IntakeItem)).all() == []


def test_only_a_repair_has_one(
    store: Store, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        call = do_create_ticket(session, make_draft(kind="callback"), now, ids)
        with pytest.raises(CheckRefused, match="no_repair"):
            do_check_item(session, call, "case", "good", now, "chen")
