"""Questions in the words of an ill watch that ask for a fact."""

import pytest

from actions import general
from actions.services import Services
from tests.actions.talking import turn
from tests.actions.walking import Walk


@pytest.mark.parametrize(
    ("text", "intent", "word"),
    [
        ("换电池多少钱", "battery", "换电池要收费"),
        ("吹风机能吹吗", "water_damage", "不要吹"),
        ("7S26误差多少算正常", "runs_fast", "-35 到 +45 秒"),
        ("能自己换电池吗", "battery", "不建议自己换"),
        ("晚上怎么放比较准", "runs_fast", "每只表都不一样"),
        ("我听不懂你说的表冠是什么", "dont_know", "小圆钮"),
        ("旁边那个小钮是吧", "crown_or_hands_fault", "小圆钮"),
        ("不留电话怎么修", "deny", "到店"),
    ],
)
def test_the_fact_is_given_and_nothing_is_diagnosed(
    services: Services, text: str, intent: str, word: str
) -> None:
    walk = Walk(services)
    assert walk.say(text, intent) == ["utter_answer"]
    assert word in walk.words
    assert walk.waiting is None


def test_a_fault_told_besides_is_diagnosed_as_well(services: Services) -> None:
    walk = Walk(services)
    walk.say("两秒一跳，换电池多少钱", "battery")
    assert (walk.waiting or walk.slots["concluded"]) is not None
    assert general.tells_a_fault(turn(services, "两秒一跳，换电池多少钱", "battery"))


def test_a_calibre_is_no_fault(services: Services) -> None:
    assert not general.tells_a_fault(turn(services, "7S26误差多少算正常", "runs_fast"))


def test_the_words_alone_are_not_enough_where_a_topic_names_its_needs(services: Services) -> None:
    assert general.asked(turn(services, "换电池多少钱", "battery"))
    assert not general.asked(turn(services, "多少钱", "repair_price"))


def test_asking_says_nothing_by_itself(services: Services) -> None:
    asked = turn(services, "吹风机能吹吗", "water_damage")
    assert general.asked(asked)
    assert asked.dispatcher.messages == []
