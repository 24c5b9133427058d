"""The form hears a message first: an answer, an aside, 算了, a lost frame, a worn-out question."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.forms import REQUESTED_SLOT, ValidateForm
from actions.frames import MAX_ASKS
from actions.services import Services
from actions.warranty import WarrantySkill
from tests.actions.talking import message, said, slots_after, tracker
from tests.actions.walking import Walk


@pytest.fixture
def walk(services: Services) -> Walk:
    """A warranty check whose first question waits: when was it bought."""
    walk = Walk(services)
    walk.say("查保修", "check_warranty")
    assert walk.waiting == ("warranty", "purchase_date")
    return walk


def run_after(
    services: Services, walk: Walk, actions: list[str], text: str = "修一次多少钱"
) -> tuple[list[str], dict[str, Any]]:
    """Run the validation with these actions on the tracker; returns what was said and the slots."""
    dispatcher = CollectingDispatcher()
    events = [{"event": "action", "name": name} for name in actions]
    parsed = message(text, "repair_price")
    told = Tracker("somebody", dict(walk.slots), parsed, events, False, None, {}, actions[-1])
    changes = ValidateForm(WarrantySkill(), services).run(dispatcher, told, {})
    return said(dispatcher), slots_after(changes, dict(walk.slots))


def test_its_name_is_the_one_rasa_looks_for(services: Services) -> None:
    assert ValidateForm(WarrantySkill(), services).name() == "validate_warranty_form"


def test_an_answer_goes_into_the_frame_and_the_next_question_is_asked(walk: Walk) -> None:
    assert walk.say("去年五月买的") == ["utter_question"]
    assert walk.waiting == ("warranty", "card")
    assert walk.slots["frames"][-1]["data"]["evidence"]["purchase_date"] == "2025-05"


def test_the_last_answer_ends_the_loop(walk: Walk) -> None:
    walk.say("去年五月买的")
    walk.say("店章日期都齐")
    assert "utter_warranty_verdict" in walk.say("一样的", "affirm")
    assert walk.waiting is None
    assert walk.slots["frames"] == []


def test_an_aside_changes_nothing_in_the_form_and_leads_back_to_the_question(walk: Walk) -> None:
    before = walk.slots["frames"][-1]["data"]
    assert walk.say("修一次多少钱", "repair_price") == ["utter_answer", "utter_question_again"]
    assert walk.waiting == ("warranty", "purchase_date")
    assert walk.slots["frames"][-1]["data"] == before


def test_standing_aside_returns_no_event_at_all(services: Services, walk: Walk) -> None:
    told = tracker("修一次多少钱", "repair_price", walk.slots)
    assert ValidateForm(WarrantySkill(), services).run(CollectingDispatcher(), told, {}) == []


@pytest.mark.parametrize("words", ["算了", "算了吧。", "不查了", "没空", "下次再说", "别问了"])
def test_enough_is_enough(walk: Walk, words: str) -> None:
    assert walk.say(words, "deny") == ["utter_stopped"]
    assert walk.waiting is None
    assert walk.slots["frames"] == []
    assert walk.slots["stopped"] is None


def test_enough_means_all_of_it_but_forgets_nothing_below(walk: Walk) -> None:
    walk.say("去年五月买的")
    walk.say("给我回个电话", "request_callback")
    assert walk.waiting == ("intake", "consent")
    assert walk.say("算了", "deny") == ["utter_stopped"]
    assert walk.waiting is None
    (below,) = walk.slots["frames"]
    assert (below["skill"], below["times"]) == ("warranty", MAX_ASKS)
    walk.say("店章日期都齐")  # still taken when it comes
    assert walk.waiting == ("warranty", "numbers_watch")


@pytest.mark.parametrize("frames", [None, [], [{"skill": "warranty"}]])
def test_a_lost_frame_leaves_the_message_to_the_rules(
    services: Services, walk: Walk, frames: Any
) -> None:
    told = tracker("去年五月买的", "inform", {**walk.slots, "frames": frames})
    assert ValidateForm(WarrantySkill(), services).run(CollectingDispatcher(), told, {}) == []


def test_a_frame_of_another_skill_is_not_answered_by_this_form(
    services: Services, walk: Walk
) -> None:
    other = [{**walk.slots["frames"][0], "skill": "intake"}]
    told = tracker("去年五月买的", "inform", {**walk.slots, "frames": other})
    assert ValidateForm(WarrantySkill(), services).run(CollectingDispatcher(), told, {}) == []


def test_a_form_with_nothing_to_ask_closes_itself(services: Services, walk: Walk) -> None:
    walk.slots["frames"] = []
    spoken, slots = run_after(services, walk, ["action_listen", "action_answer"])
    assert spoken == []
    assert slots[REQUESTED_SLOT] is None


@pytest.mark.parametrize(
    ("actions", "response"),
    [
        (["action_listen", "action_answer"], "utter_question_again"),
        (["action_listen", "action_answer", "warranty_form"], "utter_question_again"),
        (["action_listen", "action_person", "warranty_form"], "utter_question_again"),
        (["action_listen", "action_reply", "warranty_form"], "utter_question"),
        (["action_listen", "action_warranty", "warranty_form"], "utter_question"),
    ],
)
def test_the_action_before_is_the_one_before_the_form_itself(
    services: Services, walk: Walk, actions: list[str], response: str
) -> None:
    assert run_after(services, walk, actions)[0] == [response]


def test_rasa_puts_the_form_behind_the_listening_and_it_still_counts_as_a_fresh_message(
    services: Services, walk: Walk
) -> None:
    spoken, slots = run_after(
        services, walk, ["action_listen", "warranty_form"], text="去年五月买的"
    )
    assert spoken == ["utter_question"]
    assert slots["frames"][-1]["question"] == "card"


def test_after_a_rules_action_the_message_is_not_heard_a_second_time(
    services: Services, walk: Walk
) -> None:
    _, slots = run_after(services, walk, ["action_listen", "action_answer"], text="去年五月买的")
    assert slots["frames"][-1]["question"] == "purchase_date"


def test_a_question_put_three_times_is_set_aside_and_its_answer_still_taken(walk: Walk) -> None:
    for _ in range(MAX_ASKS - 1):
        assert walk.say("修一次多少钱", "repair_price")[-1] == "utter_question_again"
    said = walk.say("修一次多少钱", "repair_price")
    assert said == ["utter_answer_again", "utter_put_aside"]
    assert walk.waiting is None
    assert walk.say("去年五月买的") == ["utter_question"]
    assert walk.waiting == ("warranty", "card")


def test_a_question_missed_twice_is_passed_over_and_a_person_offered(walk: Walk) -> None:
    assert walk.say("阿巴阿巴", "nlu_fallback") == ["utter_not_quite", "utter_question"]
    assert walk.waiting == ("warranty", "purchase_date")
    assert walk.say("阿巴阿巴", "nlu_fallback") == ["utter_passed_over", "utter_question"]
    assert walk.waiting == ("warranty", "card")
    assert (walk.slots["offer"], walk.slots["misunderstood"]) == ("person", 0)


def test_an_answer_in_between_forgives_the_misunderstanding(walk: Walk) -> None:
    walk.say("阿巴阿巴", "nlu_fallback")
    walk.say("去年五月买的")
    assert walk.say("阿巴阿巴", "nlu_fallback") == ["utter_not_quite", "utter_question"]
