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
        ("那我把表寄过去", "affirm", "先登记拿单号"),
        ("那寄", "affirm", "先登记拿单号"),
        ("那我女儿帮我寄行不行", "nlu_fallback", "先登记拿单号"),
        ("你们到底在哪", "out_of_scope", "登记"),
        ("能不能周六", "out_of_scope", "周末"),
        ("包装呢", "out_of_scope", "硬盒子"),
        ("修不好怎么办", "nlu_fallback", "如实告诉您"),
        ("到底能不能修", "repair_or_replace", "检测台"),
        ("打不通啊", "out_of_scope", "留个号码"),
        ("那保修会不会没了", "warranty_card", "拆过、修过"),
        ("我自己能换吗", "three_guarantees", "不建议自己换"),
        ("骗子吧", "complain", "不是品牌官方机构"),
        ("你们骗子吧", "complain", "不是品牌官方机构"),
        ("不会是骗子吧？", "talk_to_human", "不是品牌官方机构"),
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


@pytest.mark.parametrize("text", ["骗子", "你们是骗子，退钱", "说好保修结果不认，骗子"])
def test_an_accusation_is_no_question_who_we_are(services: Services, text: str) -> None:
    assert "utter_complaint_heard" in Walk(services).say(text, "complain")


@pytest.mark.parametrize(
    ("text", "intent"),
    [("表寄过去了", "ticket_status"), ("保修卡没了", "warranty_card"), ("自己换货", "deny")],
)
def test_what_only_looks_like_such_a_question(services: Services, text: str, intent: str) -> None:
    assert not general.asked(turn(services, text, intent))
