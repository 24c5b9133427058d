"""Telephone numbers."""

import pytest

from aftersales.language.phones import parse_phone, phones


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("13812345678", "13812345678"),
        ("电话138-1234-5678", "13812345678"),
        ("138 1234 5678谢谢", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("021-12345678", "02112345678"),
        ("(010)87654321", "01087654321"),
        ("0755 8765432", "07558765432"),
        ("幺三八幺二三四五六七八", "13812345678"),
        ("一三八一二三四五六七八", "13812345678"),
    ],
)
def test_phone(text: str, digits: str) -> None:
    assert [entity.value for entity in phones(text)] == [digits]


@pytest.mark.parametrize(
    "text", ["1381234567", "138123456789", "12812345678", "FW261123-04821", "20210305", "7S26-0020"]
)
def test_no_phone(text: str) -> None:
    assert phones(text) == []
    assert parse_phone(text) is None
