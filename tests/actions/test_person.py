"""转人工: asked for once, with an honest time, while the bot goes on helping."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from actions.services import Services
from aftersales.store.tables import HandOver
from tests.actions.walking import Walk

#: Tuesday 24 November 2026 in Shanghai: at half past nine in the evening, and on Saturday.
EVENING = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)


@pytest.fixture
def walk(services: Services) -> Walk:
    """A talk on a working day at ten in the morning."""
    return Walk(services)


def hand_overs(services: Services) -> int:
    with services.store.session() as session:
        return session.scalar(select(func.count()).select_from(HandOver)) or 0


def test_in_open_hours_it_says_until_when(walk: Walk) -> None:
    assert walk.say("转人工", "talk_to_human") == ["utter_person_asked"]
    # Four open hours after ten, with the hour's break at noon.
    assert walk.messages[0]["due"] == "今天下午3:00"


def test_after_hours_it_says_when_somebody_is_back(walk: Walk) -> None:
    spoken = walk.say("转人工", "talk_to_human", received_at=EVENING.isoformat())
    assert spoken == ["utter_person_away"]
    assert walk.messages[0]["back"] == "明天上午9:00"


def test_at_the_weekend_it_names_monday(walk: Walk) -> None:
    walk.say("转人工", "talk_to_human", received_at=SATURDAY.isoformat())
    assert walk.messages[0]["back"] == "后天上午9:00"


def test_asking_twice_makes_one_hand_over(walk: Walk, services: Services) -> None:
    walk.say("转人工", "talk_to_human")
    assert walk.say("转人工", "talk_to_human", after=0.1) == ["utter_person_still_asked"]
    assert walk.say("人呢", "talk_to_human", after=0.2) == ["utter_person_still_asked"]
    assert hand_overs(services) == 1


def test_two_customers_have_two_hand_overs(services: Services) -> None:
    for sender in ("a", "b"):
        assert Walk(services, sender).say("转人工", "talk_to_human") == ["utter_person_asked"]
    assert hand_overs(services) == 2


def test_a_plain_yes_afterwards_takes_a_call(walk: Walk) -> None:
    walk.say("转人工", "talk_to_human")
    assert walk.slots["offer"] == "callback"
    walk.say("好", "affirm")
    assert walk.waiting == ("intake", "consent")


def test_the_bot_goes_on_with_its_question(walk: Walk) -> None:
    walk.say("查保修", "check_warranty")
    spoken = walk.say("转人工", "talk_to_human")
    assert spoken == ["utter_person_asked", "utter_question_again"]
    assert walk.waiting == ("warranty", "purchase_date")


def test_two_misunderstandings_and_a_yes_ask_for_a_person(walk: Walk, services: Services) -> None:
    walk.say("阿巴阿巴", "nlu_fallback")
    walk.say("阿巴阿巴", "nlu_fallback")
    assert hand_overs(services) == 0
    assert walk.say("好的", "affirm") == ["utter_person_asked"]
    assert hand_overs(services) == 1


def test_the_promise_stands_as_it_was_given(walk: Walk, services: Services) -> None:
    walk.say("转人工", "talk_to_human")
    with services.store.session() as session:
        before = session.scalars(select(HandOver)).one().promised_at
    walk.say("转人工", "talk_to_human", after=1)
    with services.store.session() as session:
        assert session.scalars(select(HandOver)).one().promised_at == before
    assert before == datetime(2026, 11, 24, 2, 0, tzinfo=UTC) + timedelta(hours=5)
