"""What has been kept long enough goes; every table says how long that is, or why for ever."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select

from aftersales import conversations, knowledge, outbox
from aftersales.ids import RandomIds
from aftersales.people import retention
from aftersales.people.erasures import Places
from aftersales.people.retention import RetentionError, do_retain, due, faults, periods
from aftersales.people.trackers import Trackers
from aftersales.photos import do_record_photo
from aftersales.settings import Secret
from aftersales.store import Store
from aftersales.store.tables import AuditEntry, Base, InboxRow, Message, OutboxRow, Photo, Ticket
from aftersales.tickets import TicketDraft, do_create_ticket
from aftersales.tickets.moves import do_move_checked

Make = Callable[..., TicketDraft]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "photos").mkdir()
    trackers = Trackers(Secret(f"sqlite:///{tmp_path}/rasa.db"))
    return Places(tmp_path / "photos", trackers, Secret("k"))


@pytest.fixture
def seeded(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds, places: Places
) -> datetime:
    """A talk, a loose photo, a delivered notice, a closed and an open ticket; returns when."""
    (places.photos_dir / "a.jpg").write_bytes(b"x")
    with store.session() as session:
        talk = conversations.get_or_open(session, "visitor-1", "widget", now)
        said, _ = conversations.do_store_message(
            session, talk, "in", "你好", message_key="k", now=now
        )
        conversations.do_store_message(
            session, talk, "out", "您好", now=now + timedelta(seconds=2), in_reply_to=said
        )
        do_record_photo(
            session,
            name="a.jpg",
            sender="visitor-1",
            channel="widget",
            media_type="image/jpeg",
            size_bytes=1,
            width_px=1,
            height_px=1,
            sha256="0" * 64,
            now=now,
        )
        closed = do_create_ticket(session, make_draft(), now, ids)
        do_move_checked(session, closed, "cancelled", now, "foreman", why="秘密")
        do_create_ticket(
            session, make_draft(draft_id="d-2", phone="13900001111", name="李四"), now, ids
        )
        outbox.deliver_due(session, lambda _row: None, now)
    return now


def count(store: Store, table: type[Base]) -> int:
    with store.session(read_only=True) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def retain(store: Store, places: Places, now: datetime) -> dict[str, dict[str, int]]:
    with store.session() as session:
        return do_retain(session, places, now)


def test_every_table_has_a_period_or_a_reason() -> None:
    assert faults() == []
    for name, entry in knowledge.load("retention")["tables"].items():
        assert entry.get("keep") or (entry["why"] and entry["source"]), name


def test_a_key_is_known_at_least_as_long_as_its_message() -> None:
    days = {period.table: period.days for period in periods()}
    assert days["inbox"] >= days["messages"]


def test_nothing_is_due_too_early(store: Store, places: Places, seeded: datetime) -> None:
    moment = seeded + timedelta(days=29)
    with store.session() as session:
        assert not any(due(session, places, moment).values())
    assert retain(store, places, moment) == {}


def test_counting_changes_nothing_and_tells_what_will_be_done(
    store: Store, places: Places, seeded: datetime
) -> None:
    moment = seeded + timedelta(days=366)
    with store.session() as session:
        counted = due(session, places, moment)
    assert count(store, Message) == 2
    done = retain(store, places, moment)
    assert counted["messages"] == done["messages"]["deleted"] == 2
    assert done["inbox"] == {"deleted": 1} and done["photo_files"] == {"deleted": 1}
    assert done["conversations"] == {"blanked": 1}
    assert not list(places.photos_dir.iterdir())
    assert count(store, Photo) == count(store, InboxRow) == 0
    assert retain(store, places, moment) == {}


def test_an_answer_outlives_its_question_by_seconds(
    store: Store, places: Places, seeded: datetime
) -> None:
    done = retain(store, places, seeded + timedelta(days=365, seconds=1))
    assert done["messages"] == {"deleted": 1}
    with store.session() as session:
        assert session.scalars(select(Message)).one().in_reply_to is None


def test_a_ticket_long_closed_becomes_anonymous_an_open_one_stays(
    store: Store, places: Places, seeded: datetime
) -> None:
    done = retain(store, places, seeded + timedelta(days=1096))
    assert done["tickets"] == {"blanked": 1}
    with store.session() as session:
        closed, still = session.scalars(select(Ticket).order_by(Ticket.id))
        assert (closed.contact_name, closed.sender, closed.customer.phone) == ("", "", "")
        assert closed.moves[-1].why is None and closed.calibre is None
        assert (still.contact_name, still.customer.phone) == ("李四", "13900001111")


def test_a_notice_that_has_not_arrived_is_kept(
    store: Store, places: Places, seeded: datetime
) -> None:
    retain(store, places, seeded + timedelta(days=200))
    with store.session() as session:
        states = set(session.scalars(select(OutboxRow.state)))
        assert states == {"waiting"}


def test_it_is_written_down_in_numbers_only(store: Store, places: Places, seeded: datetime) -> None:
    retain(store, places, seeded + timedelta(days=366))
    with store.session() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "do_retain")).one()
        assert entry.why is not None and entry.why.endswith("rows")


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Write another retention.yml."""

    def write(**tables: object) -> None:
        (tmp_path / "retention.yml").write_text(yaml.safe_dump({"tables": tables}))
        knowledge.forget()

    monkeypatch.setenv("AFTERSALES_KNOWLEDGE", str(tmp_path))
    yield write
    knowledge.forget()


@pytest.mark.parametrize(
    ("table", "entry"),
    [
        ("no_such_table", {"days": 1, "then": "delete"}),
        ("messages", {"days": 1, "then": "burn", "column": "created_at"}),
        ("messages", {"days": 0, "then": "delete", "column": "created_at"}),
        ("messages", {"days": 1, "then": "delete", "column": "no_such"}),
        ("messages", {"days": 1, "then": "delete", "column": "created_at", "only": {"x": 1}}),
    ],
)
def test_a_period_that_cannot_work_names_its_table(
    written: Callable[..., None], table: str, entry: dict[str, object]
) -> None:
    written(**{table: entry})
    with pytest.raises(RetentionError, match=table):
        retention.periods()


def test_a_table_nobody_has_thought_of_is_found(written: Callable[..., None]) -> None:
    written(messages={"days": 1, "then": "delete", "column": "created_at"})
    assert "tickets: no period and no reason to keep it" in faults()
