"""How often what may be done."""

from datetime import timedelta

import pytest

from tests.web.house import NOW
from web import limits
from web.limits import Limits, Rule
from web.refusals import Refusal


def test_the_window_slides() -> None:
    counted = Limits({"rule": Rule(2, 60)})
    counted.spend("rule", "a", NOW)
    counted.spend("rule", "a", NOW + timedelta(seconds=30))
    with pytest.raises(Refusal) as refusal:
        counted.spend("rule", "a", NOW + timedelta(seconds=59))
    assert refusal.value.retry_after_s == 1
    counted.spend("rule", "b", NOW + timedelta(seconds=59))
    counted.spend("rule", "a", NOW + timedelta(seconds=60))
    with pytest.raises(Refusal):
        counted.spend("rule", "a", NOW + timedelta(seconds=61))


def test_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_KEYS", 10)
    counted = Limits({"rule": Rule(2, 60)})
    for number in range(100):
        counted.spend("rule", str(number), NOW)
    assert len(counted._seen) <= 10
