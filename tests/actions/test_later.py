"""A second watch spoken of in the middle of a form waits for its turn."""

import pytest
from sqlalchemy import select

from actions import cues
from actions.services import Services
from aftersales.store.tables import Ticket
from tests.actions.walking import Walk

ALSO = "我老婆那块也坏了"


@pytest.fixture
def walk(services: Services) -> Walk:
    """A repair whose first question waits."""
    walk = Walk(services)
    walk.say("我要报修", "open_ticket")
    return walk


@pytest.mark.parametrize(
    ("text", "called"),
    [
        (ALSO, "老婆那块表"),
        ("我爸的表也不走了", "爸那块表"),
        ("还有一块也要修", "另一块表"),
        ("另一块也停了", "另一块表"),
        ("我老婆也说不准", None),
        ("还有一块保修卡", None),
        ("我老公的也行", None),
    ],
)
def test_a_second_watch_is_told_from_other_words(text: str, called: str | None) -> None:
    assert cues.watch_besides(text) == called


@pytest.mark.parametrize("intent", ["open_ticket", "inform", "nlu_fallback", "repair_or_replace"])
def test_it_is_never_the_value_of_a_field(walk: Walk, intent: str) -> None:
    for answer, heard in (("停了", "stopped"), ("不清楚", "dont_know"), ("同意", "affirm")):
        assert walk.say(ALSO, intent)[0] == "utter_watch_noted"
        walk.say(answer, heard)
    assert walk.waiting == ("intake", "name")
    walk.say(ALSO, intent)
    assert walk.waiting == ("intake", "name")
    assert len([f for f in walk.slots["frames"] if f["skill"] == "intake"]) == 2


def test_it_comes_next_and_only_what_is_new_is_asked(walk: Walk, services: Services) -> None:
    walk.say("停了", "stopped")
    walk.say(ALSO, "open_ticket")
    for answer, heard in (("7S26-0020", "inform"), ("同意", "affirm"), ("王强", "inform")):
        walk.say(answer, heard)
    walk.say("13812345678")
    said = walk.say("确认提交", "affirm")
    assert said == ["utter_ticket_repair", "utter_next_watch", "utter_question"]
    assert walk.waiting == ("intake", "fault")
    assert "utter_watch_noted" not in walk.say(ALSO, "open_ticket")  # it is in hand now
    walk.say("走慢了", "runs_slow")
    walk.say("不清楚", "dont_know")
    assert walk.waiting == ("intake", "confirm")
    walk.say("确认提交", "affirm")
    with services.store.session() as session:
        told = [(t.fault, t.calibre, t.contact_name) for t in session.scalars(select(Ticket))]
    assert told == [("停了", "7S26", "王强"), (f"{ALSO}；走慢了", None, "王强")]


def test_a_fault_told_of_it_is_not_asked_for_again(walk: Walk) -> None:
    walk.say("停了", "stopped")
    walk.say("我爸的表也不走了", "stopped")
    assert walk.slots["frames"][0]["data"]["answers"]["fault"] == "我爸的表也不走了"


def test_a_complaint_takes_it_as_part_of_the_matter(services: Services) -> None:
    walk = Walk(services)
    walk.say("投诉", "complain")
    assert walk.waiting == ("intake", "matter")
    assert "utter_watch_noted" not in walk.say(ALSO, "complain")


def test_a_diagnosis_goes_on_and_the_other_watch_is_kept(services: Services) -> None:
    walk = Walk(services)
    walk.say("走快了", "runs_fast")
    question = walk.waiting
    assert walk.say(ALSO, "open_ticket") == ["utter_watch_noted", "utter_question"]
    assert walk.waiting == question


def test_after_a_diagnosis_the_ticket_is_that_of_the_watch_in_hand(services: Services) -> None:
    walk = Walk(services)
    walk.say("走快了", "runs_fast")
    walk.say(ALSO, "open_ticket")
    walk.say("帮我报修", "open_ticket")
    assert walk.waiting == ("intake", "watch")
    assert walk.slots["frames"][-1]["data"]["answers"]["fault"] == "走快了"
