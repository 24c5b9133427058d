"""All skills and all actions, by the names the rules use."""

from collections.abc import Sequence

from rasa_sdk import Action

from actions import answer, courtesy, hazard, person, reply
from actions.diagnosis import Diagnosis
from actions.diary import Diary
from actions.entry import Answer, ConcludeSkill, OpenSkill
from actions.forms import ValidateForm
from actions.intake import Intake
from actions.privacy import Privacy
from actions.services import Services
from actions.skill import Skill
from actions.status import Status
from actions.warranty import WarrantySkill


def skills() -> dict[str, Skill]:
    """Every skill that asks questions, by name."""
    every: list[Skill] = [Diagnosis(), WarrantySkill(), Intake(), Status(), Diary(), Privacy()]
    return {skill.name: skill for skill in every}


def actions(services: Services) -> Sequence[Action]:
    """Every custom action of the domain, bound to the outside world."""
    known = skills()
    made: list[Action] = []
    for skill in known.values():
        made += [
            OpenSkill(skill, services),
            ValidateForm(skill, services),
            ConcludeSkill(skill, services),
        ]
    made += [
        Answer("action_answer", answer.answer, services),
        Answer("action_reply", reply.Reply(known).answer, services),
        Answer("action_misunderstood", courtesy.misunderstood, services),
        Answer("action_person", person.answer, services),
        Answer("action_hazard", hazard.answer, services),
    ]
    return made
