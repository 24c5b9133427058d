"""The actions around a form: what fails is apologised for, and nothing pending is lost."""

import pytest

from actions.entry import Answer, ConcludeSkill, OpenSkill
from actions.services import Services
from actions.turn import Turn
from actions.warranty import WarrantySkill
from tests.actions.talking import Talk


def _breaks(turn: Turn) -> None:
    turn.set("offer", "ticket")
    turn.utter("utter_thank")
    raise ValueError("13812345678")


def test_an_exception_apologises_and_keeps_what_is_pending(talk: Talk, services: Services) -> None:
    talk.run(OpenSkill(WarrantySkill(), services), "查保修", "check_warranty")
    before = talk.slots["frames"]
    broken = Answer("action_broken", _breaks, services)
    assert talk.run(broken, "你好", "greet") == ["utter_apology"]
    assert talk.slots["frames"] == before
    assert "offer" not in talk.slots  # nothing of the half-done turn is kept
    assert talk.slots["asking"] is None


def test_the_names_are_those_of_the_rules(services: Services) -> None:
    skill = WarrantySkill()
    assert OpenSkill(skill, services).name() == "action_warranty"
    assert ConcludeSkill(skill, services).name() == "action_warranty_result"


def test_a_stopped_form_says_so_once(talk: Talk, services: Services) -> None:
    talk.slots = {"stopped": "warranty", "frames": []}
    done = ConcludeSkill(WarrantySkill(), services)
    assert talk.run(done, "算了", "deny") == ["utter_stopped"]
    assert talk.slots["stopped"] is None


@pytest.mark.parametrize(("pending", "asking"), [(True, "warranty"), (False, None)])
def test_an_answer_leads_back_to_what_waits(
    talk: Talk, services: Services, pending: bool, asking: str | None
) -> None:
    if pending:
        talk.run(OpenSkill(WarrantySkill(), services), "查保修", "check_warranty")
    aside = Answer("action_aside", lambda turn: turn.utter("utter_thank"), services)
    talk.run(aside, "谢谢", "thank")
    assert talk.slots["asking"] == asking
