"""A talk in which a case is taken down: the rule's action, the form, the result."""

from sqlalchemy import func, select

from actions.entry import ConcludeSkill, OpenSkill
from actions.forms import ValidateForm
from actions.intake import Intake
from actions.services import Services
from tests.actions.talking import Talk


class Filing(Talk):
    """Opens a case, answers its questions, has it written."""

    def begin(self, text: str, intent: str) -> None:
        """The rule's action, then the form asks."""
        self.run(OpenSkill(Intake(), self.services), text, intent)
        form = ValidateForm(Intake(), self.services)
        self.run(form, text, intent, after="action_intake")

    def say(self, text: str, intent: str = "inform") -> list[str]:
        """Answer the question that waits."""
        return self.run(ValidateForm(Intake(), self.services), text, intent)

    def conclude(self, text: str, intent: str) -> list[str]:
        """What is said once the form has heard enough."""
        return self.run(ConcludeSkill(Intake(), self.services), text, intent)

    def take_down(self, fault: str, phone: str) -> None:
        """Answer whatever is asked up to what is read back."""
        answers = {
            "fault": (fault, "stopped"),
            "watch": ("不清楚", "dont_know"),
            "consent": ("同意", "affirm"),
            "name": ("王芳", "inform"),
            "phone": (phone, "inform"),
        }
        self.begin("我要报修", "open_ticket")
        while self.asked in answers:
            self.say(*answers.pop(self.asked))

    def confirm(self) -> list[str]:
        """Agree to what was read back and have the case written."""
        self.say("确认提交", "affirm")
        return self.conclude("确认提交", "affirm")

    @property
    def asked(self) -> str:
        """The question that waits."""
        return str(self.slots["frames"][-1]["question"])


def count(services: Services, table: type) -> int:
    """How many rows a table has."""
    with services.store.session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
