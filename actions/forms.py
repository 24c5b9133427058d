"""``validate_<skill>_form``: the form hears a message first; what is no answer goes to the rules.

Rasa runs the active form before anything else. This action decides what the message was:

- an answer: it goes into the frame and the next question is asked;
- the last answer: the loop ends and the rule runs ``action_<skill>_result``;
- "算了": the frame is dropped and the loop ends;
- anything else: nothing is set, Rasa rejects the form and the rule of the intent answers; that
  rule comes back to the form, which then asks its question again.
"""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import case, cues, later, wanted
from actions.courtesy import PATIENCE
from actions.services import Services
from actions.skill import Skill, apply, ask
from actions.turn import Turn

#: Rasa's marker of the form's loop: the slot it waits for.
REQUESTED_SLOT = "requested_slot"
#: Actions that answered something else while the question waited.
ASIDES = frozenset({"action_answer", "action_person"})


class ValidateForm(Action):
    """The validation action of one skill's form."""

    def __init__(self, skill: Skill, services: Services) -> None:
        """Bind the form of ``skill`` to the outside world."""
        self._skill = skill
        self._services = services

    def name(self) -> str:
        """Rasa's fixed name for a form's validation."""
        return f"validate_{self._skill.form}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Hear the message, then ask, finish or stand aside."""
        turn = Turn(tracker, dispatcher, self._services)
        # The loop is also run after a rule's action; then the message has been dealt with.
        before = self._action_before(tracker)
        fresh = before == "action_listen"
        if fresh and not self._heard(turn):
            return []
        if turn.slot("stopped"):
            return [*apply(turn), _request(None)]
        passed_over = not fresh and self._passed_over(turn)
        if ask(self._skill, turn, again=before in ASIDES and not passed_over):
            turn.set("asking", self._skill.name)
            return [*apply(turn), _request(self._skill.requested)]
        return [*apply(turn), _request(None)]

    def _heard(self, turn: Turn) -> bool:
        """Put the message's answer into the frame; False when the message is no answer."""
        frame = turn.frames.top
        if frame is None or frame.skill != self._skill.name:
            return False
        if cues.no_answer(turn.text) or wanted.said(turn.text):
            return False
        if later.spoken_of(turn) or later.asked_for(turn):
            return False  # "我老婆那块也坏了" is no name and no number, whatever was asked
        if cues.leaves(turn.text):
            # "算了" means all of it: what lies below is kept and not asked about now.
            told = self._skill.told(frame)
            if told is not None:
                case.keep(told, turn)
            turn.frames = turn.frames.pop().aside()
            turn.set("asking", None)
            turn.set("stopped", self._skill.name)
            return True
        heard = self._skill.hear(frame, turn)
        if heard is None:
            return False
        turn.frames = turn.frames.replace_top(heard)
        turn.set("misunderstood", 0)
        return True

    def _passed_over(self, turn: Turn) -> bool:
        """Leave a question that was missed twice in a row unanswered and go on."""
        frame = turn.frames.top
        if frame is None or frame.skill != self._skill.name:
            return False
        if int(turn.slot("misunderstood") or 0) < PATIENCE:
            return False
        given_up = self._skill.give_up(frame, turn)
        if given_up is None:
            return False
        turn.frames = turn.frames.replace_top(given_up)
        turn.set("misunderstood", 0)
        return True

    def _action_before(self, tracker: Tracker) -> str | None:
        """The action that ran before this loop.

        Rasa appends the form itself to the tracker it sends to a validation, so the tracker's
        "latest action" is always the form.
        """
        names = [e.get("name") for e in tracker.events if e.get("event") == "action"]
        if names and names[-1] == self._skill.form:
            names.pop()
        return str(names[-1]) if names else None


def _request(slot: str | None) -> dict[str, Any]:
    return {"event": "slot", "timestamp": None, "name": REQUESTED_SLOT, "value": slot}
