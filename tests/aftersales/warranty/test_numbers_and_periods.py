"""Pairs, look-alikes, serials; purchase dates as spans; the rule table itself."""

from datetime import date

import pytest

from aftersales.knowledge import load
from aftersales.language import DateSpan
from aftersales.warranty.numbers import (
    broken_pair,
    candidate_years,
    compare,
    proposals,
    read_pair,
    read_pairs,
)
from aftersales.warranty.periods import groups, last_day, read_span, standing, write_span


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("7s26-0020", "7S26-0020"),
        ("编号是７Ｓ２６－００２０吧", "7S26-0020"),
        ("4R36A-04S0", "4R36-04S0"),
        ("7S26 - 0020", "7S26-0020"),
        ("7S26-002", None),
        ("2025-11-23", None),
        ("abcd-efgh", None),
    ],
)
def test_reading_a_pair(text: str, pair: str | None) -> None:
    assert read_pair(text) == pair


def test_two_pairs_and_half_a_pair() -> None:
    assert read_pairs("表上7S26-0020，卡上7S26-0030") == ["7S26-0020", "7S26-0030"]
    assert broken_pair("7S26-002") == "7S26-002"
    assert broken_pair("2025-11") is None
    assert broken_pair("7S26-0020") is None


@pytest.mark.parametrize(
    ("watch", "card", "result"),
    [
        ("7S26-0020", "7S26-0020", "match"),
        ("7S26-0020", "7s26-0020", "match"),
        ("7S26-0020", "7S26-OO2O", "lookalike"),
        ("7S26-0020", "7526-0020", "lookalike"),
        ("6R15-00B0", "6R15-0080", "lookalike"),
        ("7S26-0020", "7S26-0030", "mismatch"),
        ("7S26-0020", "7S36-0020", "mismatch"),
    ],
)
def test_comparing_pairs(watch: str, card: str, result: str) -> None:
    assert compare(watch, card) == result


def test_a_misread_calibre_is_proposed_never_applied() -> None:
    assert "7S26" in proposals("7SZ6")
    assert proposals("7S26") == ()
    assert proposals("XXXX") == ()


def test_the_year_of_a_serial_comes_every_ten_years() -> None:
    made = candidate_years("5N1234", None, 2026)
    assert made is not None and made.month == 11
    assert made.years[-2:] == (2015, 2025) and not made.narrowed


@pytest.mark.parametrize(
    ("serial", "month"), [("510001", 1), ("500001", 10), ("5O0001", 10), ("5D0001", 12)]
)
def test_months_of_a_serial(serial: str, month: int) -> None:
    made = candidate_years(serial, None, 2026)
    assert made is not None and made.month == month


def test_the_production_span_narrows_the_years() -> None:
    spans = {
        c: e["production"] for c, e in load("calibres")["calibres"].items() if "production" in e
    }
    code, span = next((c, s) for c, s in sorted(spans.items()) if s.get("from", 0) > 1990)
    made = candidate_years("510001", code, 2026)
    assert made is not None and made.narrowed and min(made.years) >= span["from"]
    assert made.confidence == span["confidence"]


@pytest.mark.parametrize("serial", ["", "12345", "5X0001", "ABCDEF", "1234567"])
def test_other_serials_are_not_guessed_at(serial: str) -> None:
    assert candidate_years(serial, None, 2026) is None


@pytest.mark.parametrize(
    ("bought", "years", "end"),
    [
        ((2024, 2, 29), 1, (2025, 2, 28)),
        ((2024, 2, 29), 4, (2028, 2, 29)),
        ((2025, 1, 31), 1, (2026, 1, 31)),
        ((2025, 12, 31), 2, (2027, 12, 31)),
    ],
)
def test_last_day(bought: tuple[int, int, int], years: int, end: tuple[int, int, int]) -> None:
    assert last_day(date(*bought), years) == date(*end)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024-02-29", (2024, 2, 29), (2024, 2, 29)),
        ("2024-11-01/2024-12-31", (2024, 11, 1), (2024, 12, 31)),
    ],
)
def test_reading_a_stored_date(
    value: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    span = read_span(value)
    assert span is not None and (span.first, span.last) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "value", ["", "2024-13", "2024-02-30", "unknown", "0000", "2025-2/2024", "/"]
)
def test_what_is_no_date(value: str) -> None:
    assert read_span(value) is None


def test_a_rough_date_is_stored_no_more_exact_than_it_was_said() -> None:
    rough = DateSpan(date(2025, 11, 21), date(2025, 11, 30), "rough")
    assert write_span(rough) == "2025-11-21/2025-11-30"
    assert write_span(DateSpan(date(2025, 1, 1), date(2025, 12, 31), "year")) == "2025"


@pytest.mark.parametrize(
    ("today", "zone"),
    [
        (date(2025, 2, 28), "world"),
        (date(2025, 3, 1), "out"),
        (date(2024, 2, 29), "world"),
        (date(2024, 2, 28), "future"),
    ],
)
def test_boundaries_of_a_leap_day(today: date, zone: str) -> None:
    span = read_span("2024-02-29")
    found = standing(span, "other", ("seiko",), today)
    assert found is not None and found.zone == zone


@pytest.mark.parametrize(
    ("today", "zone"),
    [
        (date(2025, 2, 1), "world"),
        (date(2025, 2, 2), "edge"),
        (date(2025, 2, 28), "edge"),
        (date(2025, 3, 1), "out"),
    ],
)
def test_a_month_is_decided_only_outside_its_boundary(today: date, zone: str) -> None:
    found = standing(read_span("2024-02"), "other", ("seiko",), today)
    assert found is not None and found.zone == zone


def test_a_span_over_two_rules_uses_both() -> None:
    """Sold June or July 2024 in Japan: one year or three."""
    span = read_span("2024-06-01/2024-07-31")
    found = standing(span, "jp", ("seiko",), date(2026, 11, 23))
    assert found is not None and found.zone == "edge"
    assert {rule["id"] for rule in found.rules} == {"jp_old", "jp_between"}


def test_lines_follow_the_calibre() -> None:
    assert groups(None, None) == ("seiko", "gs", "credor")
    assert groups(None, "9S65") == ("gs",)
    assert groups("prospex", None) == ("seiko",)
    assert groups("grand_seiko", "4R36") == ("seiko",)


def test_every_market_has_a_rule_for_every_line() -> None:
    for market in ("cn", "jp", "eu", "us", "au", "other"):
        for line in ("seiko", "gs", "credor", "alba"):
            found = standing(read_span("2019-05-05"), market, (line,), date(2019, 6, 1))
            assert found is not None and found.rules, (market, line)


def test_the_table_is_whole() -> None:
    """Every clause has a source that exists; a clause that is not sure says the card decides."""
    table = load("warranty")
    assert str(table["reviewed"]) == "2026-11-23"
    for section in ("reasons", "notes"):
        for name, entry in table[section].items():
            assert entry["basis"] in table["sources"], name
    for rule in table["periods"]:
        assert rule["basis"] in table["sources"]
        assert rule["confidence"] in ("high", "medium", "low")
        if rule["confidence"] != "high":
            assert table["by_card"] in rule["say"], rule["id"]
        if rule["years"] is None:
            assert "年限" in rule["say"] or "几年" in rule["say"], rule["id"]
    for source in table["sources"].values():
        assert source["name"] and source["source"]


def test_no_period_is_told_for_the_mainland() -> None:
    for rule in load("warranty")["periods"]:
        if rule["market"] == "cn":
            assert rule["years"] is None and rule["confidence"] == "low"
