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
        ("还有我老婆的表进水了", "老婆那块表"),
        ("我老婆的表进水了", None),
        ("还有我爸的表要带吗", None),
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


@pytest.fixture
def two(walk: Walk) -> Walk:
    """His own repair waits for the watch, and water on his wife's was told of."""
    walk.say("一天快一分多", "runs_fast")
    said = walk.say("还有我老婆的表进水了", "water_damage")
    assert said == ["utter_answer", "utter_watch_noted", "utter_question"]
    assert "擦干" in walk.words
    assert walk.waiting == ("intake", "watch")
    return walk


def fault_in_hand(walk: Walk) -> str:
    return str(walk.slots["frames"][-1]["data"]["answers"]["fault"])


@pytest.mark.parametrize("intent", ["inform", "nlu_fallback", "open_ticket"])
def test_his_own_goes_first_and_hers_when_he_asks(two: Walk, intent: str) -> None:
    assert two.say("先弄我的", intent) == ["utter_question"]
    assert two.waiting == ("intake", "watch")
    assert fault_in_hand(two) == "一天快一分多"
    assert two.say("我老婆那块呢", intent) == ["utter_next_watch", "utter_question"]
    assert fault_in_hand(two) == "还有我老婆的表进水了"
    assert two.say("先弄我的吧", intent) == ["utter_question"]
    assert fault_in_hand(two) == "一天快一分多"


def test_a_complaint_taken_back_leaves_both_repairs(two: Walk) -> None:
    two.say("太慢了，我要投诉你们", "complain")
    assert two.say("算了不投诉", "cancel_ticket") == ["utter_stopped"]
    assert two.waiting is None
    assert fault_in_hand(two) == "一天快一分多"
    two.say("我老婆那块呢", "inform")
    assert fault_in_hand(two) == "还有我老婆的表进水了"
    assert two.waiting == ("intake", "watch")


def test_nothing_is_taken_up_that_was_not_noted(walk: Walk) -> None:
    assert "utter_next_watch" not in walk.say("我老婆那块呢", "inform")
    assert Walk(walk.services).say("先弄我的", "nlu_fallback") == ["utter_misunderstood"]
