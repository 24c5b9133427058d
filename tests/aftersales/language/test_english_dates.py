"""Dates in English, reckoned from Monday, 23 November 2026."""

from datetime import date

import pytest

from aftersales.language.english_dates import find_english

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("bought in March 2024", "2024-03"),
        ("5 May 2023", "2023-05-05"),
        ("Dec 24th, 2022", "2022-12-24"),
        ("sept. 2021", "2021-09"),
        ("3 months ago", "2026-08"),
        ("a year ago", "2025-11"),
        ("two weeks ago", "2026-11-09"),
        ("10 days ago", "2026-11-13"),
        ("yesterday", "2026-11-22"),
        ("last month", "2026-10"),
        ("31 Feb 2024", None),
        ("999 years ago", None),
    ],
)
def test_date(text: str, value: str | None) -> None:
    (found,) = find_english(text, TODAY)
    assert (found.span.value if found.span else None) == value


@pytest.mark.parametrize("text", ["last year", "march on", "2024", "去年三月", "the may 20"])
def test_no_date(text: str) -> None:
    assert find_english(text, TODAY) == []
