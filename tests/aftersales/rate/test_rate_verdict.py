"""The rate verdict: the right figure, the right unit, and no figure where there is none."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.knowledge import load
from aftersales.rate import IMPLAUSIBLE_S_PER_DAY, judge
from aftersales.watches import find_calibre

RATES = st.floats(-20000, 20000)
CODES = st.sampled_from(sorted(load("calibres")["calibres"]))


@pytest.mark.parametrize(
    ("code", "rate", "kind", "basis"),
    [
        ("4R36", 40, "within", "own"),
        ("6R35", 40, "outside", "own"),
        ("9S65", 40, "far_outside", "own"),
        ("7S26", 45, "within", "own"),
        ("7S26", 45.5, "outside", "own"),
        ("7S26", -35, "within", "own"),
        ("7S26", -36, "outside", "own"),
        ("7S26", 300, "far_outside", "own"),
        ("4206", 50, "within", "own"),
        ("8L55", 12, "within", "family"),
        ("9R65", 0.5, "within", "own"),
        ("9R65", 1.0, "outside", "own"),
        ("V192", 0.5, "within", "generic"),
        ("V192", 0.67, "outside", "generic"),
        ("VD53", 0.67, "within", "own"),
        ("9F62", 0.03, "within", "own"),
        ("9F62", 0.1, "far_outside", "own"),
        ("9RB2", 0.05, "within", "own"),
        ("7002", 40, "no_figure", None),
        ("VK63", 1, "no_figure", None),
        ("4R71", 20, "no_figure", None),
        ("7S26", 7201, "implausible", "own"),
        ("7S26", -9000, "implausible", "own"),
    ],
)
def test_a_rate_is_held_against_its_own_figure(
    code: str, rate: float, kind: str, basis: str | None
) -> None:
    verdict = judge(rate, find_calibre(code))
    assert (verdict.kind, verdict.basis) == (kind, basis)


@pytest.mark.parametrize(
    ("movement", "rate", "kind", "unit"),
    [("quartz", 0.5, "within", "s/month"), ("quartz", 2, "far_outside", "s/month"),
     ("kinetic", -0.4, "within", "s/month"), ("spring_drive", 0.3, "within", "s/month"),
     ("mechanical", 5, "no_figure", "s/day"), ("hybrid", 1, "no_figure", "s/month"),
     (None, 30, "no_figure", "s/day"), (None, 0.5, "no_figure", "s/month")],
)  # fmt: skip
def test_without_a_calibre_only_the_kind_of_movement_counts(
    movement: str | None, rate: float, kind: str, unit: str
) -> None:
    verdict = judge(rate, None, movement)
    assert (verdict.kind, verdict.unit) == (kind, unit)


def test_the_calibre_outweighs_the_word() -> None:
    assert judge(20, find_calibre("7S26"), "quartz").kind == "within"


@pytest.mark.parametrize(
    ("rate", "code", "words"),
    [(40, "4R36", ("每天快 40 秒", "官方", "慢 35 秒到快 45 秒")),
     (-90, "7S26", ("慢 1 分钟 30 秒", "7–10 天")),
     (0.5, "V192", ("一个月快 15 秒", "正负 15 秒")),
     (0.0, "4R36", ("分秒不差",)),
     (12, "8L55", ("同系列", "没有查到", "以说明书为准")),
     (30, "NH35", ("静态",)),
     (7300, "7S26", ("重新对好时间",)),
     (30, "7002", ("没有查到",))],
)  # fmt: skip
def test_the_sentence(rate: float, code: str, words: tuple[str, ...]) -> None:
    verdict = judge(rate, find_calibre(code))
    # 8L55's family goes by its name in writing and by "同系列" on the telephone.
    said = verdict.say + verdict.say_desk
    assert all(word in said for word in words), said


def test_only_the_makers_own_figures_are_called_official() -> None:
    assert "官方" in judge(40, find_calibre("4R36")).say
    assert "官方" not in judge(40, find_calibre("6R35")).say
    assert "官方" not in judge(40, find_calibre("7S26")).say


def test_an_annual_watch_is_spoken_of_per_year() -> None:
    verdict = judge(0.02, find_calibre("9F62"))
    assert verdict.unit == "s/year" and "一年快 7.3 秒" in verdict.say


def test_a_range_across_the_limit_is_uncertain() -> None:
    calibre = find_calibre("6R35")
    assert judge(25, calibre, low=20, high=30).uncertain
    assert not judge(15, calibre, low=10, high=20).uncertain
    assert "取平均" in judge(25, calibre, low=20, high=30).say


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_number_is_no_rate(value: float) -> None:
    with pytest.raises(ValueError):
        judge(value)
    with pytest.raises(ValueError):
        judge(1.0, low=value)


@given(RATES, CODES)
def test_every_rate_of_every_calibre_gets_a_finished_sentence(rate: float, code: str) -> None:
    verdict = judge(rate, find_calibre(code))
    for text in (verdict.say, verdict.say_desk):
        assert text and not set("{}") & set(text) and "None" not in text and "nan" not in text
    assert (verdict.kind == "implausible") == (abs(rate) > IMPLAUSIBLE_S_PER_DAY)
    assert verdict.per_month == rate * 30
    if verdict.kind in ("within", "outside", "far_outside"):
        assert verdict.tolerance is not None and verdict.basis and verdict.source


@given(st.floats(0, 7000), st.floats(0, 7000), CODES)
def test_a_faster_watch_is_never_judged_better(one: float, more: float, code: str) -> None:
    order = ["within", "outside", "far_outside"]
    calibre = find_calibre(code)
    near, far = sorted((one, more))
    kinds = [judge(near, calibre).kind, judge(far, calibre).kind]
    if kinds[0] in order:
        assert order.index(kinds[0]) <= order.index(kinds[1])


@given(RATES)
def test_without_a_figure_nothing_is_judged(rate: float) -> None:
    assert judge(rate, None, "mechanical").kind in ("no_figure", "implausible")


@given(RATES, RATES, CODES)
def test_a_range_never_breaks_the_verdict(low: float, high: float, code: str) -> None:
    first, last = sorted((low, high))
    verdict = judge((first + last) / 2, find_calibre(code), low=first, high=last)
    assert isinstance(verdict.uncertain, bool)
