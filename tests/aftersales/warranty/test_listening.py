"""From the customer's words to facts, and from facts to the next question."""

from datetime import date
from typing import Any

import pytest

from aftersales.knowledge import load
from aftersales.language import extract
from aftersales.warranty import Evidence, answer, next_question, observe

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("我去年双十一在日本买的", {"purchase_date": "2025-11-11", "market": "jp"}),
        ("前年买的，昨天摔过一次", {"purchase_date": "2024", "cause": "shock"}),
        ("2025年3月买的，昨天进水了", {"purchase_date": "2025-03", "cause": "water"}),
        ("保修卡丢了", {"card": "lost"}),
        ("店里没给保修卡", {"card": "lost"}),
        ("保修卡没盖章", {"card": "no_shop"}),
        ("有店章没有日期", {"card": "no_date"}),
        ("保修卡是空白的", {"card": "blank"}),
        ("卡上店名日期都有", {"card": "complete"}),
        ("没摔过，也没进水", {}),
        ("代购的", {"channel": "haigou"}),
        ("闲鱼买的二手", {"channel": "second_hand"}),
        ("香港买的", {"market": "other"}),
        ("我人在香港", {}),
        ("是不是要寄到日本总部修", {}),
        ("不是日本买的", {}),
        ("国内专柜买的", {"market": "cn", "channel": "store"}),
        ("换电池在保修里吗", {"cause": "battery"}),
        ("外面小店拆开过", {"cause": "opened_elsewhere"}),
        ("没有拆过后盖", {}),
        ("明年三月买的", {"date_problem": "future"}),
        ("1850年买的", {"date_problem": "absurd"}),
        ("2月30号买的", {"date_problem": "no_such_day"}),
        ("修了三次还是停", {"repairs": "two_repairs"}),
        ("今天天气不错", {}),
    ],
)
def test_what_a_sentence_volunteers(said: str, facts: dict[str, Any]) -> None:
    assert observe(said, extract(said, TODAY), TODAY) == facts


@pytest.mark.parametrize(
    ("question", "said", "facts"),
    [
        ("purchase_date", "不记得了", {"purchase_date": "unknown"}),
        ("purchase_date", "2023", {"purchase_date": "2023"}),
        ("purchase_date", "大概去年年底", {"purchase_date": "2025-11-01/2025-12-31"}),
        ("purchase_date", "2027年5月", {"date_problem": "future"}),
        ("purchase_date", "编号在哪看", None),
        ("card", "都填了", {"card": "complete"}),
        ("card", "卡有，填好的", {"card": "complete"}),
        ("card", "有卡，填好了", {"card": "complete"}),
        ("card", "日期填好了", None),
        ("card", "没有", {"card": "blank"}),
        ("card", "丢了", {"card": "lost"}),
        ("card", "还在", {"card": "unknown"}),
        ("card", "不知道", {"card": "unknown"}),
        ("card", "多少钱", None),
        ("numbers_watch", "对得上", {"numbers_card": "match"}),
        ("numbers_watch", "不一样", {"numbers_card": "mismatch"}),
        ("numbers_watch", "看不到", {"numbers_card": "unknown"}),
        ("numbers_watch", "7S26-002", {"numbers_problem": "7S26-002"}),
        ("market", "香港", {"market": "other"}),
        ("market", "不清楚", {"market": "unknown"}),
    ],
)
def test_how_a_reply_is_read(question: str, said: str, facts: dict[str, Any] | None) -> None:
    assert answer(question, said, "inform", extract(said, TODAY), TODAY) == facts


def test_full_width_pair_glued_to_chinese_is_read() -> None:
    said = "后盖是７Ｓ２６－００２０的"
    facts = answer("numbers_watch", said, "inform", extract(said, TODAY), TODAY)
    assert Evidence().with_facts(facts or {}).numbers_watch == "7S26-0020"


def test_the_pair_on_the_card_is_not_taken_for_the_pair_on_the_watch() -> None:
    known = Evidence(purchase_date="2026-01", card="complete", numbers_watch="7S26-0020")
    said = "7S26-0030"
    question = next_question(known)
    assert question is not None and question.id == "numbers_card" and "7S26-0020" in question.say
    # The caller merges what he observed himself below the answer.
    entities = extract(said, TODAY)
    seen = observe(said, entities, TODAY)
    facts = answer(question.id, said, "inform", entities, TODAY)
    after = known.with_facts({**seen, **(facts or {})})
    assert (after.numbers_watch, after.numbers_card) == ("7S26-0020", "7S26-0030")


def test_questions_come_in_order_and_skip_what_is_known() -> None:
    order = []
    evidence = Evidence()
    for facts in (
        {"purchase_date": "2026-01"},
        {"card": "complete", "channel": "haigou"},
        {"market": "jp"},
        {"numbers_card": "match"},
    ):
        question = next_question(evidence)
        assert question is not None
        order.append(question.id)
        evidence = evidence.with_facts(facts)
    assert order == ["purchase_date", "card", "market", "numbers_watch"]
    assert next_question(evidence) is None


def test_the_country_is_not_asked_of_a_watch_bought_at_home() -> None:
    evidence = Evidence(purchase_date="2026-01", card="complete", numbers_card="match")
    assert next_question(evidence) is None


def test_an_impossible_date_is_asked_about_once_more_and_then_given_up() -> None:
    once = Evidence().with_facts({"date_problem": "future"})
    question = next_question(once)
    assert question is not None and question.id == "purchase_date"
    assert question.say.startswith(load("warranty")["hints"]["future"])
    twice = once.with_facts({"date_problem": "future"})
    following = next_question(twice)
    assert following is not None and following.id == "card"


def test_half_a_pair_is_asked_about_once_more() -> None:
    known = Evidence(purchase_date="2026-01", card="complete")
    once = known.with_facts({"numbers_problem": "7S26-002"})
    question = next_question(once)
    assert question is not None and question.say.startswith(load("warranty")["hints"]["incomplete"])
    assert next_question(once.with_facts({"numbers_problem": "7S26-002"})) is None


def test_nothing_more_is_asked_when_the_card_is_void() -> None:
    assert next_question(Evidence(purchase_date="2026-01", card="no_shop")) is None


def test_a_correction_replaces_and_dont_know_does_not_erase() -> None:
    evidence = Evidence().with_facts({"purchase_date": "2024-05", "card": "complete"})
    corrected = evidence.with_facts({"purchase_date": "2025-05"})
    assert corrected.purchase_date == "2025-05"
    kept = corrected.with_facts({"purchase_date": "unknown", "card": "unknown"})
    assert (kept.purchase_date, kept.card) == ("2025-05", "complete")


def test_calibre_and_case_code_make_the_pair_and_another_calibre_drops_it() -> None:
    evidence = Evidence().with_facts({"calibre": "7s26"}).with_facts({"case_code": "0020"})
    assert evidence.numbers_watch == "7S26-0020"
    assert evidence.with_facts({"calibre": "4R36"}).numbers_watch is None


def test_the_register_knows_the_card_not_the_watch() -> None:
    registered = {
        "calibre": "4R36",
        "case_code": "0001",
        "serial": "510001",
        "shop": "示例钟表店",
        "purchase_date": "2026-07-26",
        "market": "international",
        "model": "x",
    }
    evidence = Evidence().with_facts(registered)
    assert evidence.registered and evidence.card == "complete" and evidence.market == "other"
    assert (evidence.numbers_watch, evidence.numbers_card) == (None, "4R36-0001")
    question = next_question(evidence)
    assert question is not None and "4R36-0001" in question.say
    # A customer who has lost his card is believed, whatever the register holds.
    assert Evidence(card="lost").with_facts(registered).card == "lost"


def test_every_question_says_where_to_look() -> None:
    for name, entry in load("warranty")["questions"].items():
        assert entry["where"] and entry["choices"], name
