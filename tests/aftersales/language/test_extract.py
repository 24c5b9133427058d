"""All entities of a sentence together."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.language import extract, normalise

TODAY = date(2026, 11, 23)
PIECES = [
    "一天",
    "快",
    "慢",
    "三十秒",
    "半分钟",
    "7S26",
    "-0020",
    "去年",
    "双十一",
    "买的",
    "2021年",
    "3月",
    "5号",
    "138",
    "1234",
    "5678",
    "GS",
    "面朝上",
    "三百块",
    "上海",
    ",",
    "。",
    " ",
    "FW261123-04821",
    "几",
    "十",
    "多",
    "每",
    "+",
    "15",
    "s/day",
    "点",
    "半",
    "个",
    "月",
    "前",
    "SRPD51K1",
    "序列号",
    "不对",
    "了",
    "-",
    "~",
    ".",
    "年",
    "日差加",
    "往回拨",
    "晚上对好",
    "早上",
    "苗",
    "不是慢",
    "民国",
    "农历",
    "初五",
    "腊月",
    "满",
    "杠",
    "还有",
    "6105",
    "8110",
    "电话",
    "9123",
    "序列号 5",
    "3k",
    "花了",
    "超过",
    "朝右",
    "小五",
    "overnight",
    "a minute",
]


def values(text: str) -> list[tuple[str, str | float]]:
    return [(entity.name, entity.value) for entity in extract(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我的7S26走快", [("calibre", "7S26")]),
        ("7S26快10秒一天", [("calibre", "7S26"), ("rate_s_per_day", 10.0)]),
        (
            "7S26-0020一天快半分钟",
            [("calibre", "7S26"), ("case_code", "0020"), ("rate_s_per_day", 30.0)],
        ),
        (
            "去年双十一买的光动能,三千块",
            [("purchase_date", "2025-11-11"), ("movement", "solar"), ("amount", 3000.0)],
        ),
        (
            "每天面朝上快10秒,面朝下慢5秒",
            [
                ("position", "dial_up"),
                ("rate_s_per_day", 10.0),
                ("position", "dial_down"),
                ("rate_s_per_day", -5.0),
            ],
        ),
        ("我在上海,电话13812345678", [("city", "上海"), ("phone", "13812345678")]),
        (
            "GS春驱一个月慢15秒",
            [("line", "grand_seiko"), ("movement", "spring_drive"), ("rate_s_per_day", -0.5)],
        ),
        ("单号fw261123-04821", [("ticket_no", "FW261123-04821")]),
        ("序列号210305", [("serial", "210305")]),
        ("2021-03-05", [("purchase_date", "2021-03-05")]),
        ("20210305买的", [("purchase_date", "2021-03-05")]),
        ("SRPD51K1", [("model", "SRPD51K1")]),
        (
            "后蓋４Ｒ３６－０７Ｇ０，序列號５Ｎ０１２３",
            [("calibre", "4R36"), ("case_code", "07G0"), ("serial", "5N0123")],
        ),
        ("一块表三百块", [("amount", 300.0)]),
        ("每天不戴慢5秒,戴着快3秒", [("rate_s_per_day", -5.0), ("rate_s_per_day", 3.0)]),
        (
            "七S二六杠零零二零,日差加25,民国113年5月买的,表冠朝右放慢三秒每天",
            [
                ("calibre", "7S26"),
                ("case_code", "0020"),
                ("rate_s_per_day", 25.0),
                ("purchase_date", "2024-05"),
                ("position", "crown_right"),
                ("rate_s_per_day", -3.0),
            ],
        ),
        (
            "机戒的小五,三千二买的,人在东京,日日行快咗三十苗",
            [
                ("movement", "mechanical"),
                ("line", "seiko_5"),
                ("amount", 3200.0),
                ("city", "东京"),
                ("rate_s_per_day", 30.0),
            ],
        ),
        ("我的表坏了", []),
        ("/inform{}", []),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[tuple[str, str | float]]) -> None:
    assert values(text) == expected


def check(text: str) -> None:
    clean = normalise(text)
    entities = extract(text, TODAY)
    end = 0
    for entity in entities:
        assert 0 <= entity.start < entity.end <= len(clean)
        assert clean[entity.start : entity.end] == entity.text
        assert entity.start >= end, "entities must not overlap"
        end = entity.end


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_mixture(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "piece",
    [
        *[
            "一",
            "快",
            "1 ",
            "一天快",
            "2021年3月",
            "a",
            "买了",
            "三点",
            "慢一秒",
            "1-",
            "是的",
            "7S26-",
        ],
        *["每天要", "不是慢", "往回拨", "晚上对", "电话", "9123 ", "序列号 1", "落", "正", "三十"],
        *["花了", "6105 ", "民国", "农历三月", "初五", "大概", "一天七八秒,", "才两百", "满一年"],
    ],
)
def test_long_texts_stay_cheap(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    start = time.perf_counter()
    extract(text, TODAY)
    # A runaway pattern takes minutes; this bound only has to tell it from a busy machine.
    assert time.perf_counter() - start < 5
