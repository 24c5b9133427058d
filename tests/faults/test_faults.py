"""What a customer hears when a part fails: one kind sentence, nothing lost, a real answer later."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from aftersales.clock import FixedClock
from aftersales.settings import Secret, Settings
from aftersales.store import Store, engine, open_store
from aftersales.store.tables import Message
from tests.web import fake_rasa
from tests.web.house import Peer, later, say
from web.app import create_app
from web.rasa import RasaClient
from web.recovery import GRACE, recover

TEXT = "我的表停了"
BODY = {"text": TEXT, "client_message_id": "message-0001"}


class Faulty(httpx.AsyncBaseTransport):
    """A line to the real peer that can be cut."""

    def __init__(self) -> None:
        self._real = httpx.AsyncHTTPTransport()
        self.fault: str | None = None
        self.before: Any = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass the request on, or fail as told."""
        if self.before is not None:
            self.before()
        if self.fault == "down":
            raise httpx.ConnectError("refused")
        if self.fault == "slow":
            raise httpx.ReadTimeout("slow")
        if self.fault == "empty":
            return httpx.Response(200, json=[])
        if self.fault == "broken":
            return httpx.Response(500, text="Traceback: 13812345678")
        return await self._real.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the line."""
        await self._real.aclose()


@pytest.fixture
def line() -> Faulty:
    return Faulty()


@pytest.fixture
def store(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 100)  # a test need not wait ten seconds
    opened = open_store(settings.database_url.reveal())
    yield opened
    opened.close()


@pytest.fixture
def app(settings: Settings, store: Store, clock: FixedClock, peer: Peer, line: Faulty) -> FastAPI:
    rasa = RasaClient(settings.rasa_url, Secret(fake_rasa.SECRET), transport=line)
    return create_app(settings, store=store, clock=clock, rasa=rasa)


def texts(answer: Any) -> list[str]:
    return [message["text"] for message in answer["messages"]]


def stored(store: Store, direction: str) -> list[str]:
    with store.session(read_only=True) as session:
        found = session.scalars(select(Message).where(Message.direction == direction))
        return [message.text for message in found]


@pytest.mark.parametrize("fault", ["down", "slow", "empty", "broken"])
def test_rasa_fails_and_the_same_id_gets_a_real_answer_later(
    page: httpx.Client, store: Store, line: Faulty, peer: Peer, fault: str
) -> None:
    line.fault = fault
    sorry = say(page, TEXT)
    assert sorry["failed"] is True and "抱歉" in texts(sorry)[0]
    assert [b["title"] for b in sorry["messages"][0]["buttons"]] == ["我要报修登记", "请给我回电"]
    assert "Traceback" not in str(sorry) and "138" not in str(sorry)
    again = say(page, TEXT)
    assert again["failed"] is True and "还是没能答上来" in texts(again)[0]
    line.fault = None
    good = say(page, TEXT)
    assert good["failed"] is False and texts(good) == [f"[text] {TEXT}"]
    assert say(page, TEXT) == good
    assert stored(store, "in") == [TEXT] and len(peer.heard) == 1


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Somebody else holds the database's write lock."""
    path = settings.database_url.reveal().removeprefix("sqlite:///")
    other = sqlite3.connect(path, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


def kind_and_plain(answer: httpx.Response) -> None:
    assert answer.status_code == 503
    assert set(answer.json()) == {"error"} and set(answer.json()["error"]) == {"code", "say"}
    assert (
        answer.json()["error"]["code"] == "unavailable" and "稍等" in answer.json()["error"]["say"]
    )
    assert "sqlite" not in answer.text.lower() and "locked" not in answer.text


def test_a_locked_database_is_said_and_the_repeat_is_answered(
    page: httpx.Client, settings: Settings, store: Store, peer: Peer
) -> None:
    page.get("/chat/history")  # a visitor with a cookie, as a page has
    with locked(settings):
        kind_and_plain(page.post("/chat/messages", json=BODY))
    assert peer.heard == [], "nobody is asked about what is not stored"
    assert texts(say(page, TEXT)) == [f"[text] {TEXT}"]
    assert stored(store, "in") == [TEXT]


def test_a_database_locked_in_mid_turn_loses_nothing(
    page: httpx.Client, settings: Settings, store: Store, line: Faulty, peer: Peer
) -> None:
    page.get("/chat/history")
    lock = locked(settings)
    line.before = lock.__enter__
    kind_and_plain(page.post("/chat/messages", json=BODY))
    lock.__exit__(None, None, None)
    line.before = None
    assert stored(store, "in") == [TEXT] and stored(store, "out") == []
    assert texts(say(page, TEXT)) == [f"[text] {TEXT}"]
    assert stored(store, "in") == [TEXT] and stored(store, "out") == [f"[text] {TEXT}"]
    assert len(peer.heard) == 1, "Rasa had answered: the dialogue does not hear it twice"


def test_a_database_gone_in_mid_turn_loses_nothing(
    page: httpx.Client, store: Store, line: Faulty
) -> None:
    page.get("/chat/history")
    gone: list[bool] = []

    def refuse(*_arguments: object) -> None:
        if gone:
            raise OperationalError("SELECT 13812345678", {}, Exception("server closed"))

    event.listen(store.engine, "before_cursor_execute", refuse)
    line.before = lambda: gone.append(True)
    kind_and_plain(page.post("/chat/messages", json=BODY))
    health = page.get("/healthz")
    assert health.status_code == 503 and health.json()["database"] == "down"
    line.before = None
    gone.clear()
    assert texts(say(page, TEXT)) == [f"[text] {TEXT}"]
    assert stored(store, "in") == [TEXT]


def recovered(settings: Settings, store: Store, clock: FixedClock, line: Faulty) -> int:
    """Let the worker look once, over a line of its own with the same fault."""

    async def look() -> int:
        own = Faulty()
        own.fault = line.fault
        rasa = RasaClient(settings.rasa_url, Secret(fake_rasa.SECRET), transport=own)
        try:
            return await recover(store, rasa, clock)
        finally:
            await rasa.aclose()

    return asyncio.run(look())


def test_who_was_only_apologised_to_is_answered_when_rasa_is_back(
    page: httpx.Client,
    settings: Settings,
    store: Store,
    clock: FixedClock,
    line: Faulty,
) -> None:
    line.fault = "down"
    say(page, TEXT)
    later(clock, seconds=GRACE.total_seconds() + 1)
    assert recovered(settings, store, clock, line) == 0, "Rasa is still away: say nothing"
    line.fault = None
    assert recovered(settings, store, clock, line) == 1
    assert stored(store, "out")[1:] == [f"[text] {TEXT}"]
    assert recovered(settings, store, clock, line) == 0


def test_who_went_on_is_not_answered_late(
    page: httpx.Client,
    settings: Settings,
    store: Store,
    clock: FixedClock,
    line: Faulty,
    peer: Peer,
) -> None:
    line.fault = "down"
    say(page, TEXT)
    line.fault = None
    say(page, "那我先问保修", "message-0002")
    later(clock, seconds=GRACE.total_seconds() + 1)
    assert recovered(settings, store, clock, line) == 0
    assert [question["message"] for question in peer.heard] == ["那我先问保修"]


def test_what_rasa_cannot_answer_is_given_up_but_may_be_asked_again(
    page: httpx.Client,
    settings: Settings,
    store: Store,
    clock: FixedClock,
    line: Faulty,
) -> None:
    assert say(page, "沉默")["failed"] is True
    later(clock, seconds=GRACE.total_seconds() + 1)
    assert recovered(settings, store, clock, line) == 1
    assert recovered(settings, store, clock, line) == 0
    assert len(stored(store, "out")) == 2 and "还是没能答上来" in stored(store, "out")[1]
    with store.session() as session:
        session.scalars(select(Message).where(Message.direction == "in")).one().text = TEXT
    assert texts(say(page, "沉默")) == [f"[text] {TEXT}"]


def test_a_late_answer_reaches_the_open_page(
    page: httpx.Client,
    settings: Settings,
    store: Store,
    clock: FixedClock,
    line: Faulty,
) -> None:
    line.fault = "down"
    after = say(page, TEXT)["messages"][-1]["id"]
    line.fault = None
    later(clock, seconds=GRACE.total_seconds() + 1)
    recovered(settings, store, clock, line)
    with page.stream("GET", f"/chat/events?after={after}") as stream:
        began = time.monotonic()
        data = next(row for row in stream.iter_lines() if row.startswith("data:"))
        assert f"[text] {TEXT}" in data and time.monotonic() - began < 5
