"""The calibre table: what is known is told with its source, what is unknown is not told at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.knowledge import load
from aftersales.watches import (
    describe,
    find_calibre,
    historical_rule,
    how_to_tell,
    is_heard_of,
    movement_by_prefix,
)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("7S26", "7S26"), ("7s26", "7S26"), ("７Ｓ２６", "7S26"), ("4R36A", "4R36"),
     ("7S26-0020", "7S26"), ("7S26 0020", "7S26"), (" v192 ", "V192"), ("6139", "6139")],
)  # fmt: skip
def test_a_code_is_found_however_it_is_typed(typed: str, code: str) -> None:
    calibre = find_calibre(typed)
    assert calibre is not None and calibre.code == code


@pytest.mark.parametrize(
    "typed", ["ZZ99", "7S2", "", "2024", "7S26-00", "一二三四", "NH25", "8X53"]
)
def test_an_unknown_code_is_unknown(typed: str) -> None:
    assert find_calibre(typed) is None


def test_codes_only_heard_of_are_listed_but_not_known() -> None:
    assert is_heard_of("NH25") and find_calibre("NH25") is None
    assert not is_heard_of("7S26")


@pytest.mark.parametrize(
    ("code", "movement", "winding"),
    [("7S26", "mechanical", "automatic"), ("6602", "mechanical", "manual"),
     ("7549", "quartz", None),
     ("V192", "solar", None), ("7X52", "solar", None), ("5M62", "kinetic", None),
     ("9R65", "spring_drive", None), ("9R02", "spring_drive", "manual"), ("VK63", "hybrid", None),
     ("6139", "mechanical", "automatic"), ("7A38", "quartz", None)],
)  # fmt: skip
def test_movement_is_in_the_words_of_the_contract(
    code: str, movement: str, winding: str | None
) -> None:
    calibre = find_calibre(code)
    assert calibre is not None
    assert (calibre.movement, calibre.winding) == (movement, winding)


@pytest.mark.parametrize(
    ("code", "low", "high", "unit", "standard"),
    [("7S26", -35, 45, "s/day", "worn"), ("4R36", -35, 45, "s/day", "worn"),
     ("NH35", -20, 40, "s/day", "static"), ("6R35", -15, 25, "s/day", "worn"),
     ("4206", -35, 55, "s/day", "worn"), ("9S65", -1, 10, "s/day", "worn"),
     ("9S85", -1, 8, "s/day", "worn"), ("9R65", -15, 15, "s/month", "worn"),
     ("9RB2", -20, 20, "s/year", "worn"), ("9F62", -10, 10, "s/year", "worn")],
)  # fmt: skip
def test_tolerances(code: str, low: float, high: float, unit: str, standard: str) -> None:
    calibre = find_calibre(code)
    assert calibre is not None and calibre.rate is not None
    rate = calibre.rate
    assert (rate.low, rate.high, rate.unit, rate.standard) == (low, high, unit, standard)
    assert calibre.family_rate is None


@pytest.mark.parametrize("code", ["4R71", "4R15", "7002", "7019", "V192", "5M22", "9RA5", "6139"])
def test_no_own_and_no_family_figure_means_none(code: str) -> None:
    calibre = find_calibre(code)
    assert calibre is not None
    assert calibre.rate is None and calibre.family_rate is None


@pytest.mark.parametrize(("code", "high"), [("4R34", 45), ("7S36", 45), ("6R31", 25), ("8L55", 15)])
def test_family_figure_stands_in(code: str, high: float) -> None:
    calibre = find_calibre(code)
    assert calibre is not None and calibre.family_rate is not None
    assert calibre.rate is None and calibre.family_rate.tolerance.high == high
    assert calibre.family_rate.source


@pytest.mark.parametrize(
    ("code", "hand_wind"),
    [("7S26", False), ("7S36", False), ("4206", True), ("4R36", True), ("6R35", True),
     ("NH35", True), ("6139", False), ("6138", True), ("4R15", True), ("7019", None)],
)  # fmt: skip
def test_hand_winding(code: str, hand_wind: bool | None) -> None:
    calibre = find_calibre(code)
    assert calibre is not None and calibre.hand_wind is hand_wind


def test_every_calibre_has_a_source_and_nothing_unverified() -> None:
    for code, entry in load("calibres")["calibres"].items():
        calibre = find_calibre(code)
        assert calibre is not None and calibre.sources, code
        assert "unverified" not in entry, code
        assert calibre.movement in load("identify")["movements"], code


def test_sources_do_not_claim_to_be_searched_and_empty() -> None:
    for code, entry in load("calibres")["calibres"].items():
        assert not any("none found" in source for source in entry["source"]), code


@given(st.text(max_size=12))
def test_any_text_is_found_or_unknown(text: str) -> None:
    calibre = find_calibre(text)
    assert calibre is None or len(calibre.code) == 4


@pytest.mark.parametrize(
    ("code", "movement"),
    [("4R99", "mechanical"), ("9R99", "spring_drive"), ("V199", "solar"), ("VK99", "hybrid"),
     ("7T99", "quartz"), ("5M99", "kinetic"), ("8X99", "solar"), ("ZZ99", None),
     ("nonsense", None)],
)  # fmt: skip
def test_prefix_only_guesses(code: str, movement: str | None) -> None:
    assert movement_by_prefix(code) == movement


@pytest.mark.parametrize(
    ("code", "says", "outdated"),
    [("7S26", "mechanical", False), ("4R36", "quartz", True), ("9R65", "quartz", True),
     ("7549", "quartz", False), ("6139", "quartz", True), ("ZZ99", "quartz", False)],
)  # fmt: skip
def test_the_old_rule_is_kept_and_shown_outdated(code: str, says: str, outdated: bool) -> None:
    rule = historical_rule(code)
    assert rule is not None
    assert (rule.says, rule.outdated) == (says, outdated)
    assert code in rule.line.say and rule.line.source
    assert historical_rule("nonsense") is None


def test_a_watch_is_described_by_what_is_known() -> None:
    calibre = find_calibre("7S26")
    assert calibre is not None
    said = "".join(one.say for one in describe(calibre))
    assert "自动机械表" in said and "不能手上链" in said and "41 小时" in said


def test_every_calibre_can_be_described_without_a_private_note() -> None:
    for code in load("calibres")["calibres"]:
        calibre = find_calibre(code)
        assert calibre is not None
        lines = describe(calibre)
        assert lines and all(one.source and one.say_desk for one in lines), code
        assert "{" not in "".join(one.say for one in lines)
        assert "None" not in "".join(one.say for one in lines)


def test_how_to_tell_covers_every_movement() -> None:
    everything = how_to_tell()
    assert len(everything) > len(how_to_tell("quartz")) >= 2
