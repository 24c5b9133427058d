"""Every phrase of the table tests/nlu/entities.yml gives its values, their bounds, nothing else."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from aftersales.language import Entity, extract

TODAY = date(2026, 11, 23)
TABLE = Path(__file__).resolve().parents[2] / "nlu" / "entities.yml"
PHRASES: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["phrases"]
NAMES = {
    "calibre",
    "case_code",
    "serial",
    "rate_s_per_day",
    "purchase_date",
    "movement",
    "line",
    "position",
    "phone",
    "ticket_no",
    "amount",
    "model",
    "city",
}


def values(entities: list[Entity]) -> dict[str, set[str | float]]:
    found: dict[str, set[str | float]] = {}
    for entity in entities:
        value = round(entity.value, 2) if isinstance(entity.value, float) else entity.value
        found.setdefault(entity.name, set()).add(value)
    return found


def test_the_table_is_broad_and_keeps_the_contract() -> None:
    texts = [row["text"] for row in PHRASES]
    assert len(set(texts)) == len(texts) >= 450
    assert {name for row in PHRASES for name in row["entities"]} == NAMES
    assert sum(not row["entities"] for row in PHRASES) >= 30
    assert sum("bounds" in row for row in PHRASES) >= 40


@pytest.mark.parametrize("row", PHRASES, ids=[row["text"] for row in PHRASES])
def test_values(row: dict[str, Any]) -> None:
    found = values(extract(row["text"], TODAY))
    assert found == {name: {value} for name, value in row["entities"].items()}


BOUNDED = [row for row in PHRASES if "bounds" in row]


@pytest.mark.parametrize("row", BOUNDED, ids=[row["text"] for row in BOUNDED])
def test_bounds(row: dict[str, Any]) -> None:
    (entity,) = (e for e in extract(row["text"], TODAY) if e.low is not None)
    assert entity.name in ("rate_s_per_day", "amount")
    assert (entity.low, entity.high) == (row["bounds"]["low"], row["bounds"]["high"])


def test_bounds_hold_the_value() -> None:
    for row in PHRASES:
        for entity in extract(row["text"], TODAY):
            assert (entity.low is None) == (entity.high is None)
            if entity.low is not None and entity.high is not None:
                assert isinstance(entity.value, float)
                assert entity.low <= entity.value <= entity.high


@pytest.mark.parametrize(
    "phrase", ["一天快三十秒", "每周慢五分钟", "日差+8", "买了半年", "一天慢半分钟"]
)
def test_what_stands_around_changes_nothing(phrase: str) -> None:
    alone = values(extract(phrase, TODAY))
    assert alone
    for before, after in (("你好,", ""), ("我的表", "。怎么办"), ("", "!!!"), ("  ", ",谢谢")):
        assert values(extract(before + phrase + after, TODAY)) == alone
