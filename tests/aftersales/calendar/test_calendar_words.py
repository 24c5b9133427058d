"""Moments as a customer hears them."""

from datetime import UTC, datetime, timedelta

import pytest

from aftersales import calendar


@pytest.fixture
def evening() -> datetime:
    """Monday, 21:00 in Shanghai."""
    return datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def test_after_hours_the_bot_says_when_somebody_is_back(evening: datetime) -> None:
    back = calendar.back_at(evening)
    assert back is not None
    assert back.parameters("back_") == {
        "back_date": "11月24日",
        "back_weekday": "周二",
        "back_time": "9:00",
        "back_day_part": "上午",
        "back_near": "明天",
    }


def test_while_open_nobody_has_to_come_back(now: datetime) -> None:
    assert calendar.back_at(now) is None


@pytest.mark.parametrize(
    ("hours_later", "near", "day_part"),
    [
        (0, "今天", "晚上"),
        (4, "明天", "凌晨"),
        (16, "明天", "下午"),
        (37, "后天", "上午"),
        (100, "11月28日周六", "凌晨"),
    ],
)
def test_near_days_have_names(
    evening: datetime, hours_later: int, near: str, day_part: str
) -> None:
    words = calendar.spoken(evening + timedelta(hours=hours_later), evening)
    assert (words.near, words.day_part) == (near, day_part)
