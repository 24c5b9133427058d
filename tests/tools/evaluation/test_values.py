"""Values are counted entity by entity."""

import pytest

from tools.blind_sets import Sentence
from tools.evaluation.values import exact

pytestmark = pytest.mark.rasa


def test_rates_and_dates_come_first_and_each_is_counted() -> None:
    told = [
        Sentence("我的7S26一天快三十秒", entities={"calibre": "7S26", "rate_s_per_day": 30.0}),
        Sentence("一天慢九秒", entities={"rate_s_per_day": 9.0}),
        Sentence("2021年5月3日买的", entities={"purchase_date": "2021-05-03"}),
    ]
    found = exact(told)
    assert list(found) == ["rate_s_per_day", "purchase_date", "calibre"]
    assert found["rate_s_per_day"][:2] == (2, 1)
    assert "一天慢九秒" in found["rate_s_per_day"][2][0]
    assert found["purchase_date"][:2] == found["calibre"][:2] == (1, 1)
