"""为什么: the evidence behind a question or an advice; 怎么办: what to do."""

import pytest

from actions.services import Services
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


def test_after_the_result_the_result_is_explained(walk: Walk) -> None:
    for _ in range(6):
        if walk.waiting is None:
            break
        walk.say("不知道", "dont_know")
    assert walk.say("为什么这么说？", "out_of_scope") == ["utter_answer"]
    assert "受磁" in walk.words


def test_without_a_diagnosis_there_is_nothing_to_explain(services: Services) -> None:
    assert Walk(services).say("为什么", "out_of_scope") == ["utter_out_of_scope"]
