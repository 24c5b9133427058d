"""Entities reach the message with normalised values and places in the text as typed."""

from datetime import date
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from aftersales.language import normalise
from bot.extractor import DomainEntityExtractor, day_of, span_in_raw

pytestmark = pytest.mark.rasa


def _entities(text: str, metadata: dict[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    message = Message({"text": text, "normalised": normalise(text), "metadata": metadata})
    found = DomainEntityExtractor().process([message])[0].get("entities")
    return {entity["entity"]: entity for entity in found}


def test_a_rate_and_a_calibre() -> None:
    found = _entities("我的7s26一天快半分鐘")
    assert found["calibre"]["value"] == "7S26"
    assert found["rate_s_per_day"]["value"] == 30.0
    assert found["rate_s_per_day"]["extractor"] == "DomainEntityExtractor"


def test_a_range_keeps_its_bounds() -> None:
    rate = _entities("一天快七八分钟")["rate_s_per_day"]
    assert (rate["low"], rate["value"], rate["high"]) == (420.0, 450.0, 480.0)


def test_the_day_of_the_message_resolves_a_date() -> None:
    metadata = {"received_at": "2024-01-02T03:00:00+00:00"}
    assert _entities("去年双十一买的", metadata)["purchase_date"]["value"] == "2023-11-11"


def test_the_day_is_the_one_in_china() -> None:
    assert day_of({"received_at": "2024-12-31T17:00:00Z"}) == date(2025, 1, 1)
    assert day_of({"received_at": "2024-12-31T17:00:00"}) == date(2025, 1, 1)


def test_an_unreadable_day_falls_back_to_the_clock() -> None:
    assert day_of({"received_at": "yesterday"}) == day_of(None)


def test_offsets_refer_to_the_text_as_typed() -> None:
    raw = "我的\uff17\uff33\uff12\uff16走快"
    calibre = _entities(raw)["calibre"]
    assert raw[calibre["start"] : calibre["end"]] == calibre["text"] == "\uff17\uff33\uff12\uff16"


def test_a_span_after_removed_characters() -> None:
    raw, plain = "  a\u200bb 13800138000", "ab 13800138000"
    assert raw[slice(*span_in_raw(raw, plain, 3, 14))] == "13800138000"


def test_an_empty_text_has_no_entities() -> None:
    assert _entities("") == {}
