"""A question put three times is let go with the ways on; it can be skipped or taken up again."""

import pytest

from actions.frames import MAX_ASKS
from actions.services import Services
from tests.actions.walking import Walk


@pytest.fixture
def worn(services: Services) -> Walk:
    """Somebody who let the question of consent pass three times."""
    walk = Walk(services)
    walk.say("给我回个电话", "request_callback")
    for _ in range(MAX_ASKS):
        walk.say("修一次多少钱", "repair_price")
    return walk


def test_it_is_said_once_that_the_question_is_left(worn: Walk) -> None:
    assert worn.messages[-1]["response"] == "utter_put_aside"
    assert worn.waiting is None
    assert "utter_put_aside" not in worn.say("几点上班", "service_centre")


def test_a_bare_yes_later_only_takes_it_up_again(worn: Walk) -> None:
    worn.say("几点上班", "service_centre")
    assert worn.say("可以", "affirm") == ["utter_question"]
    assert worn.waiting == ("intake", "consent")
    assert "consent" not in worn.slots["frames"][-1]["data"]["answers"]
    # Taken up, it is led back to again like any other.
    assert worn.say("几点上班", "service_centre")[-1] == "utter_question_again"


def test_what_only_sounds_like_a_no_does_not_end_it(worn: Walk) -> None:
    assert worn.say("没带卡", "deny") == ["utter_resume_offer"]
    assert worn.slots["frames"]
    assert worn.say("接着办", "affirm") == ["utter_question"]
    assert worn.waiting == ("intake", "consent")


def test_a_bare_yes_after_another_offer_was_answered_is_asked_about(worn: Walk) -> None:
    worn.slots["offer"] = None
    assert worn.say("可以", "affirm") == ["utter_resume_offer"]
    assert worn.say("好", "affirm") == ["utter_question"]


def test_a_no_drops_it(worn: Walk) -> None:
    assert worn.say("不用了", "deny") == ["utter_stopped"]
    assert worn.slots["frames"] == []


def test_an_unsure_no_drops_nothing(worn: Walk) -> None:
    worn.say("去不了", "deny", confidence=0.33)
    assert worn.slots["frames"]


def test_a_skipped_consent_is_none(worn: Walk) -> None:
    assert worn.say("跳过", "nlu_fallback") == ["utter_consent_refused"]


@pytest.mark.parametrize("words", ["跳过", "这题跳过吧", "先跳过", "略过"])
def test_a_skipped_question_of_a_diagnosis_leads_to_the_next(
    services: Services, words: str
) -> None:
    walk = Walk(services)
    walk.say("我的表停了", "stopped")
    first = walk.waiting
    assert walk.say(words, "out_of_scope") == ["utter_question"]
    assert walk.waiting and walk.waiting != first


def test_what_was_told_of_a_dropped_diagnosis_stays(services: Services) -> None:
    walk = Walk(services)
    walk.say("我的表停了", "stopped")
    for _ in range(MAX_ASKS):
        walk.say("修一次多少钱", "repair_price")
    walk.say("不用了", "deny")
    assert walk.slots["case"]["words"] == "我的表停了"


def test_a_no_long_after_drops_nothing(worn: Walk) -> None:
    worn.say("几点上班", "service_centre")
    assert worn.say("算了不看了", "deny") == ["utter_nothing_more"]
    assert worn.slots["frames"]


def test_a_plain_refusal_is_heard_though_it_comes_late(worn: Walk) -> None:
    worn.say("几点上班", "service_centre")
    assert worn.say("我不想留电话", "deny") == ["utter_consent_refused"]
    worn.say("那留吧13912345678")
    assert worn.waiting == ("intake", "consent")
