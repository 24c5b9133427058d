"""Date spans, also those that are no purchase."""

from datetime import date

import pytest

from aftersales.language.dates import parse_date
from aftersales.language.days import DateSpan, shift_months
from aftersales.language.normalise import normalise

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("phrase", "earliest", "latest", "precision"),
    [
        ("2019年买的", "2019-01-01", "2019-12-31", "year"),
        ("去年", "2025-01-01", "2025-12-31", "year"),
        ("19年", "2019-01-01", "2019-12-31", "year"),
        ("一九年", "2019-01-01", "2019-12-31", "year"),
        ("去年夏天", "2025-06-01", "2025-08-31", "rough"),
        ("2020年底", "2020-11-01", "2020-12-31", "rough"),
        ("去年三月底", "2025-03-21", "2025-03-31", "rough"),
        ("上周", "2026-11-16", "2026-11-22", "week"),
        ("上次保养是去年3月", "2025-03-01", "2025-03-31", "month"),
        ("昨天突然停了", "2026-11-22", "2026-11-22", "day"),
        ("买了两年", "2024-11-01", "2024-11-30", "month"),
        ("明天", "2026-11-24", "2026-11-24", "day"),
        ("两年多以前", None, None, None),
        ("2030年5月", "2030-05-01", "2030-05-31", "month"),
    ],
)
def test_span(phrase: str, earliest: str, latest: str, precision: str) -> None:
    span = parse_date(normalise(phrase), TODAY)
    if earliest is None:
        assert span is None or span.precision == "rough"
        return
    assert span == DateSpan(date.fromisoformat(earliest), date.fromisoformat(latest), precision)


@pytest.mark.parametrize(
    "phrase", ["前几年买的", "2月30号", "2021年13月", "很久了", "", "2021-02-29"]
)
def test_no_date(phrase: str) -> None:
    assert parse_date(phrase, TODAY) is None


def test_roughly_a_year_is_not_a_month() -> None:
    span = parse_date("买了一年多", TODAY)
    assert span is not None
    assert span.earliest == date(2024, 11, 23)
    assert span.latest == date(2025, 11, 23)
    assert span.value is None


def test_months_end_on_their_last_day() -> None:
    assert shift_months(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert shift_months(date(2026, 1, 15), 14) == date(2024, 11, 15)
