"""Questions from the knowledge files; every ready answer is one its own skill understands."""

from collections.abc import Iterator
from typing import Any

import pytest

from actions.frames import Frame
from actions.prompts import Option, prompt
from actions.registry import skills
from actions.services import Services
from aftersales.knowledge import load
from tests.actions.talking import NOW, turn
from tests.actions.walking import Walk

#: A frame of each skill in which any of its questions may wait.
DATA: dict[str, dict[str, Any]] = {
    "diagnosis": {"findings": {"intent": "runs_fast", "facts": {}, "asked": []}, "watch_no": 0},
    "warranty": {"evidence": {}, "watch_no": 0, "lookup": {"card_number": "C1"}},
    "status": {"purpose": "cancel", "number": "FW261101-04825"},
    "intake": {
        "kind": "repair",
        "draft_id": "d",
        "answers": {"fault": "x", "name": "王", "phone": "13812345678"},
        "watch_no": 0,
    },
}
BOOKS = {
    "diagnosis": ("questions",),
    "warranty": ("warranty", "warranty_lookup"),
    "status": ("status",),
    "intake": ("intake",),
}


def buttons() -> Iterator[tuple[str, str, str]]:
    """Skill, question and label of every ready answer of every question."""
    for skill, books in BOOKS.items():
        for book in books:
            for question, entry in load(book)["questions"].items():
                for choice in entry.get("choices", []):
                    label = choice if isinstance(choice, str) else choice["label"]
                    yield skill, question, str(label)
    for label in load("intake")["consent_choices"]:
        yield "intake", "consent", str(label)


BUTTONS = list(buttons())


def test_there_are_buttons_of_every_skill() -> None:
    assert {skill for skill, _, _ in BUTTONS} == set(BOOKS)


@pytest.mark.parametrize(("skill", "question", "label"), BUTTONS)
def test_every_button_is_heard_by_the_skill_that_shows_it(
    services: Services, skill: str, question: str, label: str
) -> None:
    frame = Frame(skill, DATA[skill], NOW, question=question)
    # Pressing sends the label; the classifier may make anything of it.
    heard = skills()[skill].hear(frame, turn(services, label, "inform"))
    assert heard is not None
    assert "hint" not in heard.data


def at_the_end(services: Services) -> Walk:
    walk = Walk(services)
    walk.say("给我回个电话", "request_callback")
    for text, intent in (("同意", "affirm"), ("张伟", "inform"), ("13812340000", "inform")):
        walk.say(text, intent)
    assert walk.waiting == ("intake", "confirm")
    return walk


@pytest.mark.parametrize("words", ["不提交了", "先不提交", "不要提交"])
@pytest.mark.parametrize("intent", ["deny", "inform", "cancel_ticket"])
def test_who_does_not_submit_has_submitted_nothing(
    services: Services, words: str, intent: str
) -> None:
    walk = at_the_end(services)
    assert walk.say(words, intent) == ["utter_intake_dropped"]
    assert walk.slots.get("last_ticket") is None
    assert walk.waiting is None


@pytest.mark.parametrize("words", ["不对", "不行", "不可以", "不太对", "没对上", "对不对"])
def test_a_no_that_holds_a_yes_is_not_submitted(services: Services, words: str) -> None:
    walk = at_the_end(services)
    walk.say(words, "inform")
    assert walk.slots.get("last_ticket") is None
    assert walk.waiting == ("intake", "confirm")


@pytest.mark.parametrize("words", ["确认提交", "对", "没问题", "可以", "都对，提交吧", "没错"])
def test_a_plain_yes_is_submitted(services: Services, words: str) -> None:
    walk = at_the_end(services)
    assert walk.say(words, "affirm") == ["utter_ticket_callback"]


def test_blanks_are_filled_in_both_wordings_and_a_hint_goes_first() -> None:
    asked = prompt("status", "sure", number="FW261101-04825")
    assert asked.id == "sure"
    assert "FW261101-04825" in asked.say and "FW261101-04825" in asked.say_desk
    assert asked.choices == (Option("确定取消"), Option("不取消"))
    hint = load("status")["hints"]["number_form"]
    assert prompt("status", "number", hint="number_form").say.startswith(hint)


def test_an_unknown_question_is_an_error() -> None:
    with pytest.raises(KeyError):
        prompt("status", "no_such_question")
