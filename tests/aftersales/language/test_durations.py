"""Hours worn and hours of reserve."""

import pytest

from aftersales.language.durations import hours


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("戴十来个小时", 10.0),
        ("每天8小时", 8.0),
        ("七八个小时", 7.5),
        ("能走40小时", 40.0),
        ("40h", 40.0),
        ("一个半小时", 1.5),
        ("半个小时", 0.5),
        ("半天", 12.0),
        ("一整天", 24.0),
        ("两天", 48.0),
        ("10多个小时", 15.0),
        ("不怎么戴", None),
        ("7S26", None),
    ],
)
def test_hours(text: str, value: float | None) -> None:
    assert hours(text) == value
