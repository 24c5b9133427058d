"""Emergencies: people first, and nothing is asked afterwards."""

import pytest

from actions.registry import actions
from actions.services import Services
from tests.actions.talking import Talk


@pytest.mark.parametrize(
    ("text", "word"),
    [("孩子把纽扣电池吞了", "急诊"), ("电池漏液溅到眼睛里了", "清水冲洗")],
)
def test_it_says_first_what_protects_the_person(
    talk: Talk, services: Services, text: str, word: str
) -> None:
    (hazard,) = (a for a in actions(services) if a.name() == "action_hazard")
    assert talk.run(hazard, text, "out_of_scope") == ["utter_hazard"]
    first = talk.messages[0]["reasons"].split("\n")[0]
    assert word in first
    assert talk.slots["asking"] is None


def test_another_spelling_gets_the_safest_text(talk: Talk, services: Services) -> None:
    (hazard,) = (a for a in actions(services) if a.name() == "action_hazard")
    assert talk.run(hazard, "嗯嗯", "out_of_scope") == ["utter_hazard"]
    assert talk.messages[0]["reasons"]


def test_what_was_pending_is_kept_and_not_pressed(talk: Talk, services: Services) -> None:
    known = {a.name(): a for a in actions(services)}
    talk.run(known["action_warranty"], "查保修", "check_warranty")
    before = talk.slots["frames"]
    talk.run(known["action_hazard"], "孩子把纽扣电池吞了", "out_of_scope")
    assert talk.slots["frames"] == before
    assert talk.slots["asking"] is None
