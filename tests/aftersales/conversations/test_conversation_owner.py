"""The bot and a person never both answer, and no message is answered by nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from aftersales.conversations import (
    AlreadyTaken,
    NotYourTurn,
    Owner,
    do_request_person,
    do_return_to_bot,
    do_store_message,
    do_take_over,
    get_or_open,
    may_speak,
    open_hand_overs,
    speakers,
)
from aftersales.store import Store, open_store
from aftersales.store.tables import AuditEntry, Base, HandOver, OutboxRow

EVENTS = ["request", "anna", "ben", "return", "bot_says", "person_says", "customer_says"]


@pytest.fixture(scope="module")
def quick_store() -> Iterator[Store]:
    """A database in memory: the property below plays hundreds of conversations."""
    store = open_store("sqlite://")
    Base.metadata.create_all(store.engine)
    yield store
    store.close()


def test_every_owner_has_exactly_one_speaker() -> None:
    assert {owner: set(speakers(owner)) for owner in Owner} == {
        Owner.BOT: {"bot"},
        Owner.WAITING: {"bot"},
        Owner.PERSON: {"person"},
    }


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events=st.lists(st.sampled_from(EVENTS), max_size=25))
def test_whatever_happens_there_is_one_speaker_and_one_open_request(
    quick_store: Store, now: datetime, events: list[str]
) -> None:
    with quick_store.session() as session:
        number = session.scalar(select(func.count()).select_from(HandOver)) or 0
        talk = get_or_open(session, f"s{number}", "widget", now)
        do_return_to_bot(session, talk, "test", now)
        person: str | None = None
        for step, event in enumerate(events):
            moment = now + timedelta(minutes=step)
            if event == "request":
                do_request_person(session, talk, "asked", moment)
            elif event in ("anna", "ben"):
                try:
                    do_take_over(session, talk, event, moment)
                except AlreadyTaken:
                    assert person not in (None, event)
                else:
                    person = event
            elif event == "return":
                do_return_to_bot(session, talk, person or "system", moment)
                person = None
            elif event == "customer_says":
                do_store_message(session, talk, "in", "?", now=moment)
            else:
                speaker = "bot" if event == "bot_says" else "person"
                try:
                    do_store_message(session, talk, "out", "!", now=moment, speaker=speaker)  # type: ignore[arg-type]
                except NotYourTurn:
                    assert (speaker == "bot") == (person is not None)
                else:
                    assert (speaker == "person") == (person is not None)
            assert may_speak(talk, "bot") != may_speak(talk, "person")
            assert (talk.owner == Owner.PERSON) == (person is not None)
            assert talk.person == person
            mine = [h for h in open_hand_overs(session) if h.conversation_id == talk.id]
            assert len(mine) == (0 if talk.owner == Owner.BOT else 1)


def test_while_open_a_person_is_promised_within_four_open_hours(
    store: Store, now: datetime
) -> None:
    with store.session() as session:
        talk = get_or_open(session, "s", "widget", now)
        request = do_request_person(session, talk, "asked", now)
        assert talk.owner == Owner.WAITING
        assert request.back_at is None
        assert request.promised_at == now + timedelta(hours=5)  # lunch between
        again = do_request_person(session, talk, "again", now + timedelta(minutes=5))
        assert (again.id, again.reason) == (request.id, "asked")
        notice = session.scalars(select(OutboxRow)).one()
    assert notice.payload["event"] == "person_requested"


def test_after_hours_the_next_opening_is_promised(store: Store, now: datetime) -> None:
    night = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)  # Friday, 22:00 in Shanghai
    with store.session() as session:
        request = do_request_person(
            session, get_or_open(session, "s", "widget", now), "asked", night
        )
    assert request.back_at == datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    assert request.promised_at == datetime(2026, 11, 30, 6, 0, tzinfo=UTC)


def test_a_taken_conversation_keeps_its_person_until_it_is_given_back(
    store: Store, now: datetime
) -> None:
    with store.session() as session:
        talk = get_or_open(session, "s", "widget", now)
        request = do_request_person(session, talk, "asked", now)
        assert do_take_over(session, talk, "anna", now).id == request.id
        assert do_take_over(session, talk, "anna", now).id == request.id
        with pytest.raises(AlreadyTaken):
            do_take_over(session, talk, "ben", now)
        assert (request.taken_by, request.taken_at) == ("anna", now)
        do_return_to_bot(session, talk, "anna", now + timedelta(minutes=3))
        do_return_to_bot(session, talk, "anna", now + timedelta(minutes=4))
        assert request.closed_at == now + timedelta(minutes=3)
        assert (talk.owner, talk.person) == (Owner.BOT, None)
        done = session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert done == ["do_request_person", "do_take_over", "do_return_to_bot"]
