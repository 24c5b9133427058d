"""Readings, the rate of two of them, the rate a sentence tells, and times as they are said."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.rate.clock_words import clock_times, is_bare
from aftersales.rate.readings import (
    HALF_DAY,
    Reading,
    ReadingsError,
    nearest,
    rate_between,
    rate_said,
    read_watch,
)

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # 12:00:00 in Shanghai
SECONDS = st.floats(-40000, 40000)


@pytest.mark.parametrize(
    ("text", "second", "half", "shown"),
    [("现在表上 10:05:00", 36300, 1, "10:05:00"), ("十点零五分整", 36300, 1, "10:05:00"),
     ("10点5分30秒", 36330, 2, "10:05:30"), ("十点零五分三十秒", 36330, 2, "10:05:30"),
     ("１０：０５：００", 36300, 1, "10:05:00"), ("10:05", 36330, 30, "10:05"),
     ("十点半", 37830, 30, "10:30"), ("十点一刻整", 36900, 1, "10:15:00"),
     ("十点整", 36000, 1, "10:00:00"), ("10点30秒", 36030, 2, "10:00:30"),
     ("10:05整", 36300, 1, "10:05:00"), ("24:00:00", 0, 1, "24:00:00"),
     ("二十二点十分零五秒", 79805, 2, "22:10:05")],
)  # fmt: skip
def test_a_time_is_read_as_exactly_as_it_is_said(
    text: str, second: float, half: float, shown: str
) -> None:
    [found] = clock_times(text)
    assert (found.second, found.half_width_s, found.shown) == (second, half, shown)
    assert is_bare(text)


@pytest.mark.parametrize("text", ["25:61:00", "10:75", "表上10点75分", "12:30:99", "二十五点整"])
def test_a_time_no_dial_can_show_is_noticed(text: str) -> None:
    assert [one.second for one in clock_times(text)] == [None]


@pytest.mark.parametrize(
    "text", ["日历晚上10点05分不换", "你们几点上班", "早上九点到下午六点营业吗", "比10:05多走了"]
)
def test_a_time_among_other_words_is_no_report(text: str) -> None:
    assert not is_bare(text)


@pytest.mark.parametrize("text", ["7S26-0020", "一天快30秒", "", "点点点", "12345:67890", "3点"])
def test_codes_and_rates_are_no_times(text: str) -> None:
    assert clock_times(text) == []


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    for one in clock_times(text):
        assert one.second is None or 0 <= one.second < 86400
    is_bare(text)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_every_second_of_the_day_is_read_back(hour: int, minute: int, second: int) -> None:
    [found] = clock_times(f"现在{hour}:{minute:02d}:{second:02d}")
    assert found.second == hour * 3600 + minute * 60 + second
    [spoken] = clock_times(f"{hour}点{minute}分{second}秒")
    assert spoken.second == found.second


@pytest.mark.parametrize(
    ("dial", "offset"),
    [(43200, 0), (0, 0), (43212, 12), (12, 12), (43188, -12), (43188 - 43200, -12),
     (43200 + 3 * 3600, 10800)],
)  # fmt: skip
def test_morning_and_evening_look_alike(dial: float, offset: float) -> None:
    assert read_watch(dial, NOON).offset_s == pytest.approx(offset)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError):
        read_watch(0, datetime(2026, 11, 24))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError):
        read_watch(float("nan"), NOON)
    with pytest.raises(ValueError):
        read_watch(0, NOON, 0)


@given(SECONDS)
def test_the_nearest_difference_is_within_six_hours(seconds: float) -> None:
    assert -HALF_DAY / 2 <= nearest(seconds) < HALF_DAY / 2
    turned = abs(nearest(seconds + HALF_DAY) - nearest(seconds))
    assert min(turned, HALF_DAY - turned) < 1e-6


def test_two_readings_tell_a_rate_and_its_interval() -> None:
    found = rate_between(Reading(NOON, 5), Reading(NOON + timedelta(days=2), 25))
    assert found.rate == pytest.approx(10)
    assert found.low < 10 < found.high
    assert found.half == pytest.approx(0.8, abs=0.01)  # 1.96 * sqrt(2/3) s over two days


def test_minutes_alone_are_worth_less() -> None:
    later = NOON + timedelta(days=7)
    sharp = rate_between(Reading(NOON, 0), Reading(later, 70))
    vague = rate_between(Reading(NOON, 0, 30), Reading(later, 70, 30))
    assert vague.half == pytest.approx(30 * sharp.half)


def test_a_second_reading_from_before_the_first_is_refused() -> None:
    with pytest.raises(ReadingsError):
        rate_between(Reading(NOON, 0), Reading(NOON - timedelta(days=1), 5))
    with pytest.raises(ReadingsError):
        rate_between(Reading(NOON, 0), Reading(NOON, 5))


@given(st.floats(-600, 600), st.floats(-20000, 20000), st.floats(0.5, 20))
def test_where_the_watch_stood_before_does_not_matter(
    rate: float, start: float, days: float
) -> None:
    gained = rate * days
    first = Reading(NOON, nearest(start))
    second = Reading(NOON + timedelta(days=days), nearest(start + gained))
    if abs(gained) < HALF_DAY / 2 - 1:
        assert rate_between(first, second).rate == pytest.approx(rate, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "rate", "half"),
    [("一天快30秒", 30, 5), ("每天快12秒", 12, 1), ("一天慢两分钟", -120, 30),
     ("一个月快15秒", 0.5, 1 / 30), ("一天快10到20秒", 15, 5)],
)  # fmt: skip
def test_a_sentence_is_as_exact_as_its_words(text: str, rate: float, half: float) -> None:
    found = rate_said(text)
    assert found is not None
    assert (found.rate, found.half) == (pytest.approx(rate), pytest.approx(half))


@pytest.mark.parametrize("text", ["表停了", "一天快90000秒", "", "快30秒"])
def test_a_sentence_without_a_believable_rate_tells_none(text: str) -> None:
    assert rate_said(text) is None
