"""History, the shape of errors, and what arrives later."""

import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from aftersales import conversations, outbox
from aftersales.clock import FixedClock
from aftersales.store import Store
from aftersales.store.tables import Conversation
from tests.web.house import NOW, Peer, Served, later, say
from web.limits import RULES


def test_history_survives_a_reload(page: httpx.Client) -> None:
    say(page, "按钮")
    say(page, "有", "message-0002")
    past = page.get("/chat/history").json()
    said = [(message["role"], message["text"]) for message in past["messages"]]
    assert said[0] == ("user", "按钮") and said[3] == ("user", "有")
    assert past["messages"][2]["buttons"][0]["title"] == "有"
    assert "不是真人" in past["opening"][0] and "转人工" in past["opening"][0]


def test_a_visitor_who_only_looks_leaves_nothing_behind(page: httpx.Client, store: Store) -> None:
    assert page.get("/chat/history").json()["messages"] == []
    with store.session(read_only=True) as session:
        assert session.scalars(select(Conversation)).all() == []


def test_nobody_reads_the_history_of_another(page: httpx.Client, other_page: httpx.Client) -> None:
    say(page, "我的电话是13812345678")
    assert other_page.get("/chat/history").json()["messages"] == []


def test_ending_starts_a_new_conversation(page: httpx.Client) -> None:
    say(page, "一")
    assert page.post("/chat/end").status_code == 204
    assert page.get("/chat/history").json()["messages"] == []


def test_news_about_a_ticket_is_told_at_the_next_visit_once(
    page: httpx.Client, store: Store
) -> None:
    say(page, "我要报修")
    with store.session() as session:
        talk = session.scalars(select(Conversation)).one()
        outbox.enqueue(
            session,
            kind=outbox.NEXT_VISIT,
            key="move:1",
            channel="widget",
            sender=talk.sender,
            payload={"event": "ticket_moved", "number": "FW261123-04821", "state": "repairing"},
            now=NOW,
        )
    for _ in range(2):
        told = [message["text"] for message in page.get("/chat/history").json()["messages"]]
        assert sum("FW261123-04821" in text and "正在修理" in text for text in told) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{", "bad_json"),
        ("", "bad_request"),
        ("[]", "bad_request"),
        ('{"text": 5, "client_message_id": "message-0001"}', "bad_request"),
        ('{"text": "在吗"}', "bad_id"),
        ('{"text": "在吗", "client_message_id": "outbox:move:1"}', "bad_id"),
        ('{"text": "在吗", "client_message_id": "短"}', "bad_id"),
        ('{"text": "在吗", "client_message_id": "message-0001", "button": 7}', "bad_button"),
        (json.dumps({"text": "表" * 30_000, "client_message_id": "message-0001"}), "too_large"),
    ],
)
def test_wrong_bodies_get_one_shape(page: httpx.Client, body: str, code: str) -> None:
    answer = page.post("/chat/messages", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (413, 422)
    assert set(answer.json()) == {"error"} and set(answer.json()["error"]) == {"code", "say"}
    assert answer.json()["error"]["code"] == code
    assert any("\u4e00" <= sign <= "\u9fff" for sign in answer.json()["error"]["say"])


def test_too_fast_is_said_kindly_and_passes(page: httpx.Client, clock: FixedClock) -> None:
    for number in range(RULES["message_session"].count):
        say(page, "快", f"message-{number:04d}")
    late = {"text": "快", "client_message_id": "message-9999"}
    refused = page.post("/chat/messages", json=late)
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) <= 60
    assert refused.json()["error"]["code"] == "too_fast"
    later(clock, seconds=61)
    say(page, "快", "message-9999")


def test_what_a_person_says_is_pushed(
    app: FastAPI, store: Store, peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.chat.POLL_S", 0.05)
    with Served(app) as served, served.visitor() as browser:
        first: dict[str, Any] = browser.post(
            "/chat/messages", json={"text": "转人工", "client_message_id": "message-0001"}
        ).json()
        after = first["messages"][-1]["id"]
        with store.session() as session:
            talk = session.scalars(select(Conversation)).one()
            conversations.do_take_over(session, talk, "小陈", NOW)
            conversations.do_store_message(
                session, talk, "out", "您好，我是小陈。", now=NOW, speaker="person"
            )
        with browser.stream("GET", f"/chat/events?after={after}") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            line = next(line for line in stream.iter_lines() if line.startswith("data:"))
        pushed = json.loads(line.removeprefix("data:"))
        assert pushed["text"] == "您好，我是小陈。" and pushed["role"] == "person"
