"""Links: one purpose each, good for a time, uniform when they open nothing."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from aftersales.ids import RandomIds
from aftersales.links import (
    ASK,
    OPEN_STATUS,
    PURPOSES,
    Passes,
    UnknownPurpose,
    do_issue_link,
    do_prove_by_link,
    do_revoke_links,
    do_use_link,
    proved_by_link,
    resolve,
)
from aftersales.settings import Secret
from aftersales.store import Store
from aftersales.store.tables import AuditEntry, Link, Ticket
from aftersales.tickets import TicketDraft, do_create_ticket

Make = Callable[..., TicketDraft]


@pytest.fixture
def ticket(store: Store, make_draft: Make, now: datetime, ids: RandomIds) -> Ticket:
    with store.session() as session:
        return do_create_ticket(session, make_draft(), now, ids)


def issue(store: Store, purpose: str, now: datetime, ids: RandomIds, **more: object) -> str:
    with store.session() as session:
        return do_issue_link(session, purpose, "thing", now, ids, who="t", **more).token  # type: ignore[arg-type]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_opens_its_thing_for_its_purpose_only(
    store: Store, now: datetime, ids: RandomIds, purpose: str
) -> None:
    token = issue(store, purpose, now, ids)
    with store.session() as session:
        found = resolve(session, purpose, token, now)
        assert found is not None and found.subject == "thing"
        others = [other for other in PURPOSES if other != purpose]
        assert [resolve(session, other, token, now) for other in others] == [None] * len(others)


def test_it_ends_at_its_hour(store: Store, now: datetime, ids: RandomIds) -> None:
    token = issue(store, "status", now, ids, ttl=timedelta(hours=1))
    with store.session() as session:
        assert resolve(session, "status", token, now + timedelta(minutes=59))
        assert resolve(session, "status", token, now + timedelta(hours=1)) is None


@pytest.mark.parametrize("token", ["", "x", "a" * 26, "a" * 5000, "表", "\x00", "' OR 1=1 --"])
def test_anything_else_opens_nothing(
    store: Store, now: datetime, ids: RandomIds, token: str
) -> None:
    issue(store, "status", now, ids)
    with store.session() as session:
        assert do_use_link(session, "status", token, now) is None


def test_only_a_digest_is_kept(store: Store, now: datetime, ids: RandomIds) -> None:
    with store.session() as session:
        issued = do_issue_link(session, "export", "7", now, ids, who="t")
        assert issued.token not in repr(issued)
        row = session.scalars(select(Link)).one()
        kept = [str(getattr(row, column.name)) for column in Link.__table__.columns]
        audits = [
            str(entry.why) + entry.subject_id for entry in session.scalars(select(AuditEntry))
        ]
    assert not any(issued.token in text for text in [*kept, *audits])


def test_tokens_cannot_be_guessed_from_each_other() -> None:
    ids = RandomIds()
    tokens = {ids.token() for _ in range(1000)}
    assert len(tokens) == 1000 and all(len(token) == 26 for token in tokens)
    assert 26 * 5.16 > 128  # log2(36) bits each
    assert isinstance(ids.source, random.SystemRandom)


def test_uses_are_counted(store: Store, now: datetime, ids: RandomIds) -> None:
    token = issue(store, "status", now, ids)
    for minute in range(3):
        with store.session() as session:
            assert do_use_link(session, "status", token, now + timedelta(minutes=minute))
    with store.session() as session:
        link = session.scalars(select(Link)).one()
    assert (link.uses, link.last_used_at) == (3, now + timedelta(minutes=2))


def test_what_is_taken_back_is_worth_nothing(store: Store, now: datetime, ids: RandomIds) -> None:
    tokens = [issue(store, "status", now, ids) for _ in range(2)]
    other = issue(store, "papers", now, ids)
    with store.session() as session:
        assert do_revoke_links(session, "status", "thing", now, "t") == 2
        assert do_revoke_links(session, "status", "thing", now, "t") == 0
        assert [resolve(session, "status", token, now) for token in tokens] == [None, None]
        assert resolve(session, "papers", other, now)


@pytest.mark.parametrize(("purpose", "subject", "ttl"), [("login", "x", None), ("login", "x", 1)])
def test_no_link_is_made_for_anything_else(
    store: Store, now: datetime, ids: RandomIds, purpose: str, subject: str, ttl: int | None
) -> None:
    with store.session() as session, pytest.raises(UnknownPurpose):
        time = None if ttl is None else timedelta(hours=ttl)
        do_issue_link(session, purpose, subject, now, ids, who="t", ttl=time)


@pytest.mark.parametrize(("subject", "hours"), [("", 1), ("x" * 61, 1), ("x", 0), ("x", -1)])
def test_nor_for_nothing_nor_for_no_time(
    store: Store, now: datetime, ids: RandomIds, subject: str, hours: int
) -> None:
    with store.session() as session, pytest.raises(ValueError):
        do_issue_link(session, "status", subject, now, ids, who="t", ttl=timedelta(hours=hours))


def test_a_pass_is_for_one_use_one_holder_and_half_an_hour(now: datetime) -> None:
    passes = Passes(Secret("s"))
    value = passes.make(OPEN_STATUS, 7, now, "w-1")
    assert passes.read(OPEN_STATUS, value, now, "w-1") == 7
    assert passes.read(OPEN_STATUS, value, now, "w-2") is None
    assert passes.read(ASK, value, now, "w-1") is None
    assert passes.read(OPEN_STATUS, value, now + timedelta(minutes=30), "w-1") is None
    assert Passes(Secret("t")).read(OPEN_STATUS, value, now, "w-1") is None
    for forged in ("", value[:-2], "W10.x", "表" * 400, value.replace(".", "")):
        assert passes.read(OPEN_STATUS, forged, now, "w-1") is None


def test_coming_from_the_status_page_proves_one_ticket_for_two_hours(
    store: Store, ticket: Ticket, now: datetime, make_draft: Make, ids: RandomIds
) -> None:
    with store.session() as session:
        other = do_create_ticket(session, make_draft(draft_id="d-2"), now, ids)
        assert proved_by_link(session, "w-1", ticket.number, now) is None
        do_prove_by_link(session, "w-1", session.get_one(Ticket, ticket.id), now)
    with store.session() as session:
        found = proved_by_link(session, "w-1", ticket.number, now)
        assert found is not None and found.number == ticket.number
        assert proved_by_link(session, "w-2", ticket.number, now) is None
        assert proved_by_link(session, "w-1", other.number, now) is None
        assert proved_by_link(session, "w-1", ticket.number, now + timedelta(hours=2)) is None
        do_prove_by_link(session, "w-1", found, now + timedelta(hours=3))
        assert proved_by_link(session, "w-1", ticket.number, now + timedelta(hours=4))
        assert len(session.scalars(select(Link)).all()) == 1
