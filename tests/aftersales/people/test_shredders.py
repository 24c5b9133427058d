"""Every table says what becomes of its rows, and a seeded person is found nowhere afterwards."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import String, create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped

from aftersales import conversations, outbox
from aftersales.ids import RandomIds
from aftersales.people import has_consent, limits
from aftersales.people.erased import find_erased, note_erased
from aftersales.people.erasures import (
    GRACE,
    LOOK_AGAIN,
    QUIET,
    Places,
    do_ask_erasure,
    do_erase,
    do_recall_erasure,
    due_erasures,
    find_erasure,
)
from aftersales.people.phones import digest
from aftersales.people.shredders import KEPT, RULES, RuleRefused, Subject, about, faults, keeps
from aftersales.people.subjects import opened_here, prove_here, subject_of
from aftersales.people.trackers import Trackers
from aftersales.photos import do_record_photo
from aftersales.rate import diaries
from aftersales.rate.readings import Reading
from aftersales.settings import Secret
from aftersales.store import Store
from aftersales.store.base import Base, personal, technical
from aftersales.store.tables import (
    AuditEntry,
    Consent,
    Conversation,
    Customer,
    ErasedPhone,
    Erasure,
    Message,
    OutboxRow,
    Paper,
    Ticket,
    TicketMove,
    WorkLog,
)
from aftersales.tickets import TicketDraft, Watch, do_create_ticket, status
from aftersales.tickets.moves import do_move_checked

KEY = Secret("k")
Make = Callable[..., TicketDraft]
WORDS = ("visitor-1", "王小明", "13800005678", "5678", "510001", "一天快半分钟", "下午来电", "秘密")


@pytest.fixture
def registry() -> Iterator[None]:
    """Rules registered in a test are taken out again."""
    rules, kept = {name: list(each) for name, each in RULES.items()}, dict(KEPT)
    yield
    RULES.clear()
    KEPT.clear()
    RULES.update(rules)
    KEPT.update(kept)


class Elsewhere(DeclarativeBase):
    """Tables of this test only; the real schema does not know them."""


class Wish(Elsewhere):
    __tablename__ = "wishes"
    id: Mapped[int] = technical(primary_key=True)
    sender: Mapped[str] = personal(String(100), unique=True)
    wish: Mapped[str] = personal(String(100))


def test_every_table_has_a_rule_and_every_personal_column_is_reached() -> None:
    assert faults(Base.metadata.sorted_tables) == []
    assert all(KEPT.values())


def test_a_new_table_without_a_rule_is_found(registry: None) -> None:
    table = Wish.__table__
    assert faults([table]) == ["wishes: no rule says what becomes of its rows"]  # type: ignore[list-item]
    keeps(Wish, why="in this test only")  # type: ignore[arg-type]
    assert faults([table]) == []  # type: ignore[list-item]


def test_a_personal_column_no_rule_reaches_is_found(registry: None) -> None:
    @about(Wish, then="blank", columns=["wish"])  # type: ignore[arg-type]
    def wishes(subject: Subject) -> object:
        return Wish.sender.in_(subject.senders)

    assert faults([Wish.__table__]) == ["wishes.sender: no rule blanks it"]  # type: ignore[list-item]


def test_a_rule_that_cannot_work_is_refused(registry: None) -> None:
    with pytest.raises(RuleRefused, match="wishes.sender is unique"):
        about(Wish, then="blank")  # type: ignore[arg-type]
    with pytest.raises(RuleRefused, match="has no"):
        about(Wish, then="blank", columns=["price"])  # type: ignore[arg-type]
    with pytest.raises(RuleRefused, match="has no"):
        about(Wish, then="delete", hidden=["price"])  # type: ignore[arg-type]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A folder of pictures and a tracker store with two conversations."""
    (tmp_path / "photos").mkdir()
    url = f"sqlite:///{tmp_path}/rasa.db"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, timestamp REAL)")
        )
        for sender in ("visitor-1", "visitor-1", "visitor-2"):
            connection.execute(
                text("INSERT INTO events (sender_id, timestamp) VALUES (:s, 1.0)"), {"s": sender}
            )
    engine.dispose()
    return Places(tmp_path / "photos", Trackers(Secret(url)), KEY)


@pytest.fixture
def number(store: Store, make_draft: Make, now: datetime, ids: RandomIds, places: Places) -> str:
    """A person with something in every table, and the number of the ticket."""
    (places.photos_dir / "a.jpg").write_bytes(b"x")
    with store.session() as session:
        talk = conversations.get_or_open(session, "visitor-1", "widget", now)
        said, _ = conversations.do_store_message(
            session, talk, "in", "秘密 13800005678", message_key="k-1", now=now
        )
        conversations.do_store_message(session, talk, "out", "好", now=now, in_reply_to=said)
        conversations.do_request_person(session, talk, "asked", now)
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
        diary = diaries.do_start_diary(
            session,
            sender="visitor-1",
            channel="widget",
            watch_no=0,
            calibre="7S26",
            movement=None,
            now=now,
        )
        diaries.do_add_reading(session, diary, Reading(now, 1.0, 0.5))
        draft = make_draft(
            watch=Watch("7S26", serial="510001"),
            findings=[("说法", "秘密")],
            photos=["a.jpg"],
            note="下午来电",
        )
        ticket = do_create_ticket(session, draft, now, ids)
        do_move_checked(session, ticket, "awaiting_assignment", now, "foreman", why="秘密")
        limits.note(session, "ticket", "visitor-1", ["x"], False, now)
        return ticket.number


def everything(store: Store) -> str:
    """All that is in the database, as one text."""
    with store.session(read_only=True) as session:
        rows = [
            repr(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
        ]
    return "\n".join(rows)


def end(store: Store, number: str, now: datetime) -> None:
    with store.session() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        do_move_checked(session, ticket, "cancelled", now, "foreman", tell_customer=False)


def ask(store: Store, now: datetime) -> int:
    with store.session() as session:
        return do_ask_erasure(
            session, sender="visitor-1", tickets=[], proof="session", channel="widget", now=now
        ).id


def erase(store: Store, places: Places, erasure: int, now: datetime) -> Erasure | None:
    with store.session() as session:
        return do_erase(session, erasure, places, now)


def test_a_person_is_found_nowhere_afterwards(
    store: Store, places: Places, number: str, now: datetime
) -> None:
    before = everything(store)
    assert all(word in before for word in WORDS)
    end(store, number, now)
    erasure = ask(store, now)
    done = erase(store, places, erasure, now + GRACE)
    assert done is not None and done.state == "done"
    after = everything(store)
    for word in WORDS:
        assert word not in after, word
    assert not list(places.photos_dir.iterdir())
    assert (places.trackers.count("visitor-1"), places.trackers.count("visitor-2")) == (0, 1)
    assert done.counts["messages"] == {"deleted": 2}
    assert done.counts["rasa_events"] == {"deleted": 2}
    assert done.counts["photo_files"] == {"deleted": 1}
    with store.session() as session:  # the service record is kept
        kept = session.scalars(select(Ticket)).one()
        assert (kept.number, kept.calibre, kept.state) == (number, "7S26", "cancelled")
        assert [move.who for move in kept.moves][1:] == ["foreman", "foreman"]
        assert session.scalars(select(Consent.purpose)).all() == ["repair"]
        assert not has_consent(session, "visitor-1", "repair")
        assert status(session, number, "5678", now, "x") is None
        assert status(session, number, "", now, "x") is None


def test_a_signature_goes_and_the_work_stays(
    store: Store, places: Places, number: str, now: datetime
) -> None:
    with store.session() as session:
        one = session.scalars(select(Ticket.id)).one()
        signed = Paper(
            ticket_id=one,
            kind="item_receipt",
            number="P-1",
            state="closed",
            issued_at=now,
            issued_by="老张",
            signed_name="王小明",
            closed_by="visitor-1",
        )
        work = WorkLog(
            ticket_id=one, technician="老张", place="bench", minutes=30, done="洗油", at=now
        )
        session.add_all([signed, work])
    end(store, number, now)
    erase(store, places, ask(store, now), now + GRACE)
    with store.session() as session:
        paper = session.scalars(select(Paper)).one()
        assert (paper.number, paper.issued_by) == ("P-1", "老张")
        assert paper.signed_name is None and paper.closed_by is None
        assert session.scalars(select(WorkLog.technician)).all() == ["老张"]


def test_doing_it_again_changes_nothing(
    store: Store, places: Places, number: str, now: datetime
) -> None:
    end(store, number, now)
    erasure = ask(store, now)
    erase(store, places, erasure, now + GRACE)
    left = everything(store)
    assert erase(store, places, erasure, now + GRACE) is None
    assert everything(store) == left


def test_an_open_ticket_is_kept_until_it_ends(
    store: Store, places: Places, number: str, now: datetime
) -> None:
    erasure = ask(store, now)
    first = erase(store, places, erasure, now + GRACE)
    assert first is not None and first.state == "waiting"
    with store.session() as session:
        assert session.scalars(select(Ticket)).one().contact_name == "王小明"
        assert session.scalars(select(Message)).all() == []
        assert status(session, number, "5678", now, "x") is not None
    assert erase(store, places, erasure, now + GRACE + LOOK_AGAIN) is None
    end(store, number, now)
    with store.session() as session:
        assert due_erasures(session, now + GRACE) == []
        assert due_erasures(session, now + 3 * LOOK_AGAIN) == [erasure]
    last = erase(store, places, erasure, now + 3 * LOOK_AGAIN)
    assert last is not None and last.state == "done" and last.sender is None
    assert not [word for word in WORDS if word in everything(store)]


def test_another_person_with_the_same_phone_keeps_everything(
    store: Store, places: Places, number: str, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        other = make_draft(draft_id="d-2", sender="visitor-2")
        theirs = do_create_ticket(session, other, now, ids).number
    end(store, number, now)
    erase(store, places, ask(store, now), now + GRACE)
    with store.session() as session:
        kept = session.scalars(select(Ticket).where(Ticket.number == theirs)).one()
        assert (kept.contact_name, kept.customer.phone) == ("王小明", "13800005678")
        gone = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        assert gone.customer.phone == "" and gone.customer_id != kept.customer_id


def test_nothing_is_deleted_while_somebody_still_talks(
    store: Store, places: Places, number: str, now: datetime
) -> None:
    erasure = ask(store, now)
    later = now + GRACE
    with store.session() as session:
        talk = session.scalars(select(Conversation)).one()
        conversations.do_store_message(session, talk, "in", "还在", now=later)
    assert erase(store, places, erasure, later) is None
    with store.session() as session:
        assert session.scalars(select(Erasure.due_at)).one() == later + QUIET
    assert erase(store, places, erasure, later + QUIET) is not None


def test_nothing_is_deleted_while_the_dialogue_engine_still_hears_him(
    store: Store, places: Places, number: str, now: datetime
) -> None:
    erasure = ask(store, now)
    engine = create_engine(f"sqlite:///{places.photos_dir.parent}/rasa.db")
    with engine.begin() as connection:
        row = {"at": (now + GRACE).timestamp()}
        connection.execute(
            text("INSERT INTO events (sender_id, timestamp) VALUES ('visitor-1', :at)"), row
        )
    engine.dispose()
    assert erase(store, places, erasure, now + GRACE + QUIET / 2) is None
    assert erase(store, places, erasure, now + GRACE + QUIET) is not None


def test_the_number_is_recognised_again_with_the_key_and_cannot_be_read(
    store: Store, places: Places, number: str, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        other = make_draft(draft_id="d-2", sender="visitor-2", phone="13900001111")
        do_create_ticket(session, other, now, ids)
    end(store, number, now)
    phones = ["13800005678", "13900001111"]
    with store.session() as session:
        assert find_erased(session, phones, KEY) == {}
    later = now + GRACE
    erase(store, places, ask(store, now), later)
    with store.session() as session:
        assert find_erased(session, phones, KEY) == {"13800005678": later}
        assert find_erased(session, phones, Secret("another")) == {}
        (kept,) = session.scalars(select(ErasedPhone.digest))
    assert kept not in {digest("phone", phones[0]), digest(phones[0])}
    with store.session() as session:  # deleted once more after coming back
        note_erased(session, phones[:1], KEY, later + GRACE)
        assert find_erased(session, phones, KEY) == {"13800005678": later + GRACE}


def test_a_number_somebody_else_gave_too_is_not_noted(
    store: Store, places: Places, number: str, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        do_create_ticket(session, make_draft(draft_id="d-2", sender="visitor-2"), now, ids)
    end(store, number, now)
    erase(store, places, ask(store, now), now + GRACE)
    with store.session() as session:
        assert find_erased(session, ["13800005678"], KEY) == {}


def test_asking_twice_is_one_wish_and_it_can_be_taken_back(store: Store, now: datetime) -> None:
    assert ask(store, now) == ask(store, now)
    with store.session() as session:
        assert find_erasure(session, "visitor-1") is not None
        assert find_erasure(session, "visitor-2") is None
        assert do_recall_erasure(session, "visitor-1", now)
        assert find_erasure(session, "visitor-1") is None
        assert not do_recall_erasure(session, "visitor-1", now)
        assert due_erasures(session, now + timedelta(days=1)) == []


def test_a_crash_in_the_middle_is_made_good(
    store: Store, places: Places, number: str, now: datetime
) -> None:
    end(store, number, now)
    erasure = ask(store, now)

    class Killed(BaseException):
        pass

    with pytest.raises(Killed), store.session() as session:
        do_erase(session, erasure, places, now + GRACE)
        raise Killed  # files and events are gone, nothing is committed
    done = erase(store, places, erasure, now + GRACE)
    assert done is not None and done.state == "done"
    assert not [word for word in WORDS if word in everything(store)]


def test_the_session_and_four_digits_prove_it_and_guesses_are_limited(
    store: Store, number: str, now: datetime
) -> None:
    with store.session() as session:
        assert opened_here(session, "visitor-1") and not opened_here(session, "visitor-2")
        assert prove_here(session, "visitor-1", " 5678", now)
        assert not prove_here(session, "visitor-2", "5678", now)
    with store.session() as session, pytest.raises(limits.TooManyAttempts):
        for _ in range(6):
            prove_here(session, "visitor-1", "0000", now)


def test_a_phone_number_alone_joins_nothing(
    store: Store, number: str, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        do_create_ticket(session, make_draft(draft_id="d-2", sender="stranger"), now, ids)
        subject = subject_of(session, {"stranger"}, whole=True)
        mine = session.scalars(select(Ticket.id).where(Ticket.sender == "stranger")).all()
        assert subject.tickets == frozenset(mine)


def test_tables_without_rows_of_the_person_are_left_alone(
    store: Store, places: Places, number: str, now: datetime
) -> None:
    with store.session() as session:
        outbox.enqueue(
            session,
            kind=outbox.NEXT_VISIT,
            key="other",
            channel="widget",
            sender="visitor-2",
            payload={},
            now=now,
        )
    end(store, number, now)
    erase(store, places, ask(store, now), now + GRACE)
    with store.session() as session:
        assert session.scalars(select(OutboxRow.key).where(OutboxRow.sender == "visitor-2")).all()
        whos = session.scalars(select(AuditEntry.who)).all()
        assert "foreman" in whos and "visitor-1" not in whos
        assert session.scalars(select(Customer)).all()
        assert session.scalars(select(TicketMove)).all()


def test_rasa_s_rows_are_found_on_postgresql_too(
    empty_postgres: Callable[[], str], now: datetime
) -> None:
    url = empty_postgres()
    trackers = Trackers(Secret(url))
    assert (trackers.count("a"), trackers.last("a"), trackers.forget("a")) == (0, None, 0)
    engine = create_engine(url)
    with engine.begin() as connection:  # as Rasa makes it
        connection.execute(
            text("CREATE TABLE events (id SERIAL, sender_id VARCHAR, timestamp FLOAT, data TEXT)")
        )
        connection.execute(
            text("INSERT INTO events (sender_id, timestamp) VALUES (:who, :at)"),
            [{"who": who, "at": now.timestamp()} for who in ("a", "a", "b")],
        )
    engine.dispose()
    assert (trackers.count("a"), trackers.last("a")) == (2, now)
    assert sorted(trackers.old(now + timedelta(seconds=1))) == ["a", "b"]
    assert (trackers.forget("a"), trackers.count("a"), trackers.count("b")) == (2, 0, 1)


def test_a_tracker_store_that_is_not_there_holds_nothing(tmp_path: Path, now: datetime) -> None:
    nowhere = Trackers(Secret(f"sqlite:///{tmp_path}/none.db"))
    assert (nowhere.count("x"), nowhere.forget("x"), nowhere.old(now)) == (0, 0, [])
    assert not (tmp_path / "none.db").exists()
