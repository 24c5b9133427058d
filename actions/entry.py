"""The actions Rasa's rules call around a form: open a skill, and conclude it."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import aside, cues, needs, opinion, redirects, why
from actions.diagnosis import URGENT, Diagnosis
from actions.services import Services
from actions.skill import Skill, apply, begin, finish, pending
from actions.turn import Turn

log = structlog.get_logger(__name__)


class TurnAction(Action):
    """An action that answers one turn; what it sets is applied when it returns."""

    def __init__(self, services: Services) -> None:
        """Bind the action to the outside world."""
        self._services = services

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Answer; if that fails, apologise aloud and keep the customer's pending question."""
        turn = Turn(tracker, dispatcher, self._services)
        try:
            if self.name() in opinion.HEARD_BY and opinion.taken(turn):
                pass
            elif not redirects.taken(turn, self.name()):
                self.answer(turn)
            aside.let_go(turn, tracker.active_loop.get("name"))
        except Exception:
            # Only the name of the action and the type are logged: the tracker holds phones.
            log.exception("action_failed", action=self.name())
            dispatcher.messages.clear()
            turn.slots.clear()
            turn.utter("utter_apology")
            turn.set("asking", None)
        return [*apply(turn), *_loop_ends(turn, tracker)]

    @abstractmethod
    def answer(self, turn: Turn) -> None:
        """Say the answer and set the slots."""


class OpenSkill(TurnAction):
    """``action_<skill>``: a message named the skill's subject."""

    def __init__(self, skill: Skill, services: Services) -> None:
        """Bind to one skill."""
        super().__init__(services)
        self._skill = skill

    def name(self) -> str:
        """The rule's name for it."""
        return f"action_{self._skill.name}"

    def answer(self, turn: Turn) -> None:
        """Take what the message says; conclude at once when nothing is missing."""
        turn.set("misunderstood", 0)
        if cues.other_brand(turn.text):
            turn.utter("utter_other_brand")
            turn.set("asking", pending(turn))
            return
        if why.answered(turn):  # "怎么回事" alone looks like a fault to the classifier
            turn.set("asking", pending(turn))
            return
        if self._skill.instead(turn):
            turn.set("asking", pending(turn))
            return
        also = needs.others(turn)
        needs.answered_aside(turn, also)
        needs.put_below(turn, also, Diagnosis())
        if not URGENT & set(also):
            begin(self._skill, turn)
            return
        # "进水了，顺便查单子": what to do at once comes first, also when it was said second.
        turn.frames = turn.frames.push(self._skill.open(turn))
        turn.intent = next(iter(URGENT & set(also)))
        begin(Diagnosis(), turn)


class ConcludeSkill(TurnAction):
    """``action_<skill>_result``: the form has heard enough, or was stopped."""

    def __init__(self, skill: Skill, services: Services) -> None:
        """Bind to one skill."""
        super().__init__(services)
        self._skill = skill

    def name(self) -> str:
        """The rule's name for it."""
        return f"action_{self._skill.name}_result"

    def answer(self, turn: Turn) -> None:
        """Say the result, or that we stopped, and turn to what was put aside."""
        if turn.slot("stopped"):
            turn.set("stopped", None)
            turn.utter("utter_stopped")
            turn.set("asking", pending(turn))
            return
        finish(self._skill, turn)


class Answer(TurnAction):
    """One action made of a plain function, for subjects without a form."""

    def __init__(self, name: str, function: Callable[[Turn], None], services: Services) -> None:
        """Name the action and the function that answers."""
        super().__init__(services)
        self._name = name
        self._function = function

    def name(self) -> str:
        """The rule's name for it."""
        return self._name

    def answer(self, turn: Turn) -> None:
        """Answer, then lead back to the pending question."""
        self._function(turn)
        if "asking" not in turn.slots:
            turn.set("asking", pending(turn))


def _loop_ends(turn: Turn, tracker: Tracker) -> list[dict[str, Any]]:
    """End Rasa's loop when no question is to be put: it would put it by itself."""
    if turn.slots.get("asking", "") is not None or not tracker.active_loop.get("name"):
        return []
    return [
        {"event": "active_loop", "timestamp": None, "name": None},
        {"event": "slot", "timestamp": None, "name": "requested_slot", "value": None},
    ]
