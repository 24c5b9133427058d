"""Somebody who will not wait hears what was promised, and his words reach the case."""

import pytest
from sqlalchemy import select

from actions import cues, hurry
from actions.services import Services
from aftersales.store.tables import Ticket
from tests.actions.filing import Filing
from tests.actions.talking import said, turn
from tests.actions.walking import Walk


@pytest.mark.parametrize(
    "text",
    [
        "我不等，现在就要",
        "等不了",
        "我等不了那么久",
        "不能等",
        "现在就要人来",
        "能不能快点",
        "快点啊！",
        "什么？要等到周一？",
        "不行我等不了",
        "太久了，我现在就要",
    ],
)
def test_a_hurry_is_heard(text: str) -> None:
    assert cues.hurries(text)


@pytest.mark.parametrize(
    "text",
    [
        "不等了，不修了",
        "等不了就取消",
        "快点",
        "一天快点",
        "现在就要报修",
        "我不等于同意",
        "我等等看",
    ],
)
def test_a_hurry_is_told_from_other_words(text: str) -> None:
    assert not cues.hurries(text)


def test_with_nothing_promised_he_is_helped_at_once(services: Services) -> None:
    told = turn(services, "我不等，现在就要", "deny")
    assert hurry.answered(told)
    assert said(told.dispatcher) == ["utter_hurry"]


def test_who_waits_for_a_person_hears_the_latest_moment(services: Services) -> None:
    walk = Walk(services)
    walk.say("转人工", "talk_to_human")
    assert walk.say("我不等，现在就要", "deny") == ["utter_hurry_promised"]
    assert "下午" in walk.words
    assert walk.say("等不了", "deny") == ["utter_person_still_asked"]


def test_a_hurry_refuses_no_consent(services: Services) -> None:
    walk = Walk(services)
    walk.say("请给我回电话", "request_callback")
    assert walk.say("我不等，现在就要", "deny") == ["utter_hurry", "utter_question"]
    assert walk.waiting == ("intake", "consent")


def test_his_words_are_put_into_the_case(services: Services, filing: Filing) -> None:
    filing.take_down("停了两天", "13812345678")
    filing.confirm()
    told = turn(services, "我不等，现在就要", "deny", filing.slots)
    assert hurry.answered(told)
    assert said(told.dispatcher) == ["utter_hurry_promised"]
    with services.store.session() as session:
        ticket = session.scalars(select(Ticket)).one()
        assert "我不等,现在就要" in [f.value for f in ticket.findings]


def test_a_case_of_somebody_else_is_left_alone(services: Services, filing: Filing) -> None:
    filing.take_down("停了两天", "13812345678")
    filing.confirm()
    with services.store.session() as session:
        session.scalars(select(Ticket)).one().sender = "somebody else"
    told = turn(services, "我不等，现在就要", "deny", filing.slots)
    assert hurry.answered(told)
    assert said(told.dispatcher) == ["utter_hurry"]
