"""One message's way: stored first, answered once, never lost."""

import httpx
import pytest
from sqlalchemy import select

from aftersales import conversations
from aftersales.clock import FixedClock
from aftersales.store import Store
from aftersales.store.tables import Conversation, Message
from tests.web.house import NOW, Peer, say
from web.refusals import Refusal
from web.talk import tidy
from web.turn import BOT_CHARS


def texts(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [message["text"] for message in answer["messages"]]


def talk_of(store: Store) -> int:
    with store.session(read_only=True) as session:
        return session.scalars(select(Conversation)).one().id


def test_a_sentence_is_answered(page: httpx.Client, peer: Peer) -> None:
    answer = say(page, "我的表停了")
    assert texts(answer) == ["[text] 我的表停了"]
    assert answer["owner"] == "bot" and answer["failed"] is False
    heard = peer.heard[0]
    assert heard["kind"] == "text" and heard["channel"] == "widget"
    assert heard["received_at"] == NOW.isoformat()


def test_the_sender_comes_from_the_session_never_from_the_body(
    page: httpx.Client, other_page: httpx.Client, peer: Peer
) -> None:
    say(page, "一")
    refused = page.post(
        "/chat/messages",
        json={"text": "二", "client_message_id": "message-0002", "sender": peer.heard[0]["sender"]},
    )
    assert refused.status_code == 422
    say(other_page, "三")
    say(page, "四", "message-0004")
    senders = [question["sender"] for question in peer.heard]
    assert senders[0] == senders[2] != senders[1]


def test_a_repeat_finds_the_first_answer_and_asks_nobody(page: httpx.Client, peer: Peer) -> None:
    first = say(page, "按钮")
    again = say(page, "按钮")
    assert again == first
    assert len(peer.heard) == 1


def test_a_repeat_cannot_change_what_was_said(page: httpx.Client, peer: Peer) -> None:
    say(page, "沉默")
    assert say(page, "别的话")["failed"] is True
    assert [question["message"] for question in peer.heard] == ["沉默", "沉默"]


def test_two_visitors_may_use_the_same_id(
    page: httpx.Client, other_page: httpx.Client, peer: Peer
) -> None:
    assert texts(say(page, "甲")) == ["[text] 甲"]
    assert texts(say(other_page, "乙")) == ["[text] 乙"]


@pytest.mark.parametrize("fault", ["坏", "沉默", "乱", "慢"])
def test_a_failed_answer_becomes_an_apology_with_offers(
    page: httpx.Client, store: Store, fault: str
) -> None:
    answer = say(page, fault)
    assert answer["failed"] is True
    assert "抱歉" in answer["messages"][0]["text"]
    assert len(answer["messages"][0]["buttons"]) == 2
    assert "Traceback" not in str(answer)
    with store.session(read_only=True) as session:
        kept = session.scalars(select(Message).where(Message.direction == "in")).one()
        assert kept.text == fault and kept.answered_at is None


def test_after_a_failure_the_same_id_gets_a_real_answer(
    page: httpx.Client, peer: Peer, store: Store
) -> None:
    assert say(page, "沉默")["failed"] is True
    with store.session() as session:  # the fault is over: what was stored can be answered now
        session.scalars(select(Message).where(Message.direction == "in")).one().text = "好了"
    answer = say(page, "沉默")
    assert answer["failed"] is False and texts(answer) == ["[text] 好了"]
    assert texts(say(page, "沉默")) == ["[text] 好了"], "and a further repeat finds that answer"
    assert len(peer.heard) == 2


def test_five_sentences_become_three_bubbles(page: httpx.Client) -> None:
    assert texts(say(page, "很多")) == ["第1句", "第2句", "第3句\n\n第4句\n\n第5句"]


def test_a_slash_typed_by_a_person_stays_text(page: httpx.Client, peer: Peer) -> None:
    say(page, '/inform{"calibre":"7S26"}')
    assert peer.heard[0]["kind"] == "text"


def test_tapping_and_typing_an_offered_answer_are_the_same(page: httpx.Client, peer: Peer) -> None:
    offered = say(page, "按钮")["messages"][-1]["buttons"]
    assert [button["title"] for button in offered] == ["有", "没有", "说不准"]
    assert "/affirm" not in str(offered)
    say(page, "没有", "message-0002", button=offered[1]["token"])
    say(page, "按钮", "message-0003")
    say(page, " 没有 ", "message-0004")
    said = [(q["kind"], q["message"]) for q in peer.heard]
    assert said[1] == said[3] == ("payload", "/deny")


def test_typing_an_answer_that_is_no_longer_offered_is_text(page: httpx.Client, peer: Peer) -> None:
    say(page, "按钮")
    say(page, "我先问别的", "message-0002")
    say(page, "没有", "message-0003")
    assert (peer.heard[-1]["kind"], peer.heard[-1]["message"]) == ("text", "没有")


def test_a_button_of_another_visitor_is_refused(
    page: httpx.Client, other_page: httpx.Client
) -> None:
    token = say(page, "按钮")["messages"][-1]["buttons"][0]["token"]
    for stolen in (token, token[:-2] + "xx", "", "x" * 400):
        answer = other_page.post(
            "/chat/messages",
            json={"text": "有", "client_message_id": "message-0009", "button": stolen},
        )
        assert answer.status_code == 422
        assert answer.json()["error"]["code"] == "bad_button"


def test_a_button_says_its_own_title_whatever_the_text(page: httpx.Client, store: Store) -> None:
    token = say(page, "按钮")["messages"][-1]["buttons"][0]["token"]
    say(page, "我什么都没同意", "message-0002", button=token)
    with store.session(read_only=True) as session:
        kept = session.scalars(select(Message).where(Message.message_key == "message-0002")).one()
        assert kept.text == "有"


def test_a_very_long_message_is_kept_whole_and_trimmed_for_the_bot(
    page: httpx.Client, peer: Peer, store: Store
) -> None:
    story = "表" * 10_000
    answer = say(page, story)
    assert "全文已经保存" in answer["messages"][0]["text"]
    assert len(peer.heard[0]["message"]) == BOT_CHARS
    with store.session(read_only=True) as session:
        kept = session.scalars(select(Message).where(Message.direction == "in")).one()
        assert kept.text == story


def test_an_emoji_alone_is_a_message(page: httpx.Client, peer: Peer) -> None:
    say(page, "😭")
    assert peer.heard[0]["message"] == "😭"


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\u200b\ufeff", "\x00"])
def test_nothing_gets_a_kind_answer_and_is_not_stored(
    page: httpx.Client, store: Store, nothing: str
) -> None:
    answer = page.post(
        "/chat/messages", json={"text": nothing, "client_message_id": "message-0001"}
    )
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "empty"
    with store.session(read_only=True) as session:
        assert session.scalars(select(Message)).all() == []


def test_half_a_character_is_declined_and_a_null_is_dropped(page: httpx.Client) -> None:
    form = {"Content-Type": "application/json"}
    half = '{"text": "表\\ud83d停", "client_message_id": "message-0001"}'
    declined = page.post("/chat/messages", content=half, headers=form)
    assert declined.status_code == 422 and "say" in declined.json()["error"]
    null = '{"text": "表停\\u0000了", "client_message_id": "message-0001"}'
    answer = page.post("/chat/messages", content=null, headers=form)
    assert texts(answer.json()) == ["[text] 表停了"]


def test_tidy_keeps_lines_and_refuses_the_invisible() -> None:
    assert tidy(" 一\r\n二\x07 ") == "一\n二"
    with pytest.raises(Refusal):
        tidy("\u200d\u200d")


def test_while_waiting_the_bot_goes_on(page: httpx.Client, store: Store, peer: Peer) -> None:
    say(page, "转人工")
    with store.session() as session:
        talk = session.scalars(select(Conversation)).one()
        conversations.do_request_person(session, talk, "asked", NOW)
    answer = say(page, "那先问保修", "message-0002")
    assert answer["owner"] == "waiting" and texts(answer) == ["[text] 那先问保修"]


def test_a_person_silences_the_bot_and_sees_everything(
    page: httpx.Client, store: Store, peer: Peer, clock: FixedClock
) -> None:
    say(page, "转人工")
    with store.session() as session:
        talk = session.scalars(select(Conversation)).one()
        conversations.do_take_over(session, talk, "小陈", NOW)
    answer = say(page, "您好，在吗", "message-0002")
    assert answer["owner"] == "person" and answer["messages"] == []
    assert len(peer.heard) == 1
    with store.session() as session:
        talk = session.scalars(select(Conversation)).one()
        kept = [message.text for message in conversations.history(session, talk)]
        assert kept[-1] == "您好，在吗"
        conversations.do_return_to_bot(session, talk, "小陈", NOW)
    assert texts(say(page, "谢谢", "message-0003")) == ["[text] 谢谢"]
