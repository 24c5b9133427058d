"""The line through readings: exact where it can be, honest about what it does not know."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.rate.fit import fit, unwrapped
from aftersales.rate.readings import HALF_DAY, Reading, ReadingsError, nearest, rate_between

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
RATES = st.floats(-300, 300)
DAYS = st.lists(st.floats(0.1, 5), min_size=1, max_size=8)


def line(rate: float, steps: list[float], start: float = 0.0, half: float = 1.0) -> list[Reading]:
    days, found = 0.0, [Reading(START, nearest(start), half)]
    for step in steps:
        days += step
        found.append(Reading(START + timedelta(days=days), nearest(start + rate * days), half))
    return found


@given(RATES, DAYS, st.floats(-20000, 20000))
def test_readings_on_a_line_give_its_rate(rate: float, steps: list[float], start: float) -> None:
    found = fit(line(rate, steps, start))
    assert found.estimate.rate == pytest.approx(rate, abs=1e-3)
    assert found.estimate.low <= rate + 1e-3 and rate - 1e-3 <= found.estimate.high
    assert not found.scattered


@given(RATES, DAYS, st.integers(-3, 3))
def test_turning_the_dial_by_twelve_hours_changes_nothing(
    rate: float, steps: list[float], turns: int
) -> None:
    plain = line(rate, steps)
    turned = [Reading(r.at, r.offset_s + turns * HALF_DAY, r.half_width_s) for r in plain]
    assert fit(turned).estimate.rate == pytest.approx(fit(plain).estimate.rate, abs=1e-6)


@given(RATES, st.floats(0.5, 20))
def test_two_readings_are_the_same_either_way(rate: float, days: float) -> None:
    readings = line(rate, [days])
    pair, both = rate_between(*readings), fit(readings).estimate
    assert both.rate == pytest.approx(pair.rate, abs=1e-6)
    assert both.half == pytest.approx(pair.half, rel=1e-6)


@given(RATES, st.floats(1, 5))
def test_a_week_knows_more_than_a_day(rate: float, more: float) -> None:
    short, long = fit(line(rate, [1])), fit(line(rate, [1, more]))
    assert long.estimate.half < short.estimate.half


def test_a_better_reading_weighs_more() -> None:
    readings = line(10, [1, 1])
    pulled = [*readings[:2], Reading(readings[2].at, 50, 30.0)]
    assert abs(fit(pulled).estimate.rate - 10) < 1


def test_scatter_widens_the_interval() -> None:
    clean = line(10, [1, 1, 1, 1, 1])
    bent = [Reading(r.at, r.offset_s + (15 if i % 2 else -15)) for i, r in enumerate(clean)]
    assert fit(bent).scattered
    assert fit(bent).estimate.half > 5 * fit(clean).estimate.half


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    source, held = random.Random(3), 0
    for _ in range(400):
        readings = [
            Reading(r.at, r.offset_s + source.uniform(-1, 1)) for r in line(12, [1, 2, 2, 2])
        ]
        estimate = fit(readings).estimate
        held += estimate.low <= 12 <= estimate.high
    assert 0.93 <= held / 400 <= 1.0


def test_offsets_are_laid_end_to_end_across_the_dials_turn() -> None:
    readings = [Reading(START, 21000), Reading(START + timedelta(days=1), nearest(22000))]
    assert unwrapped(readings) == pytest.approx((21000, 22000))


@pytest.mark.parametrize("days", [(0,), (0, 0), (1, 0), (0, 1, 1)])
def test_too_few_or_disordered_readings_are_refused(days: tuple[int, ...]) -> None:
    with pytest.raises(ReadingsError):
        fit([Reading(START + timedelta(days=d), 0) for d in days])
