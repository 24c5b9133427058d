"""The diagnosis in the talk: what is volunteered is kept, and the ticket knows all of it."""

import pytest

from actions.services import Services
from tests.actions.walking import Walk


@pytest.fixture
def walk(services: Services) -> Walk:
    """A talk with nothing in it."""
    return Walk(services)


def facts(walk: Walk) -> dict[str, object]:
    return dict(walk.slots["frames"][-1]["data"]["findings"]["facts"])


def finish(walk: Walk) -> list[str]:
    spoken: list[str] = []
    for _ in range(8):
        if walk.waiting is None or walk.waiting[0] != "diagnosis":
            break
        spoken = walk.say("不知道", "dont_know")
    return spoken


def test_findings_of_the_first_message_are_not_asked_for(walk: Walk) -> None:
    walk.say("我的6R35突然一天快40秒，昨天放在音箱旁边", "runs_fast")
    known = walk.slots["concluded"]["data"]["findings"]["facts"]  # nothing was left to ask
    assert (known["rate_s_per_day"], known["calibre"]) == (40.0, "6R35")
    assert known["near_magnet"] == "yes"
    assert walk.waiting is None


def test_an_answer_that_tells_more_is_heard_whole(walk: Walk) -> None:
    walk.say("表走快了", "runs_fast")
    walk.say("突然的，6R35，一天快40秒")
    assert facts(walk)["rate_s_per_day"] == 40.0
    assert facts(walk)["calibre"] == "6R35"


def test_the_rate_is_kept_while_other_questions_are_answered(walk: Walk) -> None:
    walk.say("一天快30秒", "runs_fast")
    walk.say("6R35")
    walk.say("不知道", "dont_know")
    assert facts(walk)["rate_s_per_day"] == 30.0
    finish(walk)
    assert walk.slots["concluded"]["data"]["findings"]["facts"]["rate_s_per_day"] == 30.0


@pytest.mark.parametrize(("intent", "rate"), [("runs_fast", 30.0), ("runs_slow", -30.0)])
def test_a_bare_amount_is_a_days_gain_or_loss(walk: Walk, intent: str, rate: float) -> None:
    walk.say("表走快了" if rate > 0 else "表走慢了", intent)
    walk.say("大概30秒吧")
    assert facts(walk)["rate_s_per_day"] == rate


def test_a_rate_out_of_limits_gets_its_verdict_with_the_calibres_figure(walk: Walk) -> None:
    walk.say("我的6R35一天快40秒", "runs_fast")
    spoken = finish(walk)
    assert spoken[0] == "utter_diagnosis_rate"
    assert spoken[-1] in {"utter_diagnosis_bench", "utter_diagnosis_offer"}
    assert "6R35" in walk.messages[0]["reasons"] and "40 秒" in walk.messages[0]["reasons"]


def test_the_case_goes_into_the_ticket_unasked(walk: Walk) -> None:
    walk.say("我的6R35一天快40秒", "runs_fast")
    finish(walk)
    case = walk.slots["case"]
    assert (case["symptom"], case["words"]) == ("runs_fast", "我的6R35一天快40秒")
    walk.say("帮我报修", "open_ticket")
    assert walk.waiting == ("intake", "consent")  # neither the fault nor the watch is asked
    answers = walk.slots["frames"][-1]["data"]["answers"]
    assert answers["fault"] == "我的6R35一天快40秒"
    assert "6R35" in answers["watch"]


def test_a_ticket_in_the_middle_ends_the_questions_and_keeps_what_was_said(walk: Walk) -> None:
    walk.say("我的6R35一天快40秒", "runs_fast")
    walk.say("帮我报修", "open_ticket")
    assert walk.waiting == ("intake", "consent")
    assert [f["skill"] for f in walk.slots["frames"]] == ["intake"]
    assert walk.slots["case"]["facts"]


def test_a_second_complaint_about_the_same_watch_is_more_evidence(walk: Walk) -> None:
    walk.say("表走快了", "runs_fast")
    walk.say("而且上周摔了一下", "exterior_damage")
    (frame,) = walk.slots["frames"]
    assert facts(walk)["shock"] == "yes"
    assert frame["data"]["findings"]["intent"] == "runs_fast"


def test_water_just_now_goes_before_the_question_in_hand(walk: Walk) -> None:
    walk.say("表走快了", "runs_fast")
    spoken = walk.say("刚刚表进水了", "water_damage")
    assert spoken[0] in {"utter_answer", "utter_diagnosis_causes"}
    assert "烤" in walk.words or "擦干" in walk.words


def test_two_watches_in_one_message_are_kept_apart(walk: Walk) -> None:
    spoken = walk.say("我有两块表，一块7S26走快了，另一块4R36停了", "runs_fast")
    assert spoken == ["utter_two_watches", "utter_question"]
    frames = {f["data"]["watch_no"]: f["data"]["findings"] for f in walk.slots["frames"]}
    assert frames[0]["intent"] == "runs_fast" and frames[0]["facts"]["calibre"] == "7S26"
    assert frames[1]["intent"] == "stopped" and frames[1]["facts"]["calibre"] == "4R36"
    walk.say("第二块")
    assert walk.slots["frames"][-1]["data"]["watch_no"] == 1
    assert walk.waiting is not None


def test_a_guess_without_a_fault_opens_nothing(walk: Walk) -> None:
    assert walk.say("我有一块表", "runs_fast", confidence=0.2) == ["utter_misunderstood"]
    assert not walk.slots.get("frames")


def test_another_makers_watch_is_not_diagnosed(walk: Walk) -> None:
    assert walk.say("劳力士走快了", "runs_fast") == ["utter_other_brand"]
    assert walk.waiting is None


def test_slow_and_fast_in_one_breath_are_asked_about_once(walk: Walk) -> None:
    walk.say("我的表走慢了", "runs_slow")
    walk.say("慢，一天慢20秒左右，不对是快20秒", "runs_slow")
    assert walk.waiting == ("diagnosis", "rate_s_per_day#direction")
    walk.say("嗯快20秒", "runs_fast")
    assert walk.slots["frames"][-1]["data"]["findings"]["intent"] == "runs_fast"
    assert walk.waiting != ("diagnosis", "rate_s_per_day#direction")


def test_a_fact_added_after_the_advice_starts_nothing_anew(walk: Walk) -> None:
    walk.say("我的7S26一天慢五分钟", "runs_slow")
    finish(walk)
    assert walk.say("好像是慢慢变慢的", "runs_slow") == ["utter_noted_meanwhile"]
    assert "慢慢变慢" in walk.slots["case"]["words"]


def test_a_complaint_leaves_the_fault_for_the_repair(walk: Walk) -> None:
    walk.say("我的4R36一天快一分钟", "runs_fast")
    walk.say("我要投诉你们态度差", "complain")
    for text, intent in (("同意", "affirm"), ("老刘", "inform"), ("13912345678", "inform")):
        walk.say(text, intent)
    walk.say("确认提交", "affirm")
    walk.say("帮我报修", "open_ticket")
    assert walk.waiting == ("intake", "consent")
