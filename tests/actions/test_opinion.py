"""Whether it helped: asked once, below thanks or a goodbye, never pressed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.services import Services
from aftersales import care
from aftersales.people import has_consent
from aftersales.store.tables import Satisfaction
from aftersales.tickets import TicketDraft, do_create_ticket
from aftersales.tickets.moves import do_move_checked as move
from tests.actions.talking import NOW
from tests.actions.walking import Walk


@pytest.fixture
def walk(services: Services) -> Walk:
    """A talk in which something was answered."""
    talk = Walk(services)
    talk.say("修多少钱", "repair_price")
    return talk


def kept(services: Services) -> list[tuple[int | None, str | None]]:
    with services.store.session(read_only=True) as session:
        rows = session.scalars(select(Satisfaction).order_by(Satisfaction.id)).all()
        return [(row.score, row.comment) for row in rows]


@pytest.mark.parametrize(
    ("text", "intent", "response"),
    [("谢谢", "thank", "utter_thank"), ("再见", "goodbye", "utter_goodbye")],
)
def test_after_an_answer_the_bot_asks_once_with_three_buttons(
    walk: Walk, text: str, intent: str, response: str
) -> None:
    assert walk.say(text, intent) == [response, "utter_satisfaction"]
    titles = [button["title"] for button in walk.messages[-1]["buttons"]]
    assert titles == ["满意", "一般", "不满意"]
    assert walk.say(text, intent) == [response]


def test_it_is_not_asked_when_nothing_was_answered_or_a_person_or_a_ticket_serves(
    services: Services,
) -> None:
    idle = Walk(services, "idle")
    idle.say("你好", "greet")
    assert idle.say("谢谢", "thank") == ["utter_thank"]
    handed = Walk(services, "handed")
    handed.say("修多少钱", "repair_price")
    handed.say("转人工", "talk_to_human")
    assert handed.say("谢谢", "thank") == ["utter_thank"]
    filed = Walk(services, "filed")
    filed.say("修多少钱", "repair_price")
    filed.slots["last_ticket"] = "FW261123-04821"
    assert filed.say("谢谢", "thank") == ["utter_thank"]


def test_it_is_not_asked_again_in_the_next_talk_soon_after(walk: Walk) -> None:
    walk.say("谢谢", "thank")
    walk.events.append({"event": "action", "name": "action_session_start", "timestamp": 5})
    walk.say("修多少钱", "repair_price", after=48)
    assert walk.say("谢谢", "thank", after=48) == ["utter_thank"]
    walk.events.append({"event": "action", "name": "action_session_start", "timestamp": 9})
    walk.say("修多少钱", "repair_price", after=24 * 40)
    assert walk.say("谢谢", "thank", after=24 * 40) == ["utter_thank", "utter_satisfaction"]


@pytest.mark.parametrize(
    ("text", "intent", "response", "score", "comment"),
    [
        ("满意", "affirm", "utter_satisfaction_thanks", 5, None),
        ("很满意", "thank", "utter_satisfaction_thanks", 5, None),
        ("一般", "inform", "utter_satisfaction_thanks", 3, None),
        ("不满意", "complain", "utter_satisfaction_sorry", 1, None),
        ("不太满意，说了半天没说清", "complain", "utter_satisfaction_sorry", 1, "说了半天没说清"),
        ("不满意", "nlu_fallback", "utter_satisfaction_sorry", 1, None),
    ],
)
def test_the_answer_is_kept_whatever_the_classifier_heard(
    walk: Walk, text: str, intent: str, response: str, score: int, comment: str | None
) -> None:
    walk.say("谢谢", "thank")
    assert walk.say(text, intent) == [response]
    assert kept(walk.services) == [(score, comment)]


def test_unasked_it_is_no_answer_and_a_second_one_changes_nothing(walk: Walk) -> None:
    assert "utter_satisfaction_sorry" not in walk.say("不满意", "complain")
    fresh = Walk(walk.services, "other")
    fresh.say("修多少钱", "repair_price")
    fresh.say("谢谢", "thank")
    fresh.say("满意", "affirm")
    fresh.say("不满意", "complain")
    assert kept(walk.services) == [(5, None)]


def test_going_on_without_an_answer_is_fine(walk: Walk) -> None:
    walk.say("谢谢", "thank")
    assert walk.say("几天能修好", "repair_duration") == ["utter_answer"]
    assert kept(walk.services) == [(None, None)]


def test_whoever_was_pleased_with_a_repair_may_be_reminded_and_may_stop_it(
    services: Services,
) -> None:
    draft = TicketDraft(
        draft_id="d-9", kind="callback", name="王小明", phone="13800005678",
        channel="widget", sender="somebody",
    )  # fmt: skip
    with services.store.session() as session:
        ticket = do_create_ticket(session, draft, NOW - timedelta(days=1), services.ids)
        move(session, ticket, "closed", NOW, who="anna")
        care.do_mark_asked(session, ticket.number, NOW)
    walk = Walk(services)
    assert walk.say("满意", "affirm") == ["utter_care_offer"]
    assert walk.say("好的", "affirm") == ["utter_care_accepted"]
    with services.store.session() as session:
        assert has_consent(session, "somebody", "care", "care-2026-11")
    assert walk.say("别再提醒我了", "privacy_request") == ["utter_care_stopped"]
    with services.store.session() as session:
        assert not has_consent(session, "somebody", "care")
