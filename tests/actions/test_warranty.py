"""The warranty check: evidence in any order, a look-up behind a second proof, corrections."""

from datetime import date

import pytest

from actions.services import Services
from aftersales.registrations import card_digest
from aftersales.store.tables import Registration
from tests.actions.talking import NOW
from tests.actions.walking import Walk

CARD = "DEMO1001"
ASK_CARD = f"查保修 卡号 {CARD}"


@pytest.fixture
def walk(services: Services) -> Walk:
    """A talk in a house that knows one card: bought in March 2025, phone ending in 5678."""
    with services.store.session() as session:
        session.add(
            Registration(
                card_number=CARD,
                calibre="7S26",
                case_code="0020",
                serial="510001",
                purchase_date=date(2025, 3, 8),
                phone_digest=card_digest(CARD, "5678"),
                imported_at=NOW,
                updated_at=NOW,
            )
        )
    return Walk(services)


def evidence(walk: Walk) -> dict[str, object]:
    raw = walk.slots["frames"][-1] if walk.slots["frames"] else walk.slots["concluded"]
    return dict(raw["data"]["evidence"])


def shape(walk: Walk) -> list[str]:
    """Which slots a turn set and which fields its frame has; not their values."""
    frame = walk.slots["frames"][-1]
    return sorted({e["name"] for e in walk.changes}) + sorted(frame["data"])


def test_it_asks_in_order_and_gives_a_verdict_with_reasons_and_next_steps(walk: Walk) -> None:
    walk.say("我的表还在保吗", "check_warranty")
    order = [walk.waiting]
    for text in ("今年三月买的", "都有"):
        walk.say(text)
        order.append(walk.waiting)
    assert order == [
        ("warranty", "purchase_date"),
        ("warranty", "card"),
        ("warranty", "numbers_watch"),
    ]
    assert walk.say("一样的", "affirm") == [
        "utter_warranty_verdict",
        "utter_warranty_reasons",
        "utter_warranty_next",
    ]
    assert walk.slots["offer"] == "ticket"
    assert walk.messages[-1]["buttons"][0]["title"] == "帮我报修"


def test_what_the_first_message_tells_is_not_asked_again(walk: Walk) -> None:
    walk.say("我的7S26-0020在保吗，2025年3月买的，店章日期都齐", "check_warranty")
    known = evidence(walk)
    assert known["purchase_date"] == "2025-03"
    assert known["card"] == "complete"
    assert walk.waiting not in {("warranty", "purchase_date"), ("warranty", "card")}


def test_a_known_card_is_read_only_after_a_second_proof(walk: Walk) -> None:
    walk.say(ASK_CARD, "check_warranty")
    assert walk.waiting == ("warranty", "second_proof")
    assert "2025" not in walk.words.replace("2025年3月", "")  # the example of the question only
    assert walk.say("5678")[0] == "utter_registration_found"
    assert evidence(walk)["purchase_date"] == "2025-03-08"


def test_the_month_of_purchase_proves_it_as_well(walk: Walk) -> None:
    walk.say(ASK_CARD, "check_warranty")
    assert walk.say("2025年3月")[0] == "utter_registration_found"


def test_a_wrong_pair_and_an_unknown_card_cannot_be_told_apart(
    walk: Walk, services: Services
) -> None:
    def guess(card: str, sender: str) -> tuple[list[str], list[str], list[object], object]:
        other = Walk(services, sender)
        other.say(f"查保修 卡号 {card}", "check_warranty")
        spoken = other.say("0000")
        messages = [{k: v for k, v in m.items()} for m in other.messages]
        known = {k: v for k, v in evidence(other).items() if v}
        return spoken, shape(other), [*messages, known], other.waiting

    wrong_pair, unknown = guess(CARD, "a"), guess("DEMO9999", "b")
    assert wrong_pair == unknown
    assert wrong_pair[0] == ["utter_registration_unknown", "utter_question"]


def test_a_found_card_leaves_the_same_kind_of_frame_as_a_wrong_one(
    walk: Walk, services: Services
) -> None:
    # The tracker itself shows which fields exist; only their values may differ.
    other = Walk(services, "other")
    for talk, proof in ((walk, "5678"), (other, "0000")):
        talk.say(ASK_CARD, "check_warranty")
        talk.say(proof)
    (waiting,) = other.slots["frames"]
    assert set(walk.slots["concluded"]["data"]) == set(waiting["data"])


def test_after_five_wrong_proofs_for_a_card_nobody_can_go_on_guessing(walk: Walk) -> None:
    answers = []
    for _ in range(6):
        walk.slots["frames"] = []
        walk.slots["requested_slot"] = None
        walk.say(ASK_CARD, "check_warranty")
        answers.append(walk.say("0000")[0])
    assert answers == ["utter_registration_unknown"] * 5 + ["utter_too_many_attempts"]
    walk.slots["frames"] = []
    walk.slots["requested_slot"] = None
    walk.say(ASK_CARD, "check_warranty")
    assert walk.say("5678")[0] == "utter_too_many_attempts"
    assert evidence(walk).get("purchase_date") is None


@pytest.mark.parametrize(
    ("words", "intent"), [("跳过", "inform"), ("不方便说", "deny"), ("不知道", "dont_know")]
)
def test_without_a_proof_it_goes_on_by_the_paper(walk: Walk, words: str, intent: str) -> None:
    walk.say(ASK_CARD, "check_warranty")
    assert walk.say(words, intent) == ["utter_question"]
    assert walk.waiting == ("warranty", "purchase_date")


def test_a_correction_after_the_verdict_gives_a_new_verdict(walk: Walk) -> None:
    walk.say("我的表在保吗 2019年5月买的", "check_warranty")
    walk.say("店章日期都齐")
    walk.say("对得上", "affirm")
    assert "2024年5月31日" in walk.words
    spoken = walk.say("不对，是去年五月买的", "correct_answer")
    assert spoken[:2] == ["utter_corrected", "utter_warranty_verdict"]
    assert "2024年5月31日" not in walk.words


@pytest.mark.parametrize("intent", ["correct_answer", "inform", "deny"])
def test_the_no_of_a_correction_is_no_answer_to_the_question_about_the_numbers(
    walk: Walk, intent: str
) -> None:
    walk.say("我的表在保吗 2019年5月买的", "check_warranty")
    walk.say("店章日期都齐")
    assert walk.waiting == ("warranty", "numbers_watch")
    assert walk.say("不对，是去年五月买的", intent) == ["utter_question"]
    assert walk.waiting == ("warranty", "numbers_watch")
    assert evidence(walk)["purchase_date"] == "2025-05"
    assert evidence(walk).get("numbers_card") is None


def test_the_correction_after_the_verdict_does_not_make_the_numbers_differ(walk: Walk) -> None:
    walk.say("我的表在保吗 2019年5月买的", "check_warranty")
    walk.say("店章日期都齐")
    walk.say("对得上", "affirm")
    assert evidence(walk)["numbers_card"] == "match"
    walk.say("不对，是去年五月买的", "correct_answer")
    assert evidence(walk)["numbers_card"] == "match"


def test_different_numbers_are_still_heard(walk: Walk) -> None:
    walk.say("我的表在保吗 2025年5月买的", "check_warranty")
    walk.say("店章日期都齐")
    walk.say("不对，跟卡上不一样", "deny")
    assert evidence(walk)["numbers_card"] == "mismatch"


def test_a_date_that_cannot_be_is_asked_for_again(walk: Walk) -> None:
    walk.say("查保修", "check_warranty")
    walk.say("明年买的")
    assert walk.waiting == ("warranty", "purchase_date")
    assert "还没到" in walk.words


def test_two_watches_have_a_check_each(walk: Walk) -> None:
    walk.say("7S26的在保吗，2018年买的", "check_warranty")
    walk.say("还有一块SPB143也查一下，上个月买的", "check_warranty")
    dates = {f["data"]["watch_no"]: f["data"]["evidence"]["purchase_date"]
             for f in walk.slots["frames"]}  # fmt: skip
    assert dates == {0: "2018", 1: "2026-10"}
