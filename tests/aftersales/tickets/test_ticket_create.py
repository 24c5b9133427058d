"""Exactly one ticket per draft, with everything that belongs to it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from aftersales.ids import RandomIds
from aftersales.people import PhoneUnusable, has_consent
from aftersales.photos import do_record_photo, photo_of
from aftersales.store import Store
from aftersales.store.tables import (
    AuditEntry,
    Base,
    Consent,
    Customer,
    OutboxRow,
    Ticket,
    TicketFinding,
    TicketMove,
)
from aftersales.tickets import (
    DraftIncomplete,
    DraftTaken,
    Finding,
    TicketDraft,
    Watch,
    do_create_ticket,
    find_open_duplicates,
)
from aftersales.tickets.create import NumbersUsedUp

Make = Callable[..., TicketDraft]


def counted(store: Store, table: type[Base]) -> int:
    with store.session(read_only=True) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_confirmed_draft_becomes_a_whole_ticket(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    draft = make_draft(
        watch=Watch("7S26", "0020", "510001", "SNZG13", "seiko_5"),
        findings=[("日差", "+30"), Finding("受磁", "有")],
        class_hint="A",
        note="请下午来电",
    )
    with store.session() as session:
        number = do_create_ticket(session, draft, now, ids).number
    with store.session() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        assert ticket.state == "registered"
        assert ticket.customer.phone == "13800005678"
        assert (ticket.calibre, ticket.serial, ticket.line) == ("7S26", "510001", "seiko_5")
        assert [(f.label, f.value) for f in ticket.findings] == [("日差", "+30"), ("受磁", "有")]
        assert [(m.from_state, m.to_state, m.who) for m in ticket.moves] == [
            (None, "registered", "visitor-1")
        ]
        assert ticket.first_answer_due == now + timedelta(hours=5)  # 10:00, lunch between
        assert has_consent(session, "visitor-1", "repair", "repair-2026-11")
        notice = session.scalars(select(OutboxRow)).one()
        assert notice.payload == {"event": "ticket_created", "kind": "repair", "number": number}
        done = set(session.scalars(select(AuditEntry.what)))
    assert {"do_create_ticket", "do_record_consent", "do_upsert_customer"} == done


def test_confirming_twice_finds_the_first_ticket(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    numbers = set()
    for minute in range(3):
        with store.session() as session:
            moment = now + timedelta(minutes=minute)
            numbers.add(do_create_ticket(session, make_draft(), moment, ids).number)
    assert len(numbers) == 1
    for table in (Ticket, Customer, Consent, OutboxRow, TicketMove):
        assert counted(store, table) == 1


def test_many_confirmations_at_the_same_moment_make_one_ticket(
    store: Store, make_draft: Make, now: datetime
) -> None:
    def confirm(_: int) -> str:
        with store.session() as session:
            return do_create_ticket(session, make_draft(), now, RandomIds()).number

    with ThreadPoolExecutor(6) as pool:
        numbers = set(pool.map(confirm, range(12)))
    assert len(numbers) == 1
    assert counted(store, Ticket) == counted(store, OutboxRow) == 1


def test_nothing_is_left_when_the_transaction_fails(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with pytest.raises(RuntimeError), store.session() as session:
        do_create_ticket(session, make_draft(findings=[("a", "b")]), now, ids)
        raise RuntimeError
    for table in (Ticket, TicketFinding, Customer, Consent, OutboxRow, AuditEntry):
        assert counted(store, table) == 0


def test_a_draft_of_somebody_else_is_not_shown(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        do_create_ticket(session, make_draft(), now, ids)
    with pytest.raises(DraftTaken), store.session() as session:
        do_create_ticket(session, make_draft(sender="stranger"), now, ids)


@pytest.mark.parametrize(
    ("kind", "prefix", "hours"), [("complaint", "TS", 24), ("callback", "HD", 5)]
)
def test_complaints_and_callbacks_have_their_own_numbers_and_clocks(
    store: Store,
    make_draft: Make,
    now: datetime,
    ids: RandomIds,
    kind: str,
    prefix: str,
    hours: int,
) -> None:
    with store.session() as session:
        ticket = do_create_ticket(session, make_draft(kind=kind), now, ids)
    assert ticket.number.startswith(f"{prefix}261123-")
    assert ticket.first_answer_due == now + timedelta(hours=hours)


def test_the_number_carries_the_day_in_shanghai(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        late = do_create_ticket(session, make_draft(), now + timedelta(hours=15), ids)
    assert late.number.startswith("FW261124-")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"name": " "}, ["name"]),
        ({"phone": "", "fault": None}, ["phone", "fault"]),
        ({"draft_id": ""}, ["draft_id"]),
    ],
)
def test_an_incomplete_draft_says_what_is_missing(
    store: Store,
    make_draft: Make,
    now: datetime,
    ids: RandomIds,
    given: dict[str, str | None],
    missing: list[str],
) -> None:
    with store.session() as session:
        with pytest.raises(DraftIncomplete) as refused:
            do_create_ticket(session, make_draft(**given), now, ids)
        assert refused.value.missing == missing
        with pytest.raises(PhoneUnusable):
            do_create_ticket(session, make_draft(phone="123"), now, ids)
        with pytest.raises(ValueError, match="kind"):
            do_create_ticket(session, make_draft(kind="gift"), now, ids)
        do_create_ticket(session, make_draft(kind="callback", fault=None), now, ids)


class SameNumber(RandomIds):
    """Draws the same number some times before it draws another."""

    def __init__(self, repeats: int) -> None:
        super().__init__()
        self.repeats = repeats

    def ticket_number(self, kind: str, day: date) -> str:
        self.repeats -= 1
        return "FW261123-00000" if self.repeats >= 0 else "FW261123-00018"


def test_a_number_in_use_is_drawn_again(store: Store, make_draft: Make, now: datetime) -> None:
    with store.session() as session:
        first = do_create_ticket(session, make_draft(), now, SameNumber(1))
        second = do_create_ticket(session, make_draft(draft_id="d-2"), now, SameNumber(3))
        assert (first.number, second.number) == ("FW261123-00000", "FW261123-00018")
        with pytest.raises(NumbersUsedUp):
            do_create_ticket(session, make_draft(draft_id="d-3"), now, SameNumber(1000))


def test_only_ones_own_free_photos_are_attached(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        for name, sender in (("mine", "visitor-1"), ("theirs", "stranger")):
            do_record_photo(
                session,
                name=name,
                sender=sender,
                channel="widget",
                media_type="image/jpeg",
                size_bytes=10,
                width_px=2,
                height_px=2,
                sha256="0" * 64,
                now=now,
            )
        draft = make_draft(photos=["mine", "theirs", "none"])
        ticket = do_create_ticket(session, draft, now, ids)
        second = do_create_ticket(session, make_draft(draft_id="d-2", photos=["mine"]), now, ids)
    with store.session() as session:
        assert [p.name for p in session.get_one(Ticket, ticket.id).photos] == ["mine"]
        assert session.get_one(Ticket, second.id).photos == []
        assert photo_of(session, "mine", "visitor-1") is not None
        assert photo_of(session, "mine", "stranger") is None


def test_open_tickets_of_the_same_watch_are_found_before_another_is_opened(
    store: Store, make_draft: Make, now: datetime, ids: RandomIds
) -> None:
    with store.session() as session:
        known = do_create_ticket(session, make_draft(watch=Watch("7S26")), now, ids)
        unknown = do_create_ticket(session, make_draft(draft_id="d-2"), now, ids)
        do_create_ticket(session, make_draft(draft_id="d-3", phone="13900000000"), now, ids)
        assert find_open_duplicates(session, "13800005678", "7S26") == [unknown, known]
        assert find_open_duplicates(session, "13800005678", "4R36") == [unknown]
        assert find_open_duplicates(session, "13800005678", None) == [unknown, known]
        assert find_open_duplicates(session, "13800005678", None, kind="complaint") == []
        known.state = "archived"
        assert find_open_duplicates(session, "13800005678", "7S26") == [unknown]
