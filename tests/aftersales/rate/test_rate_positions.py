"""Positions: numbers, limits only where a page gives them, signatures, and the night's plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.knowledge import load
from aftersales.rate.plan import rest_plan
from aftersales.rate.position_advice import position_advice, tells_enough
from aftersales.rate.position_words import position_rates
from aftersales.rate.positions import check_limits, looks_magnetised, looks_weak, stats

NAMES = sorted(load("positions")["names"])
RATE = st.floats(-200, 200)
RATES = st.dictionaries(st.sampled_from(NAMES), RATE, min_size=1)
HOURS = st.floats(0, 24)


def said(text: str, calibre: str | None = None, sudden: bool | None = None) -> str:
    return "\n".join(one.say for one in position_advice(position_rates(text), calibre, sudden))


@given(RATE, HOURS, RATES)
def test_the_plan_is_never_worse_than_any_single_position(
    worn: float, hours: float, rates: dict[str, float]
) -> None:
    plan = rest_plan(worn, hours, rates)
    for rate in rates.values():
        alone = worn * hours / 24 + rate * (24 - hours) / 24
        assert abs(plan.best.total) <= abs(alone) + 1e-9
    assert [abs(o.total) for o in plan.outcomes] == sorted(abs(o.total) for o in plan.outcomes)
    assert {o.position for o in plan.outcomes} == set(rates)


@given(RATE, HOURS, RATES)
def test_a_mirrored_watch_gets_a_mirrored_sum(
    worn: float, hours: float, rates: dict[str, float]
) -> None:
    plan = rest_plan(worn, hours, rates)
    mirror = rest_plan(-worn, hours, {name: -rate for name, rate in rates.items()})
    assert abs(plan.best.total) == pytest.approx(abs(mirror.best.total))


@given(RATE, HOURS, RATES, RATE)
def test_one_more_position_never_makes_it_worse(
    worn: float, hours: float, rates: dict[str, float], extra: float
) -> None:
    before = rest_plan(worn, hours, rates).best.total
    more = rest_plan(worn, hours, {**rates, "another": extra}).best.total
    assert abs(more) <= abs(before) + 1e-9


@given(RATE, RATES)
def test_a_watch_never_taken_off_has_nothing_to_plan(worn: float, rates: dict[str, float]) -> None:
    assert rest_plan(worn, 24, rates).best.total == pytest.approx(worn)


@pytest.mark.parametrize(
    ("worn", "hours", "rates"),
    [(1.0, 25, {"dial_up": 1}), (1.0, -1, {"dial_up": 1}), (1.0, 8, {}),
     (float("nan"), 8, {"dial_up": 1}), (1.0, 8, {"dial_up": float("inf")})],
)  # fmt: skip
def test_an_impossible_plan_is_refused(worn: float, hours: float, rates: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        rest_plan(worn, hours, rates)


@given(RATES, RATE)
def test_the_same_gain_everywhere_moves_the_mean_only(
    rates: dict[str, float], shift: float
) -> None:
    plain, moved = stats(rates), stats({name: rate + shift for name, rate in rates.items()})
    assert moved.mean == pytest.approx(plain.mean + shift, abs=1e-6)
    assert moved.spread == pytest.approx(plain.spread, abs=1e-6)
    if plain.difference is not None and moved.difference is not None:
        assert moved.difference == pytest.approx(plain.difference, abs=1e-6)


def test_six_positions_in_numbers() -> None:
    found = stats({"dial_up": 10, "dial_down": 12, "crown_right": -3, "crown_up": 0,
                   "crown_left": 5, "crown_down": -8})  # fmt: skip
    assert (found.count, found.spread, found.horizontal, found.vertical) == (6, 20, 11, -1.5)
    assert (found.difference, found.vertical_spread) == (12.5, 13)


@pytest.mark.parametrize(
    ("calibre", "rates", "known", "exceeded"),
    [("4R36", {"dial_up": 20, "crown_left": -30}, True, ()),
     ("4R36", {"dial_up": 21, "crown_down": 31}, True, ("dial_up", "crown_down")),
     ("NH35A", {"crown_up": 30, "crown_down": -29}, True, ()),
     ("NH35", {"crown_up": 30, "crown_down": -30}, True, ("vertical_spread",)),
     ("4206", {"crown_left": 40, "dial_up": 31}, True, ("dial_up",)),
     ("7S26", {"dial_up": 500}, False, ()), ("6R35", {"dial_up": 500}, False, ())],
)  # fmt: skip
def test_limits_are_named_only_where_a_page_gives_them(
    calibre: str, rates: dict[str, float], known: bool, exceeded: tuple[str, ...]
) -> None:
    check = check_limits(rates, calibre)
    assert (check.known, check.exceeded) == (known, exceeded)
    assert bool(check.source) == known


def test_full_against_run_down_has_its_own_limit() -> None:
    assert check_limits({}, "4R35", -31).exceeded == ("isochronism",)
    assert check_limits({}, "4R35", 30).exceeded == ()


@pytest.mark.parametrize(
    ("rates", "sudden", "looks"),
    [((90, 95, 80), True, "likely"), ((90, 95, 80), None, "possible"), ((90, 95, 80), False, None),
     ((90, 20, 80), True, None), ((90, 130, 95), True, None), ((-90, -95), True, None),
     ((90,), True, None)],
)  # fmt: skip
def test_magnetism_is_fast_everywhere_and_even(
    rates: tuple[float, ...], sudden: bool | None, looks: str | None
) -> None:
    assert looks_magnetised(dict(zip(NAMES, rates, strict=False)), sudden) == looks


def test_a_weak_swing_shows_upright_or_when_run_down() -> None:
    assert looks_weak({"dial_up": 20, "crown_up": -25})
    assert not looks_weak({"dial_up": 20, "crown_up": 0})
    assert looks_weak({}, -30) and not looks_weak({}, 30)


@pytest.mark.parametrize(
    ("text", "rates", "worn", "hours"),
    [("面上快10秒，表冠朝上慢5秒，白天快8秒", {"dial_up": 10, "crown_up": -5}, 8, None),
     ("面上+10，面下+12，12上-3，3上0，6上5，9上-8，7S26",
      {"dial_up": 10, "dial_down": 12, "crown_right": -3, "crown_up": 0, "crown_left": 5,
       "crown_down": -8}, None, None),
     ("表盘朝上快十秒，冠朝下慢五秒，每天戴十个小时快八秒",
      {"dial_up": 10, "crown_down": -5}, 8, 10),
     ("９上慢５５，平放快１０秒", {"crown_down": -55, "dial_up": 10}, None, None)],
)  # fmt: skip
def test_a_sentence_tells_rates_per_position(
    text: str, rates: dict[str, float], worn: float | None, hours: float | None
) -> None:
    found = position_rates(text)
    assert (found.rates, found.worn, found.hours_worn) == (rates, worn, hours)
    assert tells_enough(found)


def test_figures_of_a_night_become_rates_of_a_day() -> None:
    found = position_rates("龙头朝上一晚上慢6秒，平躺快8秒，戴着快5秒")
    assert (found.rates, found.night_h) == ({"crown_up": -18, "dial_up": 24}, 8)
    words = said("龙头朝上一晚上慢6秒，平躺快8秒，戴着快5秒")
    assert "夜里 8 小时慢 6 秒" in words and "折成一天" in words
    assert position_rates("平放快10秒，冠上慢5秒，晚上怎么放").night_h is None


@pytest.mark.parametrize(
    "text", ["一天快30秒", "平放快10秒", "立放慢平放快", "晚上怎么放能抵消", "12点朝上放着", ""]
)
def test_other_sentences_are_left_to_the_diagnosis(text: str) -> None:
    assert not tells_enough(position_rates(text))


@given(st.text(alphabet="面上下快慢十分0123456789秒点，12上白天戴满弦-+", max_size=40))
def test_no_sentence_breaks_the_advice(text: str) -> None:
    report = position_rates(text)
    if tells_enough(report):
        for one in position_advice(report, "4R36"):
            assert one.say and not set("{}") & set(one.say + one.say_desk)
            assert one.source


def test_the_plan_names_position_result_and_doubt() -> None:
    words = said("面上快10秒，表冠朝上慢5秒，白天快8秒")
    for part in ("表冠朝上立着最好", "快 3.7 秒", "上下有 0.7 秒", "16 小时", "每只表不一样"):
        assert part in words, words


def test_hours_that_were_said_are_used() -> None:
    words = said("表盘朝上快十秒，冠朝下慢五秒，每天戴十个小时快八秒")
    assert "按每天戴 10 小时" in words and "您没说" not in words


def test_positions_that_hardly_differ_need_no_arranging() -> None:
    assert "不用刻意摆" in said("面上快5秒，面下快6秒，白天快3秒")


def test_an_unknown_limit_is_said_to_be_unknown() -> None:
    assert "没有查到，不报数" in said("面上快50秒，表冠朝上慢50秒，白天快8秒", "7S26")
    assert "满弦静态" in said("面上快50秒，表冠朝上慢50秒，白天快8秒", "4R36")


def test_full_and_run_down_are_compared() -> None:
    words = said("满弦快10秒，24小时后慢45秒", "4R36")
    assert "相差 55 秒" in words and "满弦与 24 小时后的差超出了" in words and "上足弦" in words


def test_a_limit_for_24_hours_is_not_held_against_a_run_down_watch() -> None:
    words = said("满弦快10秒，弦快走完慢45秒", "4R36")
    assert "相差 55 秒" in words and "限值" not in words
