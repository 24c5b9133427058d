"""是, 不是, 不知道, a correction or a bare fact, when no form is waiting for it."""

from collections.abc import Mapping

from actions import courtesy, cues, person, watches, why
from actions.frames import Frame, touch
from actions.intake import Intake
from actions.skill import Skill, begin, pending, settle
from actions.turn import Turn, buttons
from aftersales import registrations
from aftersales.knowledge import load
from aftersales.language import yes_no


class Reply:
    """Understands a short message by what was offered or concluded just before."""

    def __init__(self, skills: Mapping[str, Skill]) -> None:
        """Bind to the skills an answer may belong to."""
        self._skills = skills

    def answer(self, turn: Turn) -> None:
        """Find what the message answers, in the order a person would."""
        if why.answered(turn) or self._belongs_to_pending(turn):
            return
        if pending(turn) and turn.slot("offer") != "resume":
            # A question waits and this was no answer to it: say so, the form asks again.
            courtesy.not_quite(turn)
            return
        said = yes_no(turn.text)
        if said is None and turn.intent in {"affirm", "deny"}:
            said = "yes" if turn.intent == "affirm" else "no"
        offer = turn.slot("offer")
        if said in {"yes", "no"} and offer:
            turn.set("offer", None)
            self._offered(str(offer), said == "yes", turn)
        elif self._corrects(turn):
            return
        elif turn.intent == "inform" and _tells(turn):
            self._informed(turn)
        elif said == "yes" and turn.slot("last_ticket"):
            turn.utter("utter_already_filed", number=turn.slot("last_ticket"))
        elif said == "no":
            turn.utter("utter_nothing_more")
        elif said == "yes":
            turn.utter("utter_what_next", buttons=_menu())
        else:
            courtesy.misunderstood(turn)

    def _belongs_to_pending(self, turn: Turn) -> bool:
        """An answer to a question asked before the session ended, or whose form was lost."""
        frame = turn.frames.top
        if frame is None:
            return False
        skill = self._skills[frame.skill]
        if turn.slot("offer") == "resume" or turn.frames.is_stale(turn.now):
            return False
        heard = skill.hear(frame, turn)
        if heard is None:
            return False
        turn.frames = turn.frames.replace_top(heard)
        settle(skill, turn)
        return True

    def _offered(self, offer: str, accepted: bool, turn: Turn) -> None:
        if offer == "resume":
            self._resume(accepted, turn)
        elif not accepted:
            turn.utter("utter_nothing_more")
        elif offer == "person":
            person.answer(turn)
        elif offer == "callback":
            _intake(self._skills, turn, "callback")
        elif offer == "ticket":
            _intake(self._skills, turn, "repair")
        else:
            turn.utter("utter_what_next", buttons=_menu())

    def _resume(self, accepted: bool, turn: Turn) -> None:
        frame = turn.frames.top
        if frame is None:
            turn.utter("utter_what_next", buttons=_menu())
        elif accepted:
            turn.frames = turn.frames.replace_top(touch(frame, turn.now))
            settle(self._skills[frame.skill], turn)
        else:
            turn.frames = turn.frames.pop()
            turn.utter("utter_stopped")

    def _corrects(self, turn: Turn) -> bool:
        """A correction of an answer already used: conclude again with the new one."""
        raw = turn.slot("concluded")
        if turn.intent != "correct_answer" or not isinstance(raw, dict):
            return False
        frame = Frame.from_dict(raw)
        if frame.skill not in {"diagnosis", "warranty"}:
            return False
        skill = self._skills[frame.skill]
        if cues.other_watch(turn.text):
            turn.set("concluded", None)
            begin(skill, turn)
            return True
        heard = skill.hear(frame, turn)
        if heard is None:
            turn.utter("utter_correct_what")
            return True
        turn.frames = turn.frames.push(heard)
        turn.utter("utter_corrected")
        settle(skill, turn)
        return True

    def _informed(self, turn: Turn) -> None:
        """A bare number, date or code: keep it and ask what it is for."""
        if turn.entity("ticket_no"):
            begin(self._skills["status"], turn)
            return
        if registrations.read_lookup(turn.text, turn.entities):
            begin(self._skills["warranty"], turn)
            return
        watches.noted(turn)
        turn.utter("utter_noted", buttons=_menu())


def _intake(skills: Mapping[str, Skill], turn: Turn, kind: str) -> None:
    intake = skills["intake"]
    if not isinstance(intake, Intake):
        raise TypeError("the skill named intake takes cases down")
    frame = intake.opened(turn, kind)  # may itself take a frame off the stack
    turn.frames = turn.frames.push(frame)
    settle(intake, turn)


def _tells(turn: Turn) -> bool:
    return bool(turn.entities or registrations.read_lookup(turn.text, turn.entities))


def _menu() -> list[dict[str, str]]:
    return buttons([(c, c) for c in load("talk")["choices"]["menu"]])
