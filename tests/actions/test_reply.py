"""是, 不是, 不知道, a correction or a bare fact: understood by what was offered just before."""

import pytest

from actions.services import Services
from tests.actions.filing import Filing
from tests.actions.walking import Walk


@pytest.fixture
def walk(services: Services) -> Walk:
    """A talk with nothing in it."""
    return Walk(services)


def diagnosed(walk: Walk) -> None:
    """A diagnosis that has just been explained, with a ticket offered."""
    walk.say("我的6R35一天快40秒", "runs_fast")
    for _ in range(5):
        if walk.waiting is None:
            break
        walk.say("不知道", "dont_know")
    assert walk.slots["offer"] == "ticket"


@pytest.mark.parametrize(
    ("offer", "skill", "spoken"),
    [
        ("ticket", "intake", ["utter_question"]),
        ("callback", "intake", ["utter_question"]),
        ("person", None, ["utter_person_asked"]),
        ("something of an old release", None, ["utter_what_next"]),
    ],
)
def test_a_yes_takes_what_was_offered(
    walk: Walk, offer: str, skill: str | None, spoken: list[str]
) -> None:
    walk.slots["offer"] = offer
    assert walk.say("好的", "affirm") == spoken
    assert (walk.waiting or (None,))[0] == skill


@pytest.mark.parametrize("offer", ["ticket", "callback", "person"])
def test_a_no_declines_it_for_good(walk: Walk, offer: str) -> None:
    walk.slots["offer"] = offer
    assert walk.say("不用了", "deny") == ["utter_nothing_more"]
    assert walk.slots["offer"] is None
    assert walk.say("好的", "affirm") == ["utter_what_next"]


def test_the_words_count_more_than_the_intent(walk: Walk) -> None:
    walk.slots["offer"] = "ticket"
    assert walk.say("不用", "affirm") == ["utter_nothing_more"]


@pytest.mark.parametrize(
    ("text", "intent", "response"),
    [
        ("不用", "deny", "utter_nothing_more"),
        ("嗯", "affirm", "utter_what_next"),
        ("不知道", "dont_know", "utter_dont_know_either"),
        ("7S26-0020", "inform", "utter_noted"),
        ("阿巴阿巴", "inform", "utter_misunderstood"),
    ],
)
def test_with_nothing_offered_it_answers_plainly(
    walk: Walk, text: str, intent: str, response: str
) -> None:
    assert walk.say(text, intent) == [response]


def test_a_yes_after_a_case_is_not_taken_down_twice(walk: Walk) -> None:
    walk.slots["last_ticket"] = "HD261124-23632"
    assert walk.say("好的", "affirm") == ["utter_already_filed"]
    assert walk.messages[0]["number"] == "HD261124-23632"


def test_the_next_day_a_subject_is_offered_and_taken_up_where_it_stopped(walk: Walk) -> None:
    walk.say("查保修", "check_warranty")
    walk.say("前年国庆买的")
    assert walk.say("你好", "greet", after=26) == ["utter_greet", "utter_resume_offer"]
    assert walk.messages[1]["topic"] == "保修查询"
    assert walk.say("好的", "affirm", after=26.1) == ["utter_question"]
    assert walk.waiting == ("warranty", "card")


def test_the_next_day_it_is_offered_once_and_may_be_declined(walk: Walk) -> None:
    walk.say("查保修", "check_warranty")
    walk.say("你好", "greet", after=26)
    assert walk.say("你好", "greet", after=26.1) == ["utter_greet_again"]
    assert walk.say("不用", "deny", after=26.2) == ["utter_stopped"]
    assert walk.slots["frames"] == []


def test_a_forgotten_subject_is_not_offered(walk: Walk) -> None:
    walk.say("查保修", "check_warranty")
    assert walk.say("你好", "greet", after=31 * 24) == ["utter_greet"]


def test_an_answer_whose_form_was_lost_still_counts(walk: Walk) -> None:
    walk.say("查保修", "check_warranty")
    walk.slots["requested_slot"] = None  # the session ended; the frame was carried over
    assert walk.say("去年五月买的", after=1) == ["utter_question"]
    assert walk.waiting == ("warranty", "card")


def test_a_rate_corrected_after_the_diagnosis_gives_a_new_one(walk: Walk) -> None:
    diagnosed(walk)
    spoken = walk.say("不对，是一天快8秒", "correct_answer")
    assert spoken[:2] == ["utter_corrected", "utter_diagnosis_rate"]
    assert "快 8 秒" in walk.words


def test_a_correction_that_names_nothing_is_asked_about(walk: Walk) -> None:
    diagnosed(walk)
    assert walk.say("我刚才说错了", "correct_answer") == ["utter_correct_what"]


def test_the_calibre_named_after_the_verdict_completes_it(walk: Walk) -> None:
    walk.say("走快了，一天快30秒", "runs_fast")
    for _ in range(6):
        if walk.waiting is None:
            break
        walk.say("不知道", "dont_know")
    assert walk.waiting is None
    assert walk.say("是7S26")[0] == "utter_diagnosis_rate"
    assert "7S26" in walk.words


def test_a_ticket_number_alone_opens_its_look_up(walk: Walk) -> None:
    assert walk.say("FW261101-04825") == ["utter_question"]
    assert walk.waiting == ("status", "last4")


def test_a_card_number_alone_opens_the_warranty_check(walk: Walk) -> None:
    walk.say("卡号 DEMO1001")
    assert walk.waiting == ("warranty", "second_proof")


def test_a_date_after_a_question_about_the_guarantee_is_the_date_of_purchase(walk: Walk) -> None:
    walk.say("精工的保修都管些什么", "warranty_terms")
    walk.say("2022年8月买的")
    assert walk.waiting == ("warranty", "card")


def test_a_town_after_where_to_go_answers_for_that_town(walk: Walk) -> None:
    walk.say("去哪修", "service_centre")
    assert walk.say("我在成都") == ["utter_answer"]
    assert "其他城市" in walk.words  # not the shop of the first answer


def test_a_fact_told_after_the_advice_goes_into_the_case(walk: Walk) -> None:
    diagnosed(walk)
    assert walk.say("上个月摔过一次", "inform") == ["utter_noted_meanwhile"]
    assert walk.slots["case"]["words"].endswith("；上个月摔过一次")


def test_words_that_fit_no_question_are_kept_for_the_workshop(walk: Walk) -> None:
    walk.say("表走快了", "runs_fast")
    spoken = walk.say("这表是我爷爷留下来的", "inform")
    assert spoken == ["utter_noted_meanwhile", "utter_question"]
    assert "爷爷" in walk.slots["frames"][-1]["data"]["words"]


def test_the_second_watch_is_turned_to_and_back(walk: Walk) -> None:
    walk.say("7S26的在保吗，2018年买的", "check_warranty")
    walk.say("还有一块SPB143也查一下，上个月买的", "check_warranty")
    for words, number in (("第一块", 0), ("第二块呢", 1), ("另一块", 0)):
        assert walk.say(words) == ["utter_question"]
        assert walk.slots["watch_no"] == number
        assert walk.slots["frames"][-1]["data"]["watch_no"] == number


def test_who_thinks_again_gives_his_number_and_is_asked_for_his_consent(
    services: Services,
) -> None:
    walk = Walk(services)
    walk.say("我要报修", "open_ticket")
    walk.say("停了", "stopped")
    walk.say("不清楚", "dont_know")
    assert walk.say("不同意", "deny") == ["utter_consent_refused"]
    walk.say("那留吧13912345678", "inform")
    assert walk.waiting == ("intake", "consent")
    walk.say("同意", "affirm")
    walk.say("刘建国")
    assert walk.waiting == ("intake", "confirm")


def test_a_number_after_a_case_that_was_filed_opens_none(
    filing: Filing, services: Services
) -> None:
    filing.take_down("停了", "13812345678")
    filing.confirm()
    walk = Walk(services)
    walk.slots = dict(filing.slots)
    assert walk.say("13912345678", "inform") == ["utter_phone_for_what"]


def test_a_wish_to_register_ends_the_questions(services: Services) -> None:
    walk = Walk(services)
    walk.say("走快了", "runs_fast")
    walk.say("那这块也登记吧", "affirm")
    assert walk.waiting is not None and walk.waiting[0] == "intake"


def test_what_is_told_of_the_card_after_the_verdict_is_no_answer_to_the_offer(walk: Walk) -> None:
    walk.say("去年三月在国内专柜买的，查保修", "check_warranty")
    walk.say("都填了", "affirm")
    while walk.waiting:
        walk.say("不知道", "dont_know")
    assert walk.say("店名有，章没有", "deny")[0] == "utter_warranty_verdict"
