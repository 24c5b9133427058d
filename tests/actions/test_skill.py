"""What all skills share: asking, settling, finishing, and offering what was left."""

from datetime import timedelta

import pytest

from actions.frames import MAX_ASKS, STALE_AFTER, Frame, Frames
from actions.services import Services
from actions.skill import ask, finish, offers_resume, pending, settle
from actions.status import Status
from actions.turn import Turn
from tests.actions.talking import NOW, said, turn


@pytest.fixture
def heard(services: Services) -> Turn:
    """A turn with a look-up that lacks its number."""
    heard = turn(services, "查进度", "ticket_status")
    heard.frames = Frames((Frame("status", {"purpose": "look"}, NOW),))
    return heard


def test_asking_counts_how_often_a_question_was_put(heard: Turn) -> None:
    assert ask(Status(), heard) and ask(Status(), heard, again=True)
    assert said(heard.dispatcher) == ["utter_question", "utter_question_again"]
    assert heard.frames.top is not None and heard.frames.top.times == 2


def test_a_skill_does_not_ask_for_another_ones_frame(heard: Turn) -> None:
    heard.frames = heard.frames.push(Frame("intake", {}, NOW))
    assert not ask(Status(), heard)


def test_settling_leaves_the_question_to_the_form(heard: Turn) -> None:
    settle(Status(), heard)
    assert heard.slot("asking") == "status"
    assert said(heard.dispatcher) == []


def test_finishing_drops_the_frame_and_keeps_it_for_corrections(heard: Turn) -> None:
    heard.frames = Frames((Frame("status", {"purpose": "look", "no_number": True}, NOW),))
    finish(Status(), heard)
    assert heard.frames.items == ()
    assert heard.slot("concluded")["skill"] == "status"
    assert heard.slot("asking") is None


@pytest.mark.parametrize(
    ("age", "times", "waits"),
    [
        (timedelta(0), 0, "status"),
        (STALE_AFTER, 0, "status"),
        (STALE_AFTER + timedelta(seconds=1), 0, None),
        (timedelta(0), MAX_ASKS, None),
    ],
)
def test_what_is_cold_or_worn_out_is_not_pressed(
    heard: Turn, age: timedelta, times: int, waits: str | None
) -> None:
    heard.frames = Frames((Frame("status", {"purpose": "look"}, NOW - age, times=times),))
    assert pending(heard) == waits


def test_a_cold_subject_is_offered_once(heard: Turn) -> None:
    old = NOW - STALE_AFTER - timedelta(hours=1)
    heard.frames = Frames((Frame("status", {"purpose": "look"}, old),))
    offers_resume(heard)
    offers_resume(heard)
    assert said(heard.dispatcher) == ["utter_resume_offer"]
