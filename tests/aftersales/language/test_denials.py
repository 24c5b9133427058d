"""What the watch is not is not read, as long as something else is told."""

from datetime import date

import pytest

from aftersales.language import extract

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不是7S26,是7S36", {("calibre", "7S36")}),
        ("是7S36不是7S26-0020", {("calibre", "7S36")}),
        ("不是大精工,是水鬼", {("line", "prospex")}),
        ("我不是上海的,我在苏州", {("city", "苏州")}),
        ("面朝下,不是面朝上", {("position", "dial_down")}),
        ("是不是7S26", {("calibre", "7S26")}),
        ("不是7S26吗", {("calibre", "7S26")}),
        ("不是石英是机械", {("movement", "mechanical")}),
    ],
)
def test_denied(text: str, expected: set[tuple[str, str]]) -> None:
    assert {(entity.name, entity.value) for entity in extract(text, TODAY)} == expected
