"""Two tickets about one thing: linked, merged, or added to, and nothing of them lost."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from aftersales import outbox
from aftersales.complaints import do_answer_complaint, do_record_cause, do_record_measure
from aftersales.ids import RandomIds
from aftersales.photos import do_record_photo
from aftersales.store import Store
from aftersales.store.tables import AuditEntry, OutboxRow, Paper, Ticket, TicketLink
from aftersales.tickets import (
    LinkRefused,
    MergeRefused,
    NotYours,
    TicketDraft,
    do_add_to_ticket,
    do_create_ticket,
    do_link_tickets,
    do_merge_tickets,
    links_of,
    stands_for,
    status,
)
from aftersales.tickets.moves import do_move_checked

Make = Callable[..., TicketDraft]
Open = Callable[..., str]


@pytest.fixture
def open_ticket(store: Store, make_draft: Make, now: datetime, ids: RandomIds) -> Open:
    """Open a ticket and return its number."""

    def make(draft_id: str, **given: object) -> str:
        with store.session() as session:
            return do_create_ticket(
                session, make_draft(draft_id=draft_id, **given), now, ids
            ).number

    return make


def photo(store: Store, name: str, now: datetime, sender: str = "visitor-1") -> None:
    with store.session() as session:
        do_record_photo(
            session,
            name=name,
            sender=sender,
            channel="widget",
            media_type="image/jpeg",
            size_bytes=1,
            width_px=1,
            height_px=1,
            sha256="0" * 64,
            now=now,
        )


def merge(store: Store, kept: str, merged: str, now: datetime) -> None:
    with store.session() as session:
        both = [
            session.scalars(select(Ticket).where(Ticket.number == n)).one() for n in (kept, merged)
        ]
        do_merge_tickets(session, both[0], both[1], now, who="foreman")


def ticket(store: Store, number: str) -> Ticket:
    with store.session(read_only=True) as session:
        found = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        assert found.findings is not None and found.photos is not None and found.moves is not None
        return found


def test_a_merged_ticket_ends_points_and_hands_everything_over(
    store: Store, open_ticket: Open, now: datetime
) -> None:
    photo(store, "one", now)
    photo(store, "two", now)
    kept = open_ticket("d-1", findings=[("日差", "+30")], photos=["one"])
    merged = open_ticket(
        "d-2", fault="表镜也裂了", findings=[("日差", "+30"), ("摔过", "是")], photos=["two"]
    )
    later = now + timedelta(hours=1)
    merge(store, kept, merged, later)
    merge(store, kept, merged, later)
    whole, ended = ticket(store, kept), ticket(store, merged)
    assert [(f.label, f.value) for f in whole.findings] == [
        ("日差", "+30"),
        ("并入单子所述", "表镜也裂了"),
        ("摔过", "是"),
    ]
    assert {p.name for p in whole.photos} == {"one", "two"}
    assert (ended.state, ended.findings, ended.photos) == ("cancelled", [], [])
    assert ended.moves[-1].why == f"merged {kept}"
    with store.session() as session:
        seen = status(session, merged, "5678", later, "anyone")
        told = session.scalars(
            select(OutboxRow.payload).where(OutboxRow.kind == outbox.NEXT_VISIT)
        ).all()
        written = session.scalar(
            select(func.count())
            .where(AuditEntry.what == "do_merge_tickets")
            .select_from(AuditEntry)
        )
    assert seen is not None and seen.merged_into == kept and kept in seen.say
    assert "取消" not in seen.say
    assert told == [{"event": "ticket_merged", "number": merged, "into": kept}]
    assert written == 1


def test_the_papers_of_a_merged_ticket_are_void(
    store: Store, open_ticket: Open, now: datetime
) -> None:
    kept, merged = open_ticket("d-1"), open_ticket("d-2")
    with store.session() as session:
        paper = Paper(
            ticket_id=session.scalars(select(Ticket.id).where(Ticket.number == merged)).one(),
            kind="call_register",
            number="P-1",
            state="open",
            issued_at=now,
            issued_by="desk",
        )
        session.add(paper)
    merge(store, kept, merged, now)
    with store.session() as session:
        assert session.scalars(select(Paper.state)).all() == ["void"]


def test_a_chain_of_merges_leads_to_the_last(
    store: Store, open_ticket: Open, now: datetime
) -> None:
    first, second, third = (open_ticket(f"d-{n}") for n in (1, 2, 3))
    merge(store, second, first, now)
    merge(store, third, second, now)
    with store.session() as session:
        one = session.scalars(select(Ticket).where(Ticket.number == first)).one()
        assert stands_for(session, one).number == third
    with pytest.raises(MergeRefused, match="ended"):
        merge(store, second, third, now)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"kind": "complaint"}, "kind"),
        ({"phone": "13900001111"}, "customer"),
    ],
)
def test_what_is_not_the_same_is_not_merged(
    store: Store, open_ticket: Open, now: datetime, given: dict[str, str], reason: str
) -> None:
    kept, other = open_ticket("d-1"), open_ticket("d-2", **given)
    with pytest.raises(MergeRefused, match=reason):
        merge(store, kept, other, now)
    assert ticket(store, other).state == "registered"


def test_a_ticket_whose_work_has_begun_is_kept_and_not_merged(
    store: Store, open_ticket: Open, now: datetime
) -> None:
    kept, begun, third = (open_ticket(f"d-{n}") for n in (1, 2, 3))
    with store.session() as session:
        row = session.scalars(select(Ticket).where(Ticket.number == begun)).one()
        for state in ("awaiting_assignment", "in_service"):
            do_move_checked(session, row, state, now, "foreman")
    with pytest.raises(MergeRefused, match="begun"):
        merge(store, kept, begun, now)
    with pytest.raises(MergeRefused, match="itself"):
        merge(store, kept, kept, now)
    merge(store, begun, kept, now)
    with pytest.raises(MergeRefused, match="elsewhere"):
        merge(store, third, kept, now)


def test_a_complaint_somebody_works_on_is_not_merged_before_it_is_dealt_with(
    store: Store, open_ticket: Open, now: datetime
) -> None:
    kept, begun = (open_ticket(f"d-{n}", kind="complaint") for n in (1, 2))
    with store.session() as session:
        row = session.scalars(select(Ticket).where(Ticket.number == begun)).one()
        do_answer_complaint(session, row, "已经在查，明天答复您。", now, "anna")
    with pytest.raises(MergeRefused, match="begun"):
        merge(store, kept, begun, now)
    with store.session() as session:
        row = session.scalars(select(Ticket).where(Ticket.number == begun)).one()
        do_record_cause(session, row, "delay", "waiting_parts", now, "anna")
        do_record_measure(session, row, "零件已到，当天寄出。", now, "anna")
    merge(store, kept, begun, now)
    assert ticket(store, begun).state == "closed"


def test_a_link_is_written_once_and_related_has_no_direction(
    store: Store, open_ticket: Open, now: datetime
) -> None:
    numbers = [open_ticket(f"d-{n}") for n in (1, 2)]
    with store.session() as session:
        one, two = (
            session.scalars(select(Ticket).where(Ticket.number == n)).one() for n in numbers
        )
        first = do_link_tickets(session, one, two, "related", now, "desk")
        assert do_link_tickets(session, two, one, "related", now, "desk").id == first.id
        after = do_link_tickets(session, two, one, "follow_up", now, "desk")
        assert [link.id for link in links_of(session, one)] == [first.id, after.id]
        with pytest.raises(LinkRefused, match="itself"):
            do_link_tickets(session, one, one, "related", now, "desk")
        with pytest.raises(LinkRefused, match="kind"):
            do_link_tickets(session, one, two, "cousin", now, "desk")  # type: ignore[arg-type]
        assert session.scalar(select(func.count()).select_from(TicketLink)) == 2


def test_more_words_go_into_the_open_ticket_once(
    store: Store, open_ticket: Open, now: datetime
) -> None:
    number = open_ticket("d-1")
    photo(store, "new", now)
    photo(store, "foreign", now, sender="somebody else")
    for added in (True, False):
        with store.session() as session:
            row = session.scalars(select(Ticket).where(Ticket.number == number)).one()
            assert added is do_add_to_ticket(
                session,
                row,
                "还会停",
                [("摔过", "是")],
                ["new", "foreign"],
                now,
                "visitor-1",
                "d-2",
            )
    whole = ticket(store, number)
    assert [(f.label, f.value) for f in whole.findings] == [("顾客补充", "还会停"), ("摔过", "是")]
    assert [p.name for p in whole.photos] == ["new"]
    with store.session() as session, pytest.raises(NotYours):
        row = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        do_add_to_ticket(session, row, "x", [], [], now, "somebody else", "d-3")
