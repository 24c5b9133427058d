"""One verdict per line: who asks, what is known, what may be said."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from aftersales.warranty import Evidence, verdict

TODAY = date(2026, 11, 23)
GOOD: dict[str, Any] = {
    "card": "complete",
    "numbers_watch": "4R36-0001",
    "numbers_card": "4R36-0001",
}

CASES = [
    # name, evidence, kind, class, a phrase that must be said somewhere in the reasons or summary
    ("nothing known", {}, "cannot_say", None, "还不能定"),
    (
        "all right, country unknown",
        {**GOOD, "purchase_date": "2026-06-01"},
        "covered",
        "C",
        "很可能",
    ),
    (
        "all right, mainland: the card's period decides",
        {**GOOD, "purchase_date": "2026-06-01", "market": "cn"},
        "covered",
        "C",
        "卡上写几年就是几年",
    ),
    (
        "mainland, second year: no figure is told",
        {**GOOD, "purchase_date": "2025-06-01", "market": "cn"},
        "cannot_say",
        None,
        "不给您报数字",
    ),
    (
        "mainland, ten years old",
        {**GOOD, "purchase_date": "2016", "market": "cn"},
        "not_covered",
        "A",
        "过了",
    ),
    ("no shop on the card", {**GOOD, "card": "no_shop"}, "not_covered", "A", "店名"),
    ("no date on the card", {**GOOD, "card": "no_date"}, "not_covered", "A", "购买日期"),
    (
        "blank card, bought last week",
        {"card": "blank", "purchase_date": "2026-11-20"},
        "not_covered",
        "A",
        "无效",
    ),
    ("altered card", {**GOOD, "card": "altered"}, "not_covered", "A", "涂改"),
    ("card lost", {"card": "lost", "purchase_date": "2026-06"}, "not_covered", "A", "原件"),
    ("numbers differ", {**GOOD, "numbers_card": "4R36-0002"}, "not_covered", "A", "对不上"),
    ("customer says they differ", {"numbers_card": "mismatch"}, "not_covered", "A", "对不上"),
    (
        "numbers differ only in O and 0",
        {**GOOD, "numbers_card": "4R36-OOO1", "purchase_date": "2026-06-01"},
        "cannot_say",
        None,
        "看混",
    ),
    (
        "only the numbers are missing",
        {"card": "complete", "purchase_date": "2026-06-01"},
        "cannot_say",
        None,
        "编号",
    ),
    (
        "last day of the year",
        {**GOOD, "purchase_date": "2025-11-23"},
        "covered",
        "C",
        "2026年11月23日",
    ),
    (
        "one day late, European card",
        {**GOOD, "purchase_date": "2025-11-22", "market": "eu"},
        "cannot_say",
        None,
        "第一年已经过了",
    ),
    (
        "one day late, world guarantee, ordinary Seiko",
        {**GOOD, "purchase_date": "2025-11-22", "market": "other", "line": "prospex"},
        "not_covered",
        "A",
        "2026年11月22日",
    ),
    (
        "the month of the end is not decided",
        {**GOOD, "purchase_date": "2025-11", "market": "other", "line": "prospex"},
        "cannot_say",
        None,
        "边上",
    ),
    (
        "the month before it is past",
        {**GOOD, "purchase_date": "2025-10", "market": "other", "line": "prospex"},
        "not_covered",
        "A",
        "2026年10月31日",
    ),
    (
        "Japan, first year: which card?",
        {**GOOD, "purchase_date": "2026-06-01", "market": "jp"},
        "cannot_say",
        None,
        "只在日本",
    ),
    (
        "Japan, sold after October 2024: three years in Japan only",
        {**GOOD, "purchase_date": "2024-10-01", "market": "jp"},
        "cannot_say",
        None,
        "2024 年 10 月起",
    ),
    (
        "Japan, sold in August 2024",
        {**GOOD, "purchase_date": "2024-08-01", "market": "jp"},
        "cannot_say",
        None,
        "7 到 9 月",
    ),
    (
        "Japan, sold in June 2024: one year",
        {**GOOD, "purchase_date": "2024-06-30", "market": "jp"},
        "not_covered",
        "A",
        "1 年",
    ),
    (
        "Grand Seiko of Japan, 2022: five years there",
        {
            **GOOD,
            "calibre": "9S65",
            "numbers_watch": "9S65-00A0",
            "numbers_card": "match",
            "purchase_date": "2022-03-01",
            "market": "jp",
            "line": "grand_seiko",
        },
        "cannot_say",
        None,
        "5 年",
    ),
    (
        "Grand Seiko of Japan, 2020: not five years",
        {
            "card": "complete",
            "numbers_card": "match",
            "purchase_date": "2022-01-01",
            "market": "cn",
            "line": "grand_seiko",
        },
        "cannot_say",
        None,
        "没有查到",
    ),
    (
        "US, second year",
        {**GOOD, "purchase_date": "2025-01-10", "market": "us"},
        "cannot_say",
        None,
        "只在美国有效",
    ),
    (
        "US, fourth year",
        {**GOOD, "purchase_date": "2022-11-22", "market": "us"},
        "not_covered",
        "A",
        "2025年11月22日",
    ),
    (
        "Australia, third year",
        {**GOOD, "purchase_date": "2024-01-10", "market": "au"},
        "cannot_say",
        None,
        "当地有效",
    ),
    (
        "new battery",
        {**GOOD, "purchase_date": "2026-06-01", "cause": "battery"},
        "not_covered",
        "A",
        "电池",
    ),
    ("leather strap", {"cause": "strap"}, "not_covered", "A", "表带"),
    ("scratches", {"cause": "scratches"}, "not_covered", "A", "划痕"),
    (
        "water in a new watch: inspection decides",
        {**GOOD, "purchase_date": "2026-06-01", "cause": "water"},
        "cannot_say",
        None,
        "WATER RESISTANT",
    ),
    (
        "dropped: nobody is blamed",
        {**GOOD, "purchase_date": "2026-06-01", "cause": "shock"},
        "cannot_say",
        None,
        "要检测才知道",
    ),
    (
        "opened elsewhere",
        {**GOOD, "purchase_date": "2026-06-01", "cause": "opened_elsewhere"},
        "cannot_say",
        None,
        "服务网以外",
    ),
    (
        "bought through an agent, country unknown",
        {**GOOD, "purchase_date": "2026-06-01", "channel": "haigou"},
        "cannot_say",
        None,
        "日本",
    ),
    (
        "company contract, card lost",
        {"card": "lost", "channel": "contract"},
        "not_covered",
        "B",
        "保修卡",
    ),
    (
        "electronic card",
        {**GOOD, "card": "electronic", "purchase_date": "2026-06-01"},
        "covered",
        "C",
        "电子保证",
    ),
    ("date in the future", {**GOOD, "purchase_date": "2026-12-01"}, "cannot_say", None, "今天之后"),
]


@pytest.mark.parametrize(
    ("known", "kind", "repair_class", "phrase"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_verdict(known: dict[str, Any], kind: str, repair_class: str | None, phrase: str) -> None:
    evidence = dataclasses.replace(Evidence(), **known)
    found = verdict(evidence, TODAY)
    said = found.summary.say + "".join(line.say for line in found.reasons)
    assert (found.kind, found.likely_class) == (kind, repair_class)
    assert phrase in said


def test_every_reason_names_its_source() -> None:
    for _, known, *_ in CASES:
        for line in verdict(dataclasses.replace(Evidence(), **known), TODAY).reasons:
            assert "（依据：" in line.say and "依据是" in line.say_desk and line.source


def test_a_promise_always_has_its_proviso() -> None:
    for _, known, *_ in CASES:
        found = verdict(dataclasses.replace(Evidence(), **known), TODAY)
        if found.kind == "covered":
            assert "以保修卡和检测" in found.summary.say
            assert "以保修卡和检测" in found.summary.say_desk


@pytest.mark.parametrize(
    ("bought", "channel", "says", "silent"),
    [
        ("2026-11-16", "store", "7 天内", "15 天"),
        ("2026-11-15", "store", "15 天内", "7 天内"),
        ("2026-11-08", "store", "15 天内", "7 天内"),
        ("2026-11-07", "store", None, "天内"),
        ("2026-11-20", "online", "无理由", "15 天"),
        ("2026-11-20", "second_hand", None, "7 天"),
        ("2026-11-20", "haigou", None, "7 天"),
    ],
)
def test_rights_of_the_first_days(bought: str, channel: str, says: str | None, silent: str) -> None:
    notes = verdict(Evidence(purchase_date=bought, channel=channel, card="lost"), TODAY).notes
    text = "".join(line.say for line in notes)
    assert silent not in text
    assert says is None or says in text


def test_statutory_rights_are_always_mentioned() -> None:
    for _, known, *_ in CASES:
        found = verdict(dataclasses.replace(Evidence(), **known), TODAY)
        assert any("12315" in line.say for line in found.notes)


def test_a_serial_made_after_the_purchase_is_pointed_out() -> None:
    # Year digit 6 and calibre unknown: 2016 or 1966 would fit, so nothing is said.
    quiet = verdict(Evidence(purchase_date="2025-01-01", serial="610001"), TODAY)
    assert not any("610001" in line.say for line in quiet.notes)
    assert any("生产年月" in line.say for line in quiet.notes)


def test_earlier_repairs_bring_their_rights() -> None:
    known = Evidence(purchase_date="2026-01-01", card="lost", repairs="two_repairs")
    assert "两次" in verdict(known, TODAY).notes[0].say


def test_a_misread_calibre_is_proposed_not_applied() -> None:
    evidence = Evidence().with_facts({"numbers_watch": "7SZ6-0020"})
    assert evidence.numbers_watch == "7SZ6-0020"
    assert any("会不会是 7S26" in line.say for line in verdict(evidence, TODAY).notes)


def test_papers_depend_on_the_verdict() -> None:
    covered = verdict(Evidence(purchase_date="2026-06-01", card="complete"), TODAY)
    assert "原件" in covered.papers[0].say
    lost = verdict(Evidence(card="lost"), TODAY)
    assert all("原件" not in line.say for line in lost.papers)
