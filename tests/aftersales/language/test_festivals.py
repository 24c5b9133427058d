"""Moving feasts against days known from calendars."""

from datetime import date

import pytest

from aftersales.language.festivals import festival_date, last_festival


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2026, date(2026, 2, 17)),
        ("春节", 2021, date(2021, 2, 12)),
        ("除夕", 2021, date(2021, 2, 11)),
        ("元宵节", 2026, date(2026, 3, 3)),
        ("端午节", 2024, date(2024, 6, 10)),
        ("七夕", 2025, date(2025, 8, 29)),
        ("中秋节", 2020, date(2020, 10, 1)),
        ("母亲节", 2024, date(2024, 5, 12)),
        ("父亲节", 2024, date(2024, 6, 16)),
        ("黑五", 2024, date(2024, 11, 29)),
        ("双11", 2025, date(2025, 11, 11)),
        ("国庆节", 2024, date(2024, 10, 1)),
        ("春节", 1999, None),
        ("开学", 2024, None),
    ],
)
def test_festival(name: str, year: int, day: date | None) -> None:
    assert festival_date(name, year) == day


def test_the_last_one_is_not_in_the_future() -> None:
    assert last_festival("双十二", date(2026, 11, 23)) == date(2025, 12, 12)
    assert last_festival("双十一", date(2026, 11, 23)) == date(2026, 11, 11)
