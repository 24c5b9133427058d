"""Pinyin between Chinese characters becomes characters; English stays."""

from datetime import date

import pytest

from aftersales.language import extract, parse_date, parse_offset
from aftersales.language.pinyin import to_characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每天kuai十秒", "每天快十秒"),
        ("meitiankuai十秒", "每天快十秒"),
        ("QUNIAN买的", "去年买的"),
        ("一天慢了半fenzhong", "一天慢了半分钟"),
        ("花了三百kuaiqian", "花了三百块钱"),
        ("a man said", "a man said"),
        ("my kuai表", "my 快表"),
        ("human表", "human表"),
        ("kuai", "kuai"),
        ("", ""),
    ],
)
def test_characters(text: str, expected: str) -> None:
    spelled, places = to_characters(text)
    assert spelled == expected
    assert len(places) == len(spelled) + 1
    assert places == sorted(places) and places[-1] == len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我的表yitian快十秒", "yitian快十秒"),
        ("每天慢十fenzhong", "每天慢十fenzhong"),
        ("yitian慢5miao吧", "yitian慢5miao"),
    ],
)
def test_places_are_those_of_the_text(text: str, words: str) -> None:
    (entity,) = extract(text, date(2026, 11, 23))
    assert text[entity.start : entity.end] == entity.text == words


def test_the_readers_of_the_forms_read_it_too() -> None:
    assert parse_offset("kuai了十秒") == 10.0
    span = parse_date("qunian十月", date(2026, 11, 23))
    assert span is not None and span.value == "2025-10"
