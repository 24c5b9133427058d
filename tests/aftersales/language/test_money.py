"""Amounts in yuan."""

import pytest

from aftersales.language.money import amounts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百块", 300.0),
        ("500元", 500.0),
        ("¥1200", 1200.0),
        ("¥1,200", 1200.0),
        ("花了一千二", 1200.0),
        ("两千块钱", 2000.0),
        ("三千多块", 3500.0),
        ("三四百块", 350.0),
        ("1.2万元", 12000.0),
        ("500rmb", 500.0),
        ("价格3000", 3000.0),
        ("换电池要80吗", 80.0),
        ("报价一千五", 1500.0),
        ("五块钱", 5.0),
    ],
)
def test_amount(text: str, value: float) -> None:
    assert [entity.value for entity in amounts(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "一块表",
        "两块手表",
        "这块表",
        "放在一块",
        "几百块",
        "第一块",
        "要3天",
        "要两年",
        "7S26",
        "买了2块精工",
    ],
)
def test_no_amount(text: str) -> None:
    assert amounts(text) == []


def test_range_keeps_its_bounds() -> None:
    (entity,) = amounts("三四百块")
    assert (entity.low, entity.high) == (300.0, 400.0)
