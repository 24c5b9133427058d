"""``action_answer``: every plain question has its room; other makers' watches have none."""

import pytest

from actions import answer
from actions.answer import ROOMS
from actions.services import Services
from aftersales import service
from tests.actions.talking import said, turn
from tests.actions.walking import Walk, rule_of_need

QUESTIONS = {
    "warranty_terms": "保修都管什么",
    "warranty_card": "保修卡丢了怎么办",
    "find_numbers": "编号在哪看",
    "authenticity": "怎么看真假",
    "after_sales_scope": "售后都管什么",
    "three_guarantees": "三包是什么",
    "repair_price": "修多少钱",
    "repair_duration": "要修几天",
    "service_centre": "去哪修",
    "repair_or_replace": "能换新吗",
    "maintenance": "多久保养一次",
}


@pytest.fixture
def walk(services: Services) -> Walk:
    """A talk with nothing in it."""
    return Walk(services)


def test_every_need_that_the_rules_send_here_has_a_room() -> None:
    sent = {need for need, action in rule_of_need().items() if action == "action_answer"}
    assert sent == set(ROOMS)
    assert set(QUESTIONS) == set(service.INTENTS)


@pytest.mark.parametrize(("intent", "text"), QUESTIONS.items())
def test_each_service_question_is_answered_from_the_book(
    walk: Walk, intent: str, text: str
) -> None:
    assert walk.say(text, intent) == ["utter_answer"]
    assert len(walk.messages[0]["reasons"]) > 20
    assert walk.waiting is None


def test_no_two_questions_have_the_same_answer(services: Services) -> None:
    answers = set()
    for intent, text in QUESTIONS.items():
        walk = Walk(services)
        walk.say(text, intent)
        answers.add(walk.messages[0]["reasons"])
    assert len(answers) == len(QUESTIONS)


@pytest.mark.parametrize("intent", [*QUESTIONS, "usage_help", "identify_watch"])
def test_another_makers_watch_is_declined_kindly(walk: Walk, intent: str) -> None:
    assert walk.say("劳力士怎么样", intent) == ["utter_other_brand"]


def test_a_seiko_beside_another_make_is_answered(walk: Walk) -> None:
    assert walk.say("精工比劳力士，修多少钱", "repair_price") == ["utter_answer"]


def test_a_calibre_is_described_from_the_table(walk: Walk) -> None:
    assert walk.say("7S26是什么表", "identify_watch") == ["utter_answer"]
    assert "41 小时" in walk.words


def test_a_calibre_nobody_knows_is_not_guessed(walk: Walk) -> None:
    assert walk.say("9Z99是什么表", "identify_watch") == ["utter_calibre_unknown"]
    assert walk.messages[0]["calibre"] == "9Z99"


def test_how_to_wind_depends_on_the_watch_talked_about(services: Services) -> None:
    known, unknown = Walk(services), Walk(services)
    known.say("7S26是什么表", "identify_watch")
    for walk in (known, unknown):
        assert walk.say("怎么上弦", "usage_help") == ["utter_answer"]
    assert known.words != unknown.words


def test_a_complete_card_is_noted_and_not_explained(walk: Walk) -> None:
    assert walk.say("保修卡店章日期都齐", "warranty_card") == ["utter_noted_meanwhile"]
    assert walk.slots["watches"][0]["card"] == "complete"


def test_a_known_kind_of_card_number_opens_the_check(walk: Walk) -> None:
    walk.say("卡号 DEMO1001 能免费修吗", "repair_price")
    assert walk.waiting == ("warranty", "second_proof")


def test_an_intent_without_a_room_is_not_understood(walk: Walk) -> None:
    lost = turn(walk.services, "阿巴", "no_such_need")
    answer.answer(lost)
    assert said(lost.dispatcher) == ["utter_misunderstood"]


def test_an_answer_given_before_is_given_short(walk: Walk) -> None:
    walk.say("去哪修", "service_centre")
    long = walk.messages[0]["reasons"]
    assert walk.say("地址在哪", "service_centre") == ["utter_answer_again"]
    assert walk.messages[0]["reasons"] in long and len(walk.messages[0]["reasons"]) < len(long) / 2
    assert walk.say("怎么寄", "service_centre") == ["utter_answer"]


@pytest.mark.parametrize(
    "text",
    [
        "你们官方的吗",
        "你们是官方售后吗",
        "你是精工公司的吗",
        "是不是官方的",
        "我怎么知道你们是真的",
    ],
)
@pytest.mark.parametrize("intent", ["service_centre", "after_sales_scope", "bot_challenge"])
def test_who_speaks_is_said_whatever_the_classifier_heard(
    walk: Walk, text: str, intent: str
) -> None:
    assert walk.say(text, intent) == ["utter_answer"]
    assert "不是品牌官方机构" in walk.words and "保修卡" in walk.words
    assert "Tianmu" not in walk.words
