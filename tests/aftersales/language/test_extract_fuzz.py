"""Whatever is written, ``extract`` returns: values of the contract, spans inside the text."""

import math
import re
from datetime import date, timedelta
from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from aftersales.language import Entity, extract, normalise, parse_date, parse_offset

ROOT = Path(__file__).resolve().parents[2]
PHRASES = [
    row["text"]
    for row in yaml.safe_load((ROOT / "nlu/entities.yml").read_text(encoding="utf-8"))["phrases"]
]
SHAPES = {
    "calibre": r"[0-9A-Z]{4}",
    "case_code": r"[0-9A-Z]{4}",
    "serial": r"[0-9A-Z]{6}",
    "purchase_date": r"\d{4}-\d\d(-\d\d)?",
    "movement": "mechanical|quartz|solar|kinetic|spring_drive|hybrid",
    "line": "grand_seiko|credor|king_seiko|prospex|presage|seiko_5|astron|lukia",
    "position": "dial_up|dial_down|crown_up|crown_down|crown_left|crown_right",
    "phone": r"\d{8,14}",
    "ticket_no": r"(FW|TS|HD)\d{6}-\d{5}",
    "model": r"[A-Z]{3,4}\d{2,4}([A-Z]\d?)?",
    "city": r"\w{2,6}",
}
# Characters the grammars look for; any order of them must be survived.
ALPHABET = (
    "零一二两三四五六七八九十百千万几半多来点分秒天周月年日号时快慢走前后上下去今昨买了的是不,。+-~/.:"
    "0123456789SsKkWwRrVvNH′'杠幺大差正负加减往拨回对校块元花农历初国庆节面朝冠"
)
DAYS = st.dates(date(2007, 1, 1), date(2029, 12, 31))


def cuts(phrase: str) -> st.SearchStrategy[str]:
    ends = st.tuples(st.integers(0, len(phrase)), st.integers(0, len(phrase)))
    return ends.map(lambda pair: phrase[min(pair) : max(pair)])


def check(text: str, today: date) -> None:
    clean = normalise(text)
    end = 0
    for entity in extract(text, today):
        assert 0 <= entity.start < entity.end <= len(clean)
        assert clean[entity.start : entity.end] == entity.text
        assert entity.start >= end, "entities must not overlap"
        end = entity.end
        check_value(entity)


def check_value(entity: Entity) -> None:
    if entity.name in SHAPES:
        assert isinstance(entity.value, str)
        assert re.fullmatch(SHAPES[entity.name], entity.value), entity
        if entity.name == "purchase_date":
            date.fromisoformat(f"{entity.value}-01"[:10])
        return
    assert entity.name in ("rate_s_per_day", "amount")
    assert isinstance(entity.value, float) and math.isfinite(entity.value)
    assert entity.name == "rate_s_per_day" or entity.value > 0
    if entity.low is not None and entity.high is not None:
        assert entity.low <= entity.high


@given(st.text(max_size=300), DAYS)
def test_any_text(text: str, today: date) -> None:
    check(text, today)


@given(st.text(alphabet=ALPHABET, max_size=60), DAYS)
def test_any_order_of_telling_characters(text: str, today: date) -> None:
    check(text, today)


@given(st.lists(st.sampled_from(PHRASES).flatmap(cuts), max_size=8).map("".join), DAYS)
def test_any_cuts_of_the_phrases(text: str, today: date) -> None:
    check(text, today)


@given(
    st.lists(st.sampled_from(PHRASES), min_size=2, max_size=4),
    st.sampled_from(["", " ", ",", "。", "\n"]),
)
def test_any_phrases_together(phrases: list[str], between: str) -> None:
    check(between.join(phrases), date(2026, 11, 23))


@given(st.text(alphabet=ALPHABET, max_size=40), DAYS)
def test_the_readers_of_the_forms_return_too(text: str, today: date) -> None:
    plain = normalise(text)
    offset = parse_offset(plain)
    assert offset is None or math.isfinite(offset)
    span = parse_date(plain, today)
    assert span is None or span.earliest <= span.latest


def test_every_day_of_the_calendar_can_be_today() -> None:
    for days in range(0, 366 * 4, 1):
        today = date(2024, 1, 1) + timedelta(days=days)
        for text in (
            "去年今天买的",
            "上个月31号买的",
            "买了一年零两个月",
            "2月29号买的",
            "大年三十买的",
        ):
            check(text, today)
