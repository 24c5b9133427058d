"""A row leaves by the data class of its columns and the role of whoever reads."""

from datetime import datetime

import pytest
from sqlalchemy import String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from aftersales.people.serialise import (
    SEES,
    STARS,
    RevealRefused,
    do_reveal,
    mask,
    serialise,
)
from aftersales.store import Store
from aftersales.store.base import DATA_CLASSES, Base, personal, service, technical
from aftersales.store.tables import AuditEntry, Customer, Message, Ticket, WorkLog

PHONE = "13800005678"


class Elsewhere(DeclarativeBase):
    """Tables of this test only."""


class Note(Elsewhere):
    __tablename__ = "notes"
    id: Mapped[int] = technical(primary_key=True)
    secret_wish: Mapped[str] = personal(String(20))
    calibre: Mapped[str] = service(String(20))


class Careless(Elsewhere):
    __tablename__ = "careless"
    id: Mapped[int] = technical(primary_key=True)
    phone: Mapped[str] = mapped_column(String(20))


def ticket(now: datetime) -> Ticket:
    return Ticket(
        id=1,
        number="FW261123-04821",
        draft_id="d-1",
        kind="repair",
        state="registered",
        contact_name="王小明",
        serial="510001",
        fault=f"打 {PHONE} 找我",
        sender="visitor-1",
        channel="widget",
        created_at=now,
    )


def test_every_role_has_a_way_for_every_class() -> None:
    for ways in SEES.values():
        assert set(ways) == set(DATA_CLASSES)


def test_the_customer_sees_his_own_row_without_the_machinery(now: datetime) -> None:
    shown = serialise(ticket(now), "customer")
    assert (shown["contact_name"], shown["fault"]) == ("王小明", f"打 {PHONE} 找我")
    assert shown["created_at"] == now.isoformat()
    assert not {"id", "draft_id", "customer_id", "channel"} & set(shown)


def test_a_colleague_sees_masked_data(now: datetime) -> None:
    shown = serialise(ticket(now), "agent")
    assert (shown["contact_name"], shown["serial"]) == ("王**", "**0001")
    assert shown["fault"] == "打 [phone] 找我"
    assert shown["sender"].startswith("#") and "visitor" not in shown["sender"]
    assert (shown["number"], shown["id"]) == ("FW261123-04821", 1)


def test_the_manager_s_tables_name_nobody(now: datetime) -> None:
    shown = serialise(ticket(now), "manager")
    assert {shown[name] for name in ("contact_name", "serial", "fault", "sender")} == {STARS}
    assert shown["note"] is None and shown["kind"] == "repair"


def test_a_colleague_s_name_is_shown_to_colleagues() -> None:
    row = WorkLog(id=1, ticket_id=1, technician="老张", place="bench", minutes=30, done="洗油")
    assert serialise(row, "agent")["technician"] == "老张"
    assert serialise(row, "manager")["technician"] == STARS


def test_a_personal_column_nobody_has_thought_of_shows_stars() -> None:
    row = Note(id=1, secret_wish="a watch for her", calibre="7S26")
    shown = serialise(row, "agent")  # type: ignore[arg-type]
    assert shown == {"id": 1, "secret_wish": STARS, "calibre": "7S26"}


def test_a_column_without_a_class_is_not_shown_but_refused() -> None:
    with pytest.raises(KeyError):
        serialise(Careless(id=1, phone=PHONE), "agent")  # type: ignore[arg-type]


def test_no_personal_value_of_any_table_leaves_plain_for_a_colleague() -> None:
    plain = "13800005678 王小明 visitor-1"
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.info["class"] == "personal":
                assert mask(column.name, plain) != plain, column
                assert PHONE not in str(mask(column.name, plain)), column


def test_looking_unmasked_needs_the_role_and_a_reason_and_is_written_down(
    store: Store, now: datetime
) -> None:
    with store.session() as session:
        customer = Customer(
            name="王小明",
            phone=PHONE,
            phone_digest="x",
            phone_last4="5678",
            created_at=now,
            updated_at=now,
        )
        session.add(customer)
        session.flush()
        seen = do_reveal(session, customer, "phone", who="小陈", role="agent", why="回电", now=now)
        assert seen == PHONE
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.who, entry.what, entry.why) == ("小陈", "do_reveal", "phone: 回电")
        assert PHONE not in repr((entry.why, entry.subject_id))
        for wrong in (
            {"column": "phone", "role": "manager", "why": "x"},
            {"column": "phone", "role": "agent", "why": " "},
            {"column": "created_at", "role": "agent", "why": "x"},
            {"column": "no_such", "role": "agent", "why": "x"},
        ):
            with pytest.raises(RevealRefused):
                do_reveal(session, customer, who="小陈", now=now, **wrong)  # type: ignore[arg-type]


def test_buttons_and_photos_of_a_message(now: datetime) -> None:
    message = Message(id=1, text=PHONE, photos=["a.jpg", "b.jpg"], buttons=[], direction="in")
    shown = serialise(message, "agent")
    assert (shown["text"], shown["photos"]) == ("[phone]", f"{STARS} ×2")
