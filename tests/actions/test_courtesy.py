"""Greeting, thanks, goodbye, what is not ours, and not understanding."""

import pytest

from actions.services import Services
from tests.actions.walking import Walk


@pytest.fixture
def walk(services: Services) -> Walk:
    """A talk with nothing in it."""
    return Walk(services)


def test_the_greeting_is_said_once_and_then_shorter(walk: Walk) -> None:
    assert walk.say("你好", "greet") == ["utter_greet"]
    assert walk.say("在吗", "greet") == ["utter_greet_again"]


def test_a_new_session_is_greeted_anew(walk: Walk) -> None:
    walk.say("你好", "greet")
    walk.events.append({"event": "action", "name": "action_session_start"})
    assert walk.say("你好", "greet") == ["utter_greet"]


@pytest.mark.parametrize(
    ("text", "intent", "response"),
    [
        ("谢谢", "thank", "utter_thank"),
        ("再见", "goodbye", "utter_goodbye"),
        ("你是机器人吗", "bot_challenge", "utter_bot_challenge"),
    ],
)
def test_courtesy_is_returned(walk: Walk, text: str, intent: str, response: str) -> None:
    assert walk.say(text, intent) == [response]


def test_goodbye_presses_for_nothing(walk: Walk) -> None:
    walk.say("查保修", "check_warranty")
    assert walk.say("再见", "goodbye") == ["utter_goodbye"]
    assert walk.waiting is None
    assert walk.slots["frames"]


def test_what_is_not_ours_is_declined_and_the_second_time_a_person_offered(walk: Walk) -> None:
    assert walk.say("今天天气怎么样", "out_of_scope") == ["utter_out_of_scope"]
    assert walk.slots.get("offer") is None
    assert walk.say("讲个笑话", "out_of_scope") == ["utter_out_of_scope_again"]
    assert walk.slots["offer"] == "person"


def test_an_answer_in_between_starts_the_count_anew(walk: Walk) -> None:
    walk.say("今天天气怎么样", "out_of_scope")
    walk.say("修多少钱", "repair_price")
    assert walk.say("讲个笑话", "out_of_scope") == ["utter_out_of_scope"]


def test_a_full_stop_is_no_other_subject(walk: Walk) -> None:
    assert walk.say("。。。", "out_of_scope") == ["utter_misunderstood"]


def test_a_code_in_words_not_understood_is_kept(walk: Walk) -> None:
    assert walk.say("7S26-0020 那个啥", "nlu_fallback") == ["utter_noted"]
    assert walk.slots["watches"][0]["calibre"] == "7S26"


@pytest.mark.parametrize("intent", ["out_of_scope", "nlu_fallback", "inform", "repair_price"])
def test_papers_are_refused_whatever_the_classifier_heard(walk: Walk, intent: str) -> None:
    assert walk.say("我的身份证是110101199003074578", intent) == ["utter_sensitive"]


def test_at_the_desk_there_are_no_buttons(walk: Walk) -> None:
    walk.say("你好", "greet")
    assert walk.messages[0]["buttons"]
    desk = Walk(walk.services, "caller")
    desk.say("你好", "greet", channel="desk")
    assert not desk.messages[0]["buttons"]
