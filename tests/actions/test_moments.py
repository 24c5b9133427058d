"""Moments as a customer hears them: rounded up, on a clock of twelve hours."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.moments import STEP, spoken_moment

#: Ten in the morning in Shanghai.
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "spoken"),
    [
        (0, 0, "今天凌晨12:00"),
        (9, 30, "今天上午9:30"),
        (12, 0, "今天下午12:00"),
        (13, 5, "今天下午1:05"),
        (18, 0, "今天晚上6:00"),
        (23, 55, "今天晚上11:55"),
    ],
)
def test_the_clock_has_twelve_hours(hour: int, minute: int, spoken: str) -> None:
    shanghai = datetime(2026, 11, 24, tzinfo=UTC) - timedelta(hours=8)
    assert spoken_moment(shanghai + timedelta(hours=hour, minutes=minute), NOW) == spoken


@pytest.mark.parametrize(
    ("seconds", "spoken"),
    [(0, "10:00"), (1, "10:05"), (299, "10:05"), (300, "10:05"), (301, "10:10")],
)
def test_it_is_rounded_up_and_never_down(seconds: int, spoken: str) -> None:
    assert spoken_moment(NOW + timedelta(seconds=seconds), NOW).endswith(spoken)


def test_rounding_up_may_reach_the_next_day() -> None:
    late = datetime(2026, 11, 24, 15, 57, tzinfo=UTC)
    assert spoken_moment(late, NOW) == "明天凌晨12:00"


def test_a_step_is_five_minutes() -> None:
    assert timedelta(minutes=5) == STEP


def test_days_near_by_have_names_and_others_a_date() -> None:
    assert spoken_moment(NOW + timedelta(days=1), NOW).startswith("明天")
    assert spoken_moment(NOW + timedelta(days=2), NOW).startswith("后天")
    assert spoken_moment(NOW + timedelta(days=6), NOW).startswith("11月30日")
