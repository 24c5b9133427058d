"""Moments are aware and in UTC, or they are refused."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from aftersales.clock import Clock, FixedClock, SystemClock


def test_the_system_clock_is_in_utc() -> None:
    clock: Clock = SystemClock()
    assert clock.now().utcoffset() == timedelta(0)


def test_a_fixed_clock_answers_in_utc() -> None:
    shanghai = timezone(timedelta(hours=8))
    clock = FixedClock(datetime(2026, 11, 23, 10, 0, tzinfo=shanghai))
    assert clock.now() == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        FixedClock(datetime(2026, 11, 23)).now()  # noqa: DTZ001
