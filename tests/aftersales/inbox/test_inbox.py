"""A delivery is worked on once, and what it came to is found again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import func, select

from aftersales.inbox import (
    KeyTooLong,
    Source,
    do_once,
    event_key,
    find_result,
    outbox_key,
    tap_key,
    wechat_key,
)
from aftersales.store import Store
from aftersales.store.tables import InboxRow

TAP = Source("link", "visitor-1", tap_key("token", "accept"))


def test_a_repeat_finds_the_first_result(store: Store, now: datetime) -> None:
    done: list[int] = []

    def work() -> tuple[str, int]:
        done.append(1)
        return "estimate", 7

    for is_new in (True, False, False):
        with store.session() as session:
            assert do_once(session, TAP, work, now) == ("estimate", "7", is_new)
    assert done == [1]


def test_work_that_fails_leaves_no_trace_and_may_be_tried_again(
    store: Store, now: datetime
) -> None:
    def fail() -> tuple[str, int]:
        raise ConnectionError

    with pytest.raises(ConnectionError), store.session() as session:
        do_once(session, TAP, fail, now)
    with store.session() as session:
        assert find_result(session, TAP) is None
        assert do_once(session, TAP, lambda: ("estimate", 8), now).is_new


def test_two_deliveries_at_once_do_the_work_once(store: Store, now: datetime) -> None:
    done: list[int] = []

    def deliver(number: int) -> str:
        with store.session() as session:

            def work() -> tuple[str, int]:
                done.append(number)
                return "thing", number

            return do_once(session, TAP, work, now).id

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(deliver, range(12)))
    assert len(done) == len(found) == 1
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(InboxRow)) == 1


def test_the_same_key_of_another_sender_or_channel_is_another_delivery(
    store: Store, now: datetime
) -> None:
    with store.session() as session:
        for channel, sender in (("widget", "a"), ("widget", "b"), ("wechat_oa", "a")):
            assert do_once(session, Source(channel, sender, "k"), lambda: ("m", 1), now).is_new


def test_a_key_that_does_not_fit_is_refused(store: Store, now: datetime) -> None:
    with store.session() as session, pytest.raises(KeyTooLong):
        do_once(session, Source("widget", "a", "k" * 101), lambda: ("m", 1), now)


def test_every_kind_of_delivery_has_a_key_of_its_own() -> None:
    keys = {
        wechat_key(23938),
        event_key(1764000000, "subscribe"),
        event_key(1764000000, "CLICK", "menu"),
        tap_key("a", "accept"),
        tap_key("a", "decline"),
        tap_key("b", "accept"),
        outbox_key("move:7"),
        outbox_key("x" * 140 + "1"),
        outbox_key("x" * 140 + "2"),
    }
    assert len(keys) == 9
    assert all(":" in key and len(key) <= 100 for key in keys)


def test_the_key_of_a_tap_does_not_open_the_link() -> None:
    assert "secret-token" not in tap_key("secret-token", "accept")
