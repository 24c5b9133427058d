"""为什么: the evidence behind a question or an advice; 怎么办: what to do."""

import pytest

from actions import cues
from actions.intake import ASKS
from actions.registry import skills
from actions.services import Services
from aftersales.knowledge import load
from tests.actions.walking import Walk


@pytest.fixture
def walk(services: Services) -> Walk:
    """A diagnosis whose first question waits."""
    walk = Walk(services)
    walk.say("我的6R35一天快40秒，昨天放在音箱旁边", "runs_fast")
    assert walk.waiting is not None
    return walk


@pytest.mark.parametrize("intent", ["out_of_scope", "nlu_fallback", "inform", "stopped"])
def test_why_is_explained_whatever_the_classifier_heard(walk: Walk, intent: str) -> None:
    question = walk.waiting
    assert walk.say("为什么", intent)[0] == "utter_answer"
    assert "磁" in walk.words
    assert walk.waiting == question


def test_what_now_gives_steps_and_not_reasons(walk: Walk) -> None:
    walk.say("为什么", "out_of_scope")
    reasons = walk.messages[0]["reasons"]
    walk.say("那怎么办", "out_of_scope")
    assert walk.messages[0]["reasons"] != reasons


@pytest.mark.parametrize("text", ["正常吗这个", "这正常吗", "到底正不正常"])
def test_whether_it_is_normal_is_held_against_the_calibre(walk: Walk, text: str) -> None:
    question = walk.waiting
    walk.say(text, "nlu_fallback")
    assert "6R35" in walk.words
    assert "40 秒" in walk.words
    assert walk.waiting == question


@pytest.mark.parametrize("text", ["那能自己调吗", "我自己可以调快慢吗", "怎么自己调"])
def test_how_to_regulate_is_told_of_the_rate_in_hand(walk: Walk, text: str) -> None:
    walk.say(text, "usage_help")
    assert "快慢针" in walk.words


@pytest.mark.parametrize("text", ["日历能自己调吗", "正常营业吗", "这是正常的价格吗"])
def test_other_questions_of_these_words_are_left_alone(text: str) -> None:
    assert not cues.is_normal(text)
    assert not cues.regulates(text)


def test_after_the_result_the_result_is_explained(walk: Walk) -> None:
    for _ in range(6):
        if walk.waiting is None:
            break
        walk.say("不知道", "dont_know")
    assert walk.say("为什么这么说？", "out_of_scope") == ["utter_answer"]
    assert "受磁" in walk.words


def test_without_a_diagnosis_there_is_nothing_to_explain(services: Services) -> None:
    assert Walk(services).say("为什么", "out_of_scope") == ["utter_out_of_scope"]


@pytest.mark.parametrize(
    "text",
    ["要填什么", "要填哪些东西啊", "还要问几个问题", "为什么要我电话", "还要同意？"],
)
def test_what_will_be_asked_is_told_with_its_purpose(services: Services, text: str) -> None:
    walk = Walk(services)
    assert walk.say(text, "open_ticket") == ["utter_answer"]
    assert "报修问四样" in walk.words
    walk.say("给我回个电话", "request_callback")
    question = walk.waiting
    assert walk.say(text, "find_numbers")[0] == "utter_answer"
    assert "回电只问两样" in walk.words
    assert walk.waiting == question


@pytest.mark.parametrize("text", ["要带什么", "你刚才问什么", "问一下多少钱", "为什么要修"])
def test_other_questions_are_not_taken_for_it(text: str) -> None:
    assert not cues.what_is_asked(text)


@pytest.mark.parametrize("text", ["我要报修", "我要送修", "那我得修"])
def test_a_wish_is_not_taken_for_the_question_what_to_do(text: str) -> None:
    assert not cues.what_now(text)
    assert cues.what_now(text + "吗")


def test_every_form_has_its_outline() -> None:
    outlined = set(load("talk")["outlines"])
    assert outlined == (set(skills()) - {"intake"}) | set(ASKS)


@pytest.mark.parametrize("text", ["地址要不要填", "要写我家地址吗？", "还要不要留个住址啊"])
@pytest.mark.parametrize("kind", ["open_ticket", "complain", "request_callback"])
def test_whether_an_address_is_asked_for_is_told_of_the_form(
    services: Services, text: str, kind: str
) -> None:
    walk = Walk(services)
    walk.say("投诉" if kind == "complain" else "我要报修", kind)
    question = walk.waiting
    assert walk.say(text, "service_centre")[0] == "utter_answer"
    assert "不用填地址" in walk.words
    assert walk.waiting == question


@pytest.mark.parametrize("text", ["地址在哪", "你们地址给我", "寄到什么地址", "地址怎么填"])
def test_where_the_shop_is_is_another_question(text: str) -> None:
    assert not cues.address_asked(text)
