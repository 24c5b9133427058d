"""Messages are stored before they are worked on, and a repeat finds the first answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from aftersales.conversations import (
    NotYourTurn,
    do_mark_answered,
    do_store_message,
    do_take_over,
    find,
    get_or_open,
    history,
    replies,
    unanswered,
)
from aftersales.store import Store
from aftersales.store.tables import Conversation, Message


def test_a_repeat_finds_the_first_message_and_its_answers(store: Store, now: datetime) -> None:
    with store.session() as session:
        talk = get_or_open(session, "s", "widget", now)
        first, is_new = do_store_message(session, talk, "in", "你好", message_key="k", now=now)
        assert is_new
        button = {"title": "查保修", "payload": "/check_warranty"}
        answer, _ = do_store_message(
            session, talk, "out", "您好", [button], now=now, in_reply_to=first
        )
        do_mark_answered(session, first, now)
    with store.session() as session:
        talk = get_or_open(session, "s", "widget", now)
        again, is_new = do_store_message(session, talk, "in", "你好", message_key="k", now=now)
        assert (again.id, is_new) == (first.id, False)
        assert again.answered_at == now
        assert [(m.id, m.text, m.buttons) for m in replies(session, again)] == [
            (answer.id, "您好", [button])
        ]
        assert answer.speaker == "bot"
        assert again.speaker == "customer"


def test_the_same_key_of_another_sender_is_another_message(store: Store, now: datetime) -> None:
    with store.session() as session:
        for sender in ("a", "b"):
            talk = get_or_open(session, sender, "widget", now)
            message, is_new = do_store_message(
                session, talk, "in", sender, message_key="k", now=now
            )
            assert (message.text, is_new) == (sender, True)


def test_deliveries_at_the_same_moment_are_stored_once(store: Store, now: datetime) -> None:
    def deliver(_: int) -> tuple[int, bool]:
        with store.session() as session:
            talk = get_or_open(session, "s", "wechat_oa", now)
            message, is_new = do_store_message(session, talk, "in", "x", message_key="k", now=now)
            return message.id, is_new

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(deliver, range(12)))
    assert len({number for number, _ in answers}) == 1
    assert sum(is_new for _, is_new in answers) == 1
    with store.session() as session:
        for table in (Conversation, Message):
            assert session.scalar(select(func.count()).select_from(table)) == 1


def test_one_sender_has_one_conversation_per_channel(store: Store, now: datetime) -> None:
    with store.session() as session:
        first = get_or_open(session, "s", "widget", now)
        assert get_or_open(session, "s", "widget", now + timedelta(days=9)) is first
        assert get_or_open(session, "s", "desk", now) is not first
        assert find(session, "s", "widget") is first
        assert find(session, "t", "widget") is None


def test_history_is_the_latest_oldest_first(store: Store, now: datetime) -> None:
    with store.session() as session:
        talk = get_or_open(session, "s", "widget", now)
        for number in range(6):
            moment = now + timedelta(seconds=number)
            do_store_message(session, talk, "in", str(number), now=moment, photos=["p.jpg"])
        assert [m.text for m in history(session, talk, 3)] == ["3", "4", "5"]
        assert history(session, talk)[0].photos == ["p.jpg"]
        assert talk.last_message_at == now + timedelta(seconds=5)


def test_messages_nobody_finished_are_found_after_a_crash(store: Store, now: datetime) -> None:
    later = now + timedelta(minutes=1)
    with store.session() as session:
        talk = get_or_open(session, "s", "widget", now)
        lost, _ = do_store_message(session, talk, "in", "?", message_key="1", now=now)
        done, _ = do_store_message(session, talk, "in", "!", message_key="2", now=now)
        do_mark_answered(session, done, now)
        do_store_message(session, talk, "in", "…", message_key="3", now=later)
        assert unanswered(session, before=later) == [lost]
        do_take_over(session, talk, "agent", now)
        assert unanswered(session, before=later) == []


def test_the_bot_cannot_answer_where_a_person_does(store: Store, now: datetime) -> None:
    with store.session() as session:
        talk = get_or_open(session, "s", "widget", now)
        with pytest.raises(NotYourTurn):
            do_store_message(session, talk, "out", "x", now=now, speaker="person")
        do_take_over(session, talk, "agent", now)
        with pytest.raises(NotYourTurn):
            do_store_message(session, talk, "out", "x", now=now)
        do_store_message(session, talk, "out", "x", now=now, speaker="person")
        do_store_message(session, talk, "out", "x", now=now, speaker="system")
        do_store_message(session, talk, "in", "x", now=now)


def test_a_key_that_is_too_long_is_refused(store: Store, now: datetime) -> None:
    with store.session() as session:
        talk = get_or_open(session, "s", "widget", now)
        with pytest.raises(ValueError, match="100"):
            do_store_message(session, talk, "in", "x", message_key="k" * 101, now=now)
