"""One message, read once: text, clock, channel, and words for a screen or a voice."""

from datetime import UTC, datetime

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from actions.turn import Turn
from aftersales.lines import Line, line
from tests.actions.talking import NOW, tracker, turn


def made(services: Services, **metadata: object) -> Turn:
    return Turn(tracker("你好", "greet", **metadata), CollectingDispatcher(), services)  # type: ignore[arg-type]


def spoken(words: str) -> Line:
    return line({"say": words, "say_desk": words, "source": "x", "reviewed": "2026-11-23"})


def test_the_text_is_normalised(services: Services) -> None:
    assert turn(services, "７Ｓ２６　走快", "runs_fast").text.startswith("7S26")


def test_the_gateways_time_counts_and_is_utc(services: Services) -> None:
    heard = made(services, received_at="2026-11-25T08:00:00+08:00")
    assert heard.now == datetime(2026, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize("stamp", [None, "yesterday", "2026-11-25T08:00:00", 5])
def test_a_time_without_a_zone_is_not_believed(services: Services, stamp: object) -> None:
    assert made(services, received_at=stamp).now == NOW


def test_the_day_is_the_customers(services: Services) -> None:
    heard = made(services, received_at="2026-11-24T17:00:00+00:00")
    assert heard.today.isoformat() == "2026-11-25"


def test_a_slot_set_in_this_turn_is_read_back(services: Services) -> None:
    heard = turn(services, "你好", "greet", {"offer": "ticket"})
    assert heard.slot("offer") == "ticket"
    heard.set("offer", None)
    assert heard.slot("offer") is None


def test_the_last_mention_of_an_entity_counts(services: Services) -> None:
    assert turn(services, "不是7S26，是4R36", "inform").entity("calibre") == "4R36"


def test_lines_are_dotted_on_a_screen_and_run_on_at_the_desk(services: Services) -> None:
    lines = [spoken("一"), spoken("二。")]
    assert made(services).lines(lines) == "· 一\n· 二。"
    assert made(services).lines(lines[:1]) == "一"
    assert made(services, channel="desk").lines(lines) == "一。二。"


def test_only_a_sure_need_is_a_subject_of_its_own(services: Services) -> None:
    assert turn(services, "修多少钱", "repair_price").carries_own_subject
    assert not turn(services, "是的", "affirm").carries_own_subject
    unsure = tracker("修多少钱", "repair_price", confidence=0.5)
    assert not Turn(unsure, CollectingDispatcher(), services).carries_own_subject
